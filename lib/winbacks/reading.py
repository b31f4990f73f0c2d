"""The lists of lost customers worth another try, page by page, masked; and the rows behind the rates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Row

from db.queries import winbacks as queries
from db.terms import LeadStatus, RenewalStatus, Subject
from lib import masking, preferences
from lib.access import Scope
from lib.data import reads
from lib.periods import Period
from lib.renewals.facts import ARCHIVED_AFTER

PAGE = 50
SHEET_ROWS = 5000
AHEAD = timedelta(days=90)  # a renewal is worked from ninety days before it is due

T = TypeVar("T")
Names = tuple[str, str]


@dataclass(frozen=True)
class Page(Generic[T]):
    """Up to fifty rows, how many there are in all (counting stops at a thousand), and whether more follow."""

    rows: tuple[T, ...]
    total: int
    more: bool


@dataclass(frozen=True)
class Returning:
    """A renewal of a car that was lost here the year before. `number` is its plate."""

    id: int
    due_on: date
    status: RenewalStatus
    number: str | None
    customer: str | None
    car_model: str | None
    channel: str
    person: str | None
    reason: Names | None
    reason_en: Names | None
    competitor: str | None
    price_gap_amount: Decimal | None

    @property
    def place(self) -> tuple[date, int]:
        """Where the page after this row begins."""
        return self.due_on, self.id


@dataclass(frozen=True)
class LostLead:
    """A lost lead, or one that was taken up again; `at` is when. `works`: whether its consultant is here still."""

    id: int
    version: int
    event_id: int
    at: datetime
    status: LeadStatus
    number: str
    customer: str | None
    car_model: str | None
    channel: str
    person: str
    works: bool
    reason: Names | None
    reason_en: Names | None
    competitor: str | None
    price_gap_amount: Decimal | None
    ordered: bool = False

    @property
    def place(self) -> tuple[datetime, int]:
        """Where the page after this row begins."""
        return self.at, self.event_id


@dataclass(frozen=True)
class Bounds:
    """How many days ago a lead may have been lost that is worth another call."""

    least: int
    most: int

    def window(self, today: date) -> Period:
        return Period(today - timedelta(days=self.most), today - timedelta(days=self.least))


@reads(Subject.SETTINGS)
def bounds(connection: Connection) -> Bounds:
    """What the store has set."""
    return Bounds(
        preferences.value(connection, preferences.WINBACK_FROM_DAYS),
        preferences.value(connection, preferences.WINBACK_UNTIL_DAYS),
    )


@reads(Subject.RENEWALS, Subject.CHANNELS, Subject.PEOPLE, Subject.SETTINGS)
def renewals_to_work(
    connection: Connection, scope: Scope, today: date, unassigned: bool, after: tuple[date, int] | None = None,
    limit: int = PAGE,
) -> Page[Returning]:  # fmt: skip
    """The open win-back renewals that are due within ninety days, what is due first on top."""
    earliest = today - timedelta(days=ARCHIVED_AFTER)
    found = queries.to_work(scope.path, scope.owner_id, earliest, today + AHEAD, unassigned)
    return _page(connection, found, queries.by_due(found, after, limit + 1), limit, _returning)


@reads(Subject.RENEWALS, Subject.CHANNELS, Subject.PEOPLE, Subject.SETTINGS)
def renewals_counted(
    connection: Connection, scope: Scope, period: Period, after: tuple[date, int] | None = None, limit: int = PAGE
) -> Page[Returning]:
    """The win-back renewals behind the rate of a period."""
    found = queries.due(scope.path, scope.owner_id, period.first, period.last)
    return _page(connection, found, queries.by_due(found, after, limit + 1), limit, _returning)


@reads(
    Subject.SALES, Subject.RENEWALS, Subject.MESSAGES, Subject.CHANNELS, Subject.PEOPLE, Subject.SETTINGS
)  # fmt: skip
def leads_to_call(
    connection: Connection, scope: Scope, today: date, before: tuple[datetime, int] | None = None, limit: int = PAGE
) -> Page[LostLead]:
    """The lost leads worth another call, the latest lost on top."""
    window = bounds(connection).window(today)
    found = queries.worth_a_call(queries.lost_leads(scope.path, scope.owner_id), window.first, window.last)
    return _page(connection, found, queries.latest(found, before, limit + 1), limit, _lead)


@reads(Subject.SALES, Subject.CHANNELS, Subject.PEOPLE, Subject.SETTINGS)
def leads_taken_up(
    connection: Connection, scope: Scope, period: Period, before: tuple[datetime, int] | None = None,
    limit: int = PAGE,
) -> Page[LostLead]:  # fmt: skip
    """The leads behind the rate of a period: taken up again in it, and whether they ordered since."""
    found = queries.in_days(queries.reopened_leads(scope.path, scope.owner_id), period.first, period.last)
    return _page(connection, found, queries.latest(found, before, limit + 1), limit, _lead)


def _page(connection: Connection, found: Any, asked: Any, limit: int, made: Any) -> Page[Any]:
    rows: Iterable[Any] = connection.execute(asked).all()
    total = connection.scalar(queries.number_of(found)) or 0
    shown = tuple(made(row) for row in rows)
    return Page(shown[:limit], total, len(shown) > limit)


def _returning(row: Row[*tuple[Any, ...]]) -> Returning:
    return Returning(
        row.id, row.due_on, row.status, masking.plate(row.number), masking.name(row.customer), row.car_model,
        row.channel, row.person, *_reasons(row), masking.text(row.competitor), row.price_gap_amount,
    )  # fmt: skip


def _lead(row: Row[*tuple[Any, ...]]) -> LostLead:
    return LostLead(
        row.id, row.version, row.event_id, row.at, row.status, row.number, masking.name(row.customer), row.car_model,
        row.channel, row.person, bool(row.works), *_reasons(row), masking.text(row.competitor), row.price_gap_amount,
        bool(row._mapping.get("ordered", False)),
    )  # fmt: skip


def _reasons(row: Row[*tuple[Any, ...]]) -> tuple[Names | None, Names | None]:
    if row.reason is None:
        return None, None
    return (row.group or row.reason, row.reason), (row.group_en or row.reason_en, row.reason_en)
