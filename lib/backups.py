"""The whole database as one file, and back again: SQLite by its backup interface, PostgreSQL by its own programs."""

import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import quote

from alembic.util import CommandError
from sqlalchemy import URL, Connection, delete, update

from db.engine import opened_read_only
from db.tables import DataVersion, Download, Session, Ticket
from db.terms import Subject
from lib import clock, data, files, install, personal, settings
from lib.access import SYSTEM, Actor, Permission
from lib.data import Change, command
from lib.demo import mark
from lib.refusals import N_, Refused

NOT_A_BACKUP = N_("{file} is no backup of this desk.")


def back_up(path: Path, actor: Actor) -> None:
    """Copy the database as it is at one moment to a new private file, while everybody goes on working. Logged.

    Errors: `Refused` where the file is there already, or PostgreSQL's pg_dump is not.
    """
    actor.require(Permission.EXPORT_UNMASKED)
    files.refuse_existing(path)
    with files.made_beside(path) as place:
        _copy(place)
        data.write(_log, actor, path.name)


def restore(path: Path, actor: Actor, replace: bool = False) -> Path | None:
    """Put a backup in the place of the database; where that holds data, it is backed up first: to the returned file.

    Everybody signs in again. Errors: `Refused` for data without `replace`, for a file that is no backup, or one of a
    later version; `WrongKey` for one that was sealed with another key.
    """
    actor.require(Permission.EXPORT_UNMASKED)
    install.upgrade()
    store = data.database()
    if not path.is_file():
        raise Refused(N_("There is no file {file}."), file=path)
    held = not data.fresh(mark.is_empty)
    if held and not replace:
        raise Refused(N_("This database holds data. With --replace the backup takes its place; a copy is made first."))
    _check_file(path) if store.embedded else _run("pg_restore", "--list", str(path))
    kept = _beside() if held else None
    if kept:
        back_up(kept, actor)
    seen = data.fresh(data.versions)
    _put_back(path)
    store.dispose()
    install.upgrade()
    with data.transaction(SYSTEM) as change:
        _begin_anew(change, seen)
        change.record("restored", "backups", file=path.name, kept=kept.name if kept else None)
    data.fresh(personal.check)
    return kept


def copy_sqlite(connection: Connection, target: Path) -> None:
    """One moment of an SQLite database into an empty file."""
    source: Any = connection.connection.driver_connection
    copy = sqlite3.connect(target)
    try:
        source.backup(copy)
    finally:
        copy.close()


@command(Permission.EXPORT_UNMASKED)
def _log(change: Change, file: str) -> None:
    change.record("backed_up", "backups", file=file)


def _copy(place: Path) -> None:
    if data.database().embedded:
        data.fresh(copy_sqlite, place)
    else:
        _run("pg_dump", "--format=custom", "--no-owner", f"--file={place}", connects=True)


def _put_back(path: Path) -> None:
    store = data.database()
    if not store.embedded:
        _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction",
             f"--dbname={store.url.database}", str(path), connects=True)  # fmt: skip
        return
    source = sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1", uri=True)
    target = sqlite3.connect(store.url.database or "")
    try:
        source.backup(target)  # one transaction: who reads meanwhile sees the old database or the new one
    finally:
        target.close()
        source.close()


def _check_file(path: Path) -> None:
    """Refuse what is no SQLite database of ours, or cannot be read here."""
    engine = opened_read_only(path)
    try:
        with engine.connect() as connection:
            sound = connection.exec_driver_sql("PRAGMA quick_check").scalar() == "ok"
            revision = install.revision(connection)
            if not sound or revision is None:
                raise Refused(NOT_A_BACKUP, file=path.name)
            install.check_known(revision)
            personal.check(connection)
    except CommandError as error:
        raise Refused(N_("{file} is of a later version of this desk. Upgrade first."), file=path.name) from error
    except Exception as error:
        if isinstance(error, Refused):
            raise
        raise Refused(NOT_A_BACKUP, file=path.name) from error
    finally:
        engine.dispose()


def _beside() -> Path:
    stamp = f"{clock.store_time(clock.now(), settings.load().zone):%Y%m%d-%H%M%S-%f}"
    store = data.database()
    if store.embedded:
        return Path(f"{store.url.database}.{stamp}.backup")
    return settings.load().data_dir / f"{store.url.database}.{stamp}.dump"


def _begin_anew(change: Change, seen: dict[Subject, int]) -> None:
    """No view computed before may pass for one of this database, and no session that was ended since may come back."""
    now = data.versions(change.connection)
    for subject in Subject:
        version = max(seen.get(subject, 0), now.get(subject, 0)) + 1
        change.session.execute(update(DataVersion).where(DataVersion.subject == subject).values(version=version))
    change.session.execute(delete(Ticket))
    change.session.execute(delete(Download))
    change.session.execute(update(Session).where(Session.ended_at.is_(None)).values(ended_at=change.at))


def _run(program: str, *arguments: str, connects: bool = False) -> None:
    """Run one of PostgreSQL's programs; it learns where and who from its environment, so that no list of processes
    shows a password."""
    found = shutil.which(program)
    if found is None:
        raise Refused(
            N_("{program} is not installed here. Install the PostgreSQL client programs, or run it where they are."),
            program=program,
        )
    environment = settings.environment(**(_whereabouts(data.database().url) if connects else {}))
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own program
        [found, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = (done.stderr.strip() or "?").splitlines()[-1]
        raise Refused(N_("{program} failed: {why}"), program=program, why=last)


def _whereabouts(url: URL) -> dict[str, str]:
    host = url.host or url.query.get("host")
    named = {
        "PGHOST": host, "PGPORT": url.port, "PGUSER": url.username, "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
    }  # fmt: skip
    return {name: str(value) for name, value in named.items() if value is not None}
