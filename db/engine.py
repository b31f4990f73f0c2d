"""Engines: one that reads, one that writes, tuned for each database (measured: see the benchmark)."""

import os
import sqlite3
import time
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import DisconnectionError, InvalidatePoolError

from db.turns import Turns

SQLITE_BUSY_MS = 5000
QUIET: dict[str, Any] = {"hide_parameters": True}  # an error never repeats the values that it met
# No overflow: a connection beyond the pool would be made and thrown away again at every use.
POSTGRESQL_POOL = {"pool_size": 20, "max_overflow": 0, "pool_timeout": 10, "pool_recycle": 1800}
POSTGRESQL_WRITERS = 6  # of one process at once: more of them would only wait for its interpreter
TRUSTED_SECONDS = 2.0  # a connection that was used just now is not asked whether it still stands
# A sentence's plan is made once: planning the queue or the board anew costs more than running it, and at any size the
# same indexes serve. Left to itself PostgreSQL goes on planning them in a large database. Starting parallel workers
# takes some 10 ms, more than a store's analysis does: only what reads millions of rows is worth that. Compiling a
# sentence takes 100 ms and more, and what a plan without values is guessed to cost brings it about for a few rows.
POSTGRESQL_CONNECT = {
    "connect_timeout": 5, "application_name": "dealership-desk",
    "options": "-c plan_cache_mode=force_generic_plan -c parallel_setup_cost=20000 -c jit=off",
}  # fmt: skip


@dataclass(frozen=True)
class Database:
    """The two engines of one database; `turns` lets the writers of this process in."""

    url: URL
    reading: Engine
    writing: Engine
    turns: Turns

    @property
    def embedded(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @property
    def missing(self) -> bool:
        """Whether this is an embedded database whose file is not there."""
        return self.embedded and not Path(self.url.database or "").exists()

    def turn(self) -> AbstractContextManager[None]:
        """Wait for this thread's turn to write."""
        return self.turns.turn()

    def dispose(self) -> None:
        self.reading.dispose()
        if self.writing is not self.reading:
            self.writing.dispose()


def open_database(url: str | URL) -> Database:
    """Make the engines for a database; nothing is connected yet."""
    target = make_url(url)
    return _sqlite(target) if target.get_backend_name() == "sqlite" else _postgresql(target)


def opened_read_only(file: Path) -> Engine:
    """An engine over an SQLite file that nobody writes to: nothing is changed or made beside it."""
    address = f"file:{quote(str(file.resolve()))}?mode=ro&immutable=1"
    return create_engine("sqlite://", creator=lambda: sqlite3.connect(address, uri=True), poolclass=NullPool)


def migrating(url: URL) -> Engine:
    """An engine for schema changes: on SQLite without foreign keys, since altering a table copies and drops it."""
    if url.get_backend_name() != "sqlite":
        return create_engine(url, connect_args=POSTGRESQL_CONNECT, poolclass=NullPool, **QUIET)
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": SQLITE_BUSY_MS / 1000}, **QUIET)
    event.listen(engine, "connect", _leave_transactions_to_us)
    event.listen(engine, "begin", _begin_at_once)
    return engine


def _sqlite(url: URL) -> Database:
    file = url.database or ""
    opened = partial(_open_file, file)
    reading = create_engine(url, creator=opened, isolation_level="AUTOCOMMIT", pool_size=10, **QUIET)
    writing = create_engine(url, creator=opened, pool_size=2, **QUIET)
    for engine in (reading, writing):
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "connect", partial(_note_file, file))
        event.listen(engine, "checkout", partial(_leave_old_file, file))
    # The driver's own transactions leave a SELECT before the first write outside; we begin ourselves, and at once.
    event.listen(writing, "connect", _leave_transactions_to_us)
    event.listen(writing, "begin", _begin_at_once)
    return Database(url, reading, writing, Turns(1))


def _open_file(file: str) -> sqlite3.Connection:
    """Open a file that exists: one that was moved away is missed, not replaced by an empty one."""
    return sqlite3.connect(f"file:{quote(file)}?mode=rw", uri=True, check_same_thread=False)


def _note_file(file: str, _connection: Any, record: Any) -> None:
    record.info["file"] = _identity(file)


def _leave_old_file(file: str, _connection: Any, record: Any, _proxy: Any) -> None:
    """An open file can be moved or replaced (by a restore); its connections would go on reading and writing it."""
    if record.info["file"] != _identity(file):
        raise DisconnectionError("the database file was moved or replaced")


def _identity(file: str) -> tuple[int, int] | None:
    try:
        found = os.stat(file)  # noqa: PTH116 - asked at every checkout: a path object would cost more than the call
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _set_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {SQLITE_BUSY_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _leave_transactions_to_us(connection: Any, _record: Any) -> None:
    connection.isolation_level = None


def _begin_at_once(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _postgresql(url: URL) -> Database:
    writing = create_engine(url, connect_args=POSTGRESQL_CONNECT, **POSTGRESQL_POOL, **QUIET)
    event.listen(writing, "checkin", _note_use)
    event.listen(writing, "checkout", partial(_leave_dead, writing))
    return Database(url, writing.execution_options(isolation_level="AUTOCOMMIT"), writing, Turns(POSTGRESQL_WRITERS))


def _note_use(_connection: Any, record: Any) -> None:
    record.info["used"] = time.monotonic()


def _leave_dead(engine: Engine, connection: Any, record: Any, _proxy: Any) -> None:
    """What `pool_pre_ping` does, but only for a connection that lay idle: a round trip saved in every act and tick."""
    if time.monotonic() - record.info.get("used", time.monotonic()) < TRUSTED_SECONDS:
        return
    try:
        engine.dialect.do_ping(connection)
    except engine.dialect.dbapi.Error as error:  # type: ignore[union-attr]
        raise InvalidatePoolError from error
