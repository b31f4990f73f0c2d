"""The process that delivers SMS beside the server: started with it, started again if it falls, ended with it."""

import subprocess
import sys
import time
from dataclasses import dataclass

from lib import settings
from lib.messages.gateways import MANUAL
from lib.settings import ROOT

PAUSE = 10.0  # seconds before a fallen one is started again
ENDING = 20.0  # seconds for the call that it is in


@dataclass
class Worker:
    """Nothing runs where people send by hand."""

    process: "subprocess.Popen[bytes] | None" = None
    started_at: float = 0.0

    def keep(self) -> None:
        """Have it run."""
        if settings.load().sms_gateway == MANUAL or (self.process is not None and self.process.poll() is None):
            return
        if self.process is not None and time.monotonic() < self.started_at + PAUSE:
            return
        self.started_at = time.monotonic()
        command = [sys.executable, "-m", "lib", "messages", "send"]
        self.process = subprocess.Popen(command, cwd=ROOT, start_new_session=True)  # noqa: S603 - our own program

    def end(self) -> None:
        """Let it finish the message that it is at, and end."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(ENDING)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
