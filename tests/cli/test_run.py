"""From nothing to a served desk in one command."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from db.engine import Database
from lib import server
from lib.settings import ROOT
from tests.personas import people

PATIENCE = 90.0


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> int:
    free = server.free_port()
    monkeypatch.setenv("PORT", str(free))
    return free


def run(*arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "lib", "run", *arguments], cwd=ROOT, env=os.environ.copy(), text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


@pytest.fixture
def running(sqlite_store: Database, port: int) -> Iterator["subprocess.Popen[str]"]:
    """The desk on a database that people use already."""
    people()
    with sqlite_store.writing.begin() as connection:
        connection.exec_driver_sql("UPDATE users SET password_hash = 'x' WHERE username = 'admin'")
    process = run()
    yield process
    process.kill()
    process.wait()


def test_it_serves_keeps_the_data_and_ends_cleanly(
    running: "subprocess.Popen[str]", port: int, sqlite_store: Database
) -> None:
    deadline = time.monotonic() + PATIENCE
    ready = False
    while not ready and time.monotonic() < deadline:
        try:
            ready = httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=2).status_code == 200
        except httpx.TransportError:
            time.sleep(0.2)
    assert ready
    time.sleep(1)  # until it has told its address
    running.send_signal(signal.SIGINT)
    out, error = running.communicate(timeout=30)
    assert running.returncode == 0
    assert f"http://localhost:{port}" in out
    assert "Traceback" not in error
    with sqlite_store.reading.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM users").scalar() == 14
    assert server.is_free(port)


def test_a_taken_port_is_told_before_anything_is_made(sqlite_store: Database, port: int) -> None:
    with socket.socket() as other:
        other.bind(("", port))
        other.listen()
        _, error = run().communicate(timeout=PATIENCE)
    assert str(port) in error
    assert f"PORT={port + 1}" in error
    assert len(error.strip().splitlines()) == 1


def test_without_a_terminal_the_first_administrator_is_not_guessed(
    sqlite_store: Database, port: int, tmp_path: Path
) -> None:
    process = run("--empty")
    _, error = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert "python -m lib user add" in error
