"""run: from nothing to a served desk in one command."""

import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

import click

from db.terms import Role
from lib import data, install, keys, server, settings, users
from lib.access import SYSTEM
from lib.cli.worker import Worker
from lib.demo import filling, mark, sign_in_sheet
from lib.refusals import N_, Refused
from lib.users import Details

PATIENCE = 60  # seconds for the server to answer
ENDING = 15  # seconds for it to end by itself


@click.command()
@click.option("--empty", is_flag=True, help="Without made-up data: ask for the first administrator instead.")
def run(empty: bool) -> int:
    """Create or upgrade the database, fill an empty one with the demonstration, and start the server (PORT)."""
    port = settings.load().port
    if not server.is_free(port):
        raise Refused(
            N_("Port {port} is taken. Stop what uses it, or choose another one: make run PORT={other}"),
            port=port, other=port + 1,
        )  # fmt: skip
    keys.check()
    install.upgrade()
    if not data.fresh(mark.has_people):
        _first_admin() if empty else _demonstration()
    data.database().dispose()
    return _serve(port)


def _demonstration() -> None:
    print("Filling the empty database with a made-up dealership …", flush=True)
    print(f"{filling.fill()} rows.")


def _first_admin() -> None:
    """Ask at the terminal for who runs the system."""
    if not sys.stdin.isatty():
        raise Refused(
            N_("Nobody can sign in yet. Start this at a terminal, or add an administrator first: {command}"),
            command="python -m lib user add NAME --name NAME --role admin --channel '*'",
        )
    print("Nobody can sign in yet. Who is the first administrator?")
    username = click.prompt("Sign-in name", default="admin")
    name = click.prompt("Full name")
    password = click.prompt("Password (10 characters or more)", hide_input=True, confirmation_prompt=True)
    users.add(SYSTEM, username, Details(name, Role.ADMIN, None), password, must_change=False)


def _serve(port: int) -> int:
    """Serve until Ctrl-C or a termination; 0 when it ended because it was asked to."""
    asked: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda got, _frame: asked.append(got))
    worker = Worker()
    with subprocess.Popen(server.command(port), start_new_session=True) as process:  # noqa: S603 - our own program
        told = False
        deadline = time.monotonic() + PATIENCE
        while process.poll() is None and not asked:
            if not told and (_answers(port) or time.monotonic() > deadline):
                told = True
                _tell(port)
            worker.keep()
            time.sleep(0.2)
        worker.end()
        if process.poll() is None:
            process.terminate()
            _wait(process)
    print("Stopped." if asked else "The server ended by itself; see above.", flush=True)
    return 0 if asked else 1


def _wait(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(ENDING)
    except subprocess.TimeoutExpired:
        process.kill()


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _tell(port: int) -> None:
    print(f"\n  The desk is at   http://localhost:{port}")
    if sign_in_sheet.place().exists() and data.fresh(mark.is_demonstration):
        print(f"  Sign-in names, passwords and the wall link stand in   {sign_in_sheet.place()}")
    print("  Ctrl-C stops it.\n", flush=True)
    data.database().dispose()
