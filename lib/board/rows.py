"""The rows behind each number of the board, masked, and the good news of a day."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Select

from db.queries import board_rows as queries
from db.terms import LeadEventKind, LeadSource, RenewalEventKind, Subject
from lib import kpi, masking
from lib.access import Scope
from lib.board.figures import EVERYTHING, BoardFilters, moment, parameters, shape
from lib.data import reads
from lib.periods import Period

PAGE = 50

Seen = tuple[datetime | None, int]


@dataclass(frozen=True)
class CountedRow:
    """One thing that a number counts. Personal values are masked; `number` is the lead's, the policy's, or the plate.

    `case_id` is the key of the lead, the policy or the renewal; `seen` asks for the page after this row.
    """

    id: int
    at: datetime | None
    kind: StrEnum
    number: str | None
    case_id: int
    customer: str | None
    person: str | None
    model: str | None
    source: LeadSource | None = None
    amount: Decimal | None = None

    @property
    def seen(self) -> Seen:
        return (self.at, self.id)


@dataclass(frozen=True)
class Win:
    """A new order or delivery for the 喜报: who and which model, never the customer. `id` grows with recording."""

    id: int
    kind: LeadEventKind
    at: datetime
    consultant: str
    model: str | None


@reads(Subject.SALES, Subject.POLICIES, Subject.RENEWALS, Subject.CHANNELS, Subject.PEOPLE)
def rows(
    connection: Connection, scope: Scope, period: Period, filters: BoardFilters, slug: str, *, as_of_day: date,
    after: Seen | None = None, limit: int = PAGE,
) -> tuple[CountedRow, ...]:  # fmt: skip
    """The rows that a figure's numerator counts, newest first; `after` is the `seen` of the last row shown.

    Give the scope that cases reach (`actor.own_scope`). A figure that cannot follow a filter in use has no rows.
    Errors: `NotFound` for no such figure.
    """
    record = kpi.find(slug)
    if not filters.used <= record.filters:
        return ()
    values = parameters(scope, period, filters) | moment(as_of_day) | {"limit": limit}
    if after is not None:
        values |= {"before_at": after[0], "before_id": after[1]}
    sentence = _sentence(record.numerator, scope, filters, after is not None)
    return tuple(_counted(row) for row in connection.execute(sentence, values))


@reads(Subject.SALES, Subject.CHANNELS, Subject.PEOPLE)
def arrivals(
    connection: Connection, scope: Scope, period: Period, filters: BoardFilters, hour: int, *,
    after: Seen | None = None, limit: int = PAGE,
) -> tuple[CountedRow, ...]:  # fmt: skip
    """Who came (first and return visits) or called in one hour of the store's day, newest first."""
    values = parameters(scope, period, filters) | {"limit": limit, "hour": hour}
    if after is not None:
        values |= {"before_at": after[0], "before_id": after[1]}
    sentence = queries.leads("arrivals", shape(scope, filters), after is not None, at_hour=True)
    return tuple(_counted(row) for row in connection.execute(sentence, values))


@reads(Subject.SALES, Subject.CHANNELS, Subject.PEOPLE)
def wins(connection: Connection, scope: Scope, day: date, limit: int = 20) -> tuple[Win, ...]:
    """The orders and deliveries of a business day, last recorded first (M6): compare their ids with those shown."""
    values = parameters(scope, Period(day, day), EVERYTHING) | {"limit": limit}
    return tuple(Win(**row._mapping) for row in connection.execute(queries.wins(shape(scope, EVERYTHING)), values))


def _sentence(name: str, scope: Scope, filters: BoardFilters, further: bool) -> Select[*tuple[Any, ...]]:
    shaped = shape(scope, filters)
    if name in ("policies_issued", "premium_amount"):
        return queries.issued(shaped, further)
    if name == "renewals_renewed":
        return queries.settled(RenewalEventKind.RENEWED, shaped, further)
    if name == "renewal_losses":
        return queries.settled(RenewalEventKind.LOST, shaped, further)
    if name == "calls_overdue":
        return queries.calls(shaped, further)
    return queries.leads(name, shaped, further)


def _counted(row: Row[*tuple[Any, ...]]) -> CountedRow:
    values = dict(row._mapping)
    plate = values.pop("plate", None)
    values.setdefault("number", masking.plate(plate))
    values["customer"] = masking.name(values["customer"])
    return CountedRow(**values)
