"""A real server of the desk in a process of its own, which a test may kill and start again."""

import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from lib import server

PATIENCE = 60.0  # seconds for a start on a busy machine


@dataclass
class Server:
    """`url` is its address; `log` holds what it printed. It reads the settings that the environment names."""

    log: Path
    port: int = field(default_factory=server.free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "Server":
        """Start it and wait until it answers."""
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                server.command(self.port, "127.0.0.1"), env=os.environ.copy(), stdout=output, stderr=output
            )
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise AssertionError(f"the server did not start:\n{self.printed()}")
            time.sleep(0.1)
        return self

    def answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/_stcore/health", timeout=2).status_code == 200
        except httpx.TransportError:
            return False

    def stop(self) -> None:
        """Ask it to end, as the end of a shift does."""
        self._end(subprocess.Popen.terminate)

    def kill(self) -> None:
        """Take it away at once, as a power cut does."""
        self._end(subprocess.Popen.kill)

    def _end(self, how: Callable[[subprocess.Popen[bytes]], None]) -> None:
        if self.process is None:
            return
        how(self.process)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def restart(self) -> None:
        """Kill it and start it again on the same port."""
        self.kill()
        self.start()

    def printed(self) -> str:
        """All that it has written to its standard output and error."""
        return self.log.read_text("utf-8", "replace") if self.log.exists() else ""
