"""Writing a batch: keys reserved, rows bound to what the driver takes, one short transaction (performance.md)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.orm import Session

from db import keys
from db.base import Base
from db.tables import (
    AlertSettlement,
    Approval,
    CalendarDay,
    CarModel,
    Channel,
    Countermeasure,
    CountermeasureNote,
    Customer,
    Feedback,
    Forecast,
    ForecastFreeze,
    ImportedRow,
    Lead,
    LeadEvent,
    LossReason,
    LossReview,
    OptOut,
    Partner,
    PartnerMark,
    PartnerVisit,
    Policy,
    Quote,
    QuoteLine,
    Receipt,
    Renewal,
    RenewalEvent,
    Score,
    StatementLine,
    StockUnit,
    Target,
    User,
    Vehicle,
)
from lib.imports.batch import Batch

ORDER: tuple[type[Base], ...] = (
    LossReason, CalendarDay, Channel, User, CarModel, Customer, OptOut, Vehicle, Lead, Renewal, Policy, LeadEvent,
    RenewalEvent, Target, StockUnit, Forecast, ForecastFreeze, Score, StatementLine, Receipt, LossReview,
    Countermeasure, CountermeasureNote, AlertSettlement, Feedback, Partner, PartnerMark, PartnerVisit, Quote, QuoteLine,
    Approval,
)  # fmt: skip
"""Who is pointed at comes before who points."""

Blocks = Mapping[str, list[int]]
Bind = Callable[[Any], Any]


class Overtaken(Exception):  # noqa: N818 - it is an answer, not a fault
    """Somebody changed a row since the import was planned."""


@dataclass(frozen=True)
class Statement:
    """One sentence with all its rows, as the driver takes them. `table` and `columns` are those of an insert."""

    sentence: str
    rows: list[tuple[Any, ...]]
    table: str = ""
    columns: tuple[str, ...] = ()
    claims: bool = False
    """Whether each row must still be as it was seen."""
    checked: bool = False
    """Whether the rows were held against the schema's conditions already, where they stood until now (SQLite)."""

    @property
    def plain(self) -> bool:
        """Whether the rows are simply new, so that PostgreSQL can copy them in."""
        return bool(self.table) and "ON CONFLICT" not in self.sentence


def reserve(session: Session, batch: Batch) -> Blocks:
    """Take a key for every new row, in a transaction of its own or in the one that writes."""
    connection = session.connection()
    return {table.__tablename__: keys.reserve(connection, table, count) for table, count in batch.new_keys.items()}


def statements(batch: Batch, blocks: Blocks, dialect: Dialect) -> list[Statement]:
    """Everything that must be written, in order: what is superseded makes room, then new rows, then changes to them."""
    superseded = _updates(LeadEvent, batch.updates.get(LeadEvent, {}), blocks, dialect)
    inserts = [_insert(table, batch.inserts[table], blocks, dialect) for table in ORDER if batch.inserts.get(table)]
    changes = [
        each
        for table in ORDER
        if table is not LeadEvent
        for each in _updates(table, batch.updates.get(table, {}), blocks, dialect)
    ]
    return [*superseded, *inserts, *changes, *_said(batch, dialect)]


def execute(connection: Connection, made: Iterable[Statement]) -> None:
    """Run the statements with the driver itself."""
    raw: Any = connection.connection.driver_connection
    with_copy = connection.dialect.name == "postgresql"
    cursor = raw.cursor()
    try:
        for each in made:
            if with_copy and each.plain:
                with cursor.copy(f"COPY {each.table} ({listed(each.columns)}) FROM STDIN") as target:
                    for row in each.rows:
                        target.write_row(row)
            else:
                if each.checked:
                    cursor.execute("PRAGMA ignore_check_constraints = ON")
                cursor.executemany(each.sentence, each.rows)
                if each.checked:
                    cursor.execute("PRAGMA ignore_check_constraints = OFF")
                if each.claims and cursor.rowcount != len(each.rows):
                    raise Overtaken
    finally:
        cursor.close()


