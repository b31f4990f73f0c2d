"""Making room for real data in a demonstration database: a backup beside it, then everything made up is gone."""

import gzip
import json
import os
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.orm import Session

from db.base import Base
from db.tables import (
    AuthorityRule,
    CalendarDay,
    CounterArgument,
    DataVersion,
    LossReason,
    MessageTemplate,
    RateRow,
    Script,
    Setting,
)
from db.terms import Subject
from lib import backups, data, settings
from lib.demo import mark

KEPT = (AuthorityRule, CalendarDay, CounterArgument, DataVersion, LossReason, MessageTemplate, RateRow, Script, Setting)
STAYS = {table.__tablename__ for table in KEPT}


def back_up(at: datetime) -> Path:
    """Copy the database, as it was before any running transaction, to a private file; returns its path.

    SQLite: a whole database beside the old one. PostgreSQL: every table's rows as JSON lines, packed, in the data
    folder.
    """
    store, stamp = data.database(), f"{at:%Y%m%d-%H%M%S}"
    if store.embedded and store.url.database:
        target = Path(f"{store.url.database}.{stamp}.backup")
        _private(target)
        data.fresh(backups.copy_sqlite, target)
        return target
    folder = settings.load().data_dir
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{store.url.database}.{stamp}.jsonl.gz"
    _private(target)
    data.fresh(_write_lines, target)
    return target


def empty(session: Session) -> None:
    """Delete all rows but the dictionaries, rate tables, texts and settings; the mark of a demonstration goes too."""
    for table in reversed(Base.metadata.sorted_tables):
        if table.name not in STAYS:
            session.execute(delete(table))
    session.execute(delete(Setting).where(Setting.name == mark.NAME))
    session.expire_all()


EVERYTHING = frozenset(Subject)
"""The subjects that emptying changes."""


def _private(target: Path) -> None:
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _write_lines(connection: Connection, target: Path) -> None:
    with gzip.open(target, "wt", encoding="utf-8") as file:
        for line in _lines(connection):
            file.write(line + "\n")


def _lines(connection: Connection) -> Iterator[str]:
    for table in Base.metadata.sorted_tables:
        for row in connection.execute(select(table)).mappings():
            yield json.dumps({"table": table.name, "row": {str(name): row[name] for name in row}}, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(type(value).__name__)
