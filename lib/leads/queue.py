"""Open leads as a list to work through: what is late first, then today, then what comes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row

from db.queries import leads as queries
from db.terms import IntentionLevel, LeadSource, LeadStatus, Subject
from lib import identifiers, masking
from lib.access import Scope
from lib.data import reads

PAGE = 50
SOON_DAYS = 7
CLOSED_DAYS = 30
FOUND = 50
MOST_TAKEN = 5000

Cursor = tuple[date | datetime | None, int]


class View(StrEnum):
    """Which leads the list shows."""

    OPEN = "open"
    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    UNDATED = "undated"
    ORDERED = "ordered"
    CLOSED = "closed"


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to. Nothing here is personal, so that it may stand in an address."""

    view: View = View.OPEN
    consultant_id: int | None = None
    source: LeadSource | None = None
    car_model_id: int | None = None


@dataclass(frozen=True)
class LeadRow:
    """One line of the list; name and number masked. `late_days` counts from the next contact, negative ahead of it."""

    id: int
    lead_no: str
    status: LeadStatus
    intention_level: IntentionLevel | None
    next_contact_on: date | None
    late_days: int | None
    source: LeadSource
    car_model: str | None
    customer: str | None
    mobile: str | None
    consultant: str
    last_at: datetime | None


@dataclass(frozen=True)
class Page:
    """Up to fifty lines, and where the next ones begin (`None` at the end)."""

    rows: tuple[LeadRow, ...]
    following: Cursor | None = None


@dataclass(frozen=True)
class Counts:
    """How many open leads each view holds."""

    overdue: int
    today: int
    soon: int
    undated: int
    ordered: int
    all_open: int


@reads(Subject.SALES, Subject.PEOPLE, Subject.CHANNELS)
def counts(connection: Connection, scope: Scope, filters: Filters, today: date) -> Counts:
    """The numbers that stand on the views, for the same consultant, source and model."""
    found = connection.execute(queries.counts(
        scope.path, scope.owner_id, filters.consultant_id, filters.source, filters.car_model_id, today,
        today + timedelta(days=SOON_DAYS),
    )).one()  # fmt: skip
    return Counts(*(int(number) for number in found))


@reads(Subject.SALES, Subject.PEOPLE, Subject.CHANNELS)
def page(connection: Connection, scope: Scope, filters: Filters, today: date, after: Cursor | None = None) -> Page:
    """One page of a view, found by key: `after` is the last page's `following`."""
    base = queries.rows(scope.path, scope.owner_id, filters.consultant_id, filters.source, filters.car_model_id)
    found = list(_found(connection, base, filters.view, today, after))
    rows = tuple(_row(row, today) for row in found[:PAGE])
    return Page(rows, _cursor(found[PAGE - 1], filters.view) if len(found) > PAGE else None)


def every(connection: Connection, scope: Scope, filters: Filters, today: date) -> tuple[LeadRow, ...]:
    """A view's leads one page after the other, to take away; no more than `MOST_TAKEN`."""
    rows: list[LeadRow] = []
    after: Cursor | None = None
    while len(rows) < MOST_TAKEN:
        shown = page(connection, scope, filters, today, after)
        rows += shown.rows
        after = shown.following
        if after is None:
            break
    return tuple(rows)


def _found(
    connection: Connection, base: queries.Rows, view: View, today: date, after: Cursor | None
) -> Iterator[Row[*tuple[Any, ...]]]:
    day, key = after or (None, 0)
    if view is View.CLOSED:
        before = (day, key) if isinstance(day, datetime) else None
        yield from connection.execute(queries.closed(base, today - timedelta(days=CLOSED_DAYS), before, PAGE + 1))
        return
    if view is View.ORDERED:
        yield from connection.execute(queries.ordered(base, key, PAGE + 1))
        return
    dated = 0
    if view is not View.UNDATED and (after is None or day is not None):
        first, last = _range(view, today)
        for row in connection.execute(queries.to_contact(base, first, last, (day, key) if day else None, PAGE + 1)):
            dated += 1
            yield row
    if view in (View.UNDATED, View.OPEN) and dated <= PAGE:
        yield from connection.execute(queries.undated(base, 0 if day else key, PAGE + 1 - dated))


def _range(view: View, today: date) -> tuple[date | None, date | None]:
    match view:
        case View.OVERDUE:
            return None, today - timedelta(days=1)
        case View.TODAY:
            return today, today
        case View.SOON:
            return today + timedelta(days=1), today + timedelta(days=SOON_DAYS)
    return None, None


def _cursor(row: Row[*tuple[Any, ...]], view: View) -> Cursor:
    if view is View.CLOSED:
        return row.closed_at, row.id
    return None if view is View.ORDERED else row.next_contact_on, row.id


def search(connection: Connection, scope: Scope, text: str, today: date) -> tuple[LeadRow, ...]:
    """Leads of any status by number, by eleven or the last four digits of the phone, or by the start of the name."""
    typed = identifiers.folded(text)
    if typed is None:
        return ()
    base = queries.rows(scope.path, scope.owner_id)
    digits = typed.replace(" ", "").replace("-", "")
    if digits.isdecimal() and len(digits) in (4, 11):
        found = connection.execute(queries.with_mobile(base, digits, FOUND)).all()
    else:
        found = connection.execute(queries.with_number(base, typed, FOUND)).all()
        found = found or connection.execute(queries.named(base, typed, FOUND)).all()
    return tuple(_row(row, today) for row in found)


def _row(row: Row[*tuple[Any, ...]], today: date) -> LeadRow:
    due = row.next_contact_on
    return LeadRow(
        id=row.id, lead_no=row.lead_no, status=row.status, intention_level=row.intention_level, next_contact_on=due,
        late_days=None if due is None else (today - due).days, source=row.source, car_model=row.car_model,
        customer=masking.name(row.customer), mobile=masking.mobile(row.mobile), consultant=row.consultant,
        last_at=row.last_at,
    )  # fmt: skip
