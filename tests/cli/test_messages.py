"""Delivering from the command line, and beside the server."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import time as time_of_day
from pathlib import Path

import pytest
from sqlalchemy import select

from db.engine import Database
from db.tables import OptOut
from db.terms import MessageStatus
from lib import data, settings
from lib.cli.worker import Worker
from lib.messages import hours
from lib.settings import ROOT
from tests.cases import expiring
from tests.lib.messages.desk import message, send
from tests.lib.messages.test_delivery import point
from tests.lib.messages.webhook import Webhook, webhook
from tests.personas import people

PATIENCE = 60.0


@pytest.fixture
def hook(sqlite_store: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Webhook]:
    """A gateway that takes everything, and a database whose message may go out at any hour."""
    made = people()
    with webhook() as gateway:
        point(monkeypatch, gateway.url)
        data.write(hours.set_hours, made.manager, time_of_day(0), time_of_day(23, 59))
        send(made.specialist, expiring(made, owner="specialist"))
        yield gateway
    settings.load.cache_clear()


def lib(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "lib", *arguments], cwd=ROOT, env=os.environ.copy(), text=True, capture_output=True,
        timeout=PATIENCE, check=False,
    )  # fmt: skip


def test_once_delivers_what_waits_and_says_how_much(hook: Webhook) -> None:
    done = lib("messages", "send", "--once")
    assert (done.returncode, done.stdout.strip()) == (0, "1")
    assert hook.calls[0]["mobile"] not in done.stderr
    assert lib("messages", "send", "--once").stdout.strip() == "0"
    assert len(hook.calls) == 1


def test_the_worker_beside_the_server_delivers_and_ends_with_it(hook: Webhook) -> None:
    worker = Worker()
    worker.keep()
    assert worker.process is not None
    deadline = time.monotonic() + PATIENCE
    while message(1).status is not MessageStatus.SENT and time.monotonic() < deadline:
        time.sleep(0.2)
    worker.keep()  # it runs: nothing is started
    assert message(1).status is MessageStatus.SENT
    worker.end()
    assert worker.process.returncode == 0
    assert len(hook.calls) == 1


def test_a_worker_that_fell_is_started_again_after_a_pause(hook: Webhook) -> None:
    worker = Worker()
    worker.keep()
    assert worker.process is not None
    first = worker.process
    first.send_signal(signal.SIGKILL)
    first.wait()
    worker.keep()
    assert worker.process is first
    worker.started_at -= 60
    worker.keep()
    assert worker.process is not first
    worker.end()


def test_by_hand_no_worker_runs(sqlite_store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESK_SMS_GATEWAY", raising=False)
    settings.load.cache_clear()
    worker = Worker()
    worker.keep()
    assert worker.process is None
    refused = lib("messages", "send", "--once")
    assert refused.returncode == 1
    assert "DESK_SMS_GATEWAY" in refused.stderr


def test_an_opt_out_is_noted_from_the_command_line(sqlite_store: Database, tmp_path: Path) -> None:
    assert lib("messages", "opt-out", "138-1234-5678").stdout.strip() == "noted"
    assert lib("messages", "opt-out", "13812345678").stdout.strip() == "known already"
    assert lib("messages", "opt-out", "12").returncode == 1
    assert data.fresh(lambda connection: connection.scalars(select(OptOut.mobile)).all()) == ["13812345678"]
