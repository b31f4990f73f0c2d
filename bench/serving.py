"""The real server as a process of its own: how soon it answers, what it uses."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from lib import server

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
START_SECONDS = 60


@dataclass
class Serving:
    """A running server."""

    process: subprocess.Popen[bytes]
    port: int
    started_seconds: float

    def cpu_seconds(self) -> float:
        """Processor time that it used so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND

    def memory_mb(self) -> float:
        """Memory that it holds now."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        return 0.0


@contextmanager
def served() -> Iterator[Serving]:
    """Start the server on the database that the environment names; ends with the block."""
    port = server.free_port()
    begun = time.perf_counter()
    process = subprocess.Popen(
        server.command(port, "127.0.0.1"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )  # fmt: skip
    try:
        while time.perf_counter() - begun < START_SECONDS:
            try:
                if httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=2).status_code == httpx.codes.OK:
                    break
            except httpx.HTTPError:
                time.sleep(0.05)
        yield Serving(process, port, time.perf_counter() - begun)
    finally:
        process.terminate()
        process.wait(timeout=20)
