"""Engines: one that reads, one that writes, tuned for each database (measured: see the benchmark)."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import DisconnectionError

SQLITE_BUSY_MS = 5000
QUIET: dict[str, Any] = {"hide_parameters": True}  # an error never repeats the values that it met
POSTGRESQL_POOL = {"pool_size": 10, "max_overflow": 20, "pool_timeout": 10, "pool_recycle": 1800, "pool_pre_ping": True}
POSTGRESQL_CONNECT = {"connect_timeout": 5, "application_name": "dealership-desk"}


@dataclass(frozen=True)
class Database:
    """The two engines of one database. SQLite has one writer: `write_lock` keeps writers of this process in turn."""

    url: URL
    reading: Engine
    writing: Engine
    write_lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def embedded(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for this process's turn to write (SQLite only; PostgreSQL orders writers itself)."""
        if self.embedded:
            with self.write_lock:
                yield
        else:
            yield

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
    return Database(url, reading, writing)


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
    return Database(url, writing.execution_options(isolation_level="AUTOCOMMIT"), writing)