def _insert(table: type[Base], rows: list[dict[str, Any]], blocks: Blocks, dialect: Dialect) -> Statement:
    names = list(rows[0])
    binds = [_bind(table, name, blocks, dialect) for name in names]
    pick = itemgetter(*names)
    into = f"{table.__tablename__} ({listed(names)})"
    return Statement(
        f"INSERT INTO {into} VALUES ({', '.join([_mark(dialect)] * len(names))})",  # noqa: S608 - our own names
        [tuple(bind(value) if bind else value for bind, value in zip(binds, pick(row), strict=True)) for row in rows],
        table.__tablename__,
        tuple(names),
    )


def _updates(
    table: type[Base], changes: Mapping[int, Mapping[str, Any]], blocks: Blocks, dialect: Dialect
) -> list[Statement]:
    """Changes of the same columns share a sentence."""
    alike: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    binds: dict[str, Bind | None] = {}
    for key, values in changes.items():
        for name in values:
            if name not in binds:
                binds[name] = _bind(table, name, blocks, dialect)
        row = (*(_bound(binds[name], value) for name, value in values.items()), key)
        if "version" in values:
            row = (*row, values["version"] - 1)
        alike.setdefault(tuple(values), []).append(row)
    mark = _mark(dialect)
    return [
        Statement(
            f"UPDATE {table.__tablename__} SET {', '.join(f'{_quoted(name)} = {mark}' for name in names)} "  # noqa: S608
            f"WHERE id = {mark}" + (f" AND version = {mark}" if "version" in names else ""),
            rows,
            claims="version" in names,
        )
        for names, rows in alike.items()
        if names
    ]


def _said(batch: Batch, dialect: Dialect) -> list[Statement]:
    if not batch.said:
        return []
    mark = _mark(dialect)
    rows = sorted((sheet, key, cells) for (sheet, key), cells in batch.said.items())
    sentence = (
        f"INSERT INTO {ImportedRow.__tablename__} (sheet, key_digest, cells) "  # noqa: S608 - our own names
        f"VALUES ({mark}, {mark}, {mark}) ON CONFLICT (sheet, key_digest) DO UPDATE SET cells = excluded.cells"
    )
    return [Statement(sentence, rows, ImportedRow.__tablename__, ("sheet", "key_digest", "cells"))]


def _bind(table: type[Base], name: str, blocks: Blocks, dialect: Dialect) -> Bind | None:
    """How a column's value becomes the driver's, with stand-ins for keys replaced by those reserved."""
    column = table.__table__.columns[name]
    if name == "id" or column.foreign_keys:
        owner = table.__tablename__ if name == "id" else next(iter(column.foreign_keys)).column.table.name
        block = blocks.get(owner, [])
        return lambda key: block[-key - 1] if key is not None and key < 0 else key
    if name == "case":  # of an alert: its words, and the rows that it is about
        return lambda case: case if isinstance(case, str) else ":".join(_part(each, blocks) for each in case)
    if name == "path":
        block = blocks.get(table.__tablename__, [])
        return lambda keys: "".join(f"{block[-key - 1] if key < 0 else key}." for key in keys)
    processor: Bind | None = column.type.dialect_impl(dialect).bind_processor(dialect)
    return processor


def _part(part: Any, blocks: Blocks) -> str:
    """A word, or a row's key; a stand-in by the one that was reserved."""
    if isinstance(part, str):
        return part
    table, key = part
    return str(blocks[table][-key - 1] if key < 0 else key)


def _bound(bind: Bind | None, value: Any) -> Any:
    return bind(value) if bind else value


def _mark(dialect: Dialect) -> str:
    return "?" if dialect.name == "sqlite" else "%s"


def listed(columns: Iterable[str]) -> str:
    """Columns as a sentence names them."""
    return ", ".join(_quoted(name) for name in columns)


def _quoted(name: str) -> str:
    return f'"{name}"'
