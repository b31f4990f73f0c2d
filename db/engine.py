"""Engines: one that reads, one that writes, tuned for each database (measured: see the benchmark)."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.engine import URL

SQLITE_BUSY_MS = 5000
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


def migrating(url: URL) -> Engine:
    """An engine for schema changes: on SQLite without foreign keys, since altering a table copies and drops it."""
    if url.get_backend_name() != "sqlite":
        return create_engine(url, connect_args=POSTGRESQL_CONNECT, poolclass=NullPool)
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": SQLITE_BUSY_MS / 1000})
    event.listen(engine, "connect", _leave_transactions_to_us)
    event.listen(engine, "begin", _begin_at_once)
    return engine


def _sqlite(url: URL) -> Database:
    reading = create_engine(url, connect_args={"check_same_thread": False}, isolation_level="AUTOCOMMIT", pool_size=10)
    writing = create_engine(url, connect_args={"check_same_thread": False}, pool_size=2)
    for engine in (reading, writing):
        event.listen(engine, "connect", _set_pragmas)
    # The driver's own transactions leave a SELECT before the first write outside; we begin ourselves, and at once.
    event.listen(writing, "connect", _leave_transactions_to_us)
    event.listen(writing, "begin", _begin_at_once)
    return Database(url, reading, writing)


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
    writing = create_engine(url, connect_args=POSTGRESQL_CONNECT, **POSTGRESQL_POOL)
    return Database(url, writing.execution_options(isolation_level="AUTOCOMMIT"), writing)
