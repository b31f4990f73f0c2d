"""The board: every number of a scope, a period and filters (model.md, "Board"). SQL counts, `lib.kpi` divides."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection

from db.queries import board as queries
from db.queries.board import Shape
from db.queries.channels import after
from db.terms import LeadSource, Subject
from lib import kpi
from lib.access import Scope
from lib.data import reads
from lib.kpi import Figure, Filter, Kpi
from lib.periods import Period
from lib.renewals.facts import ARCHIVED_AFTER

FUNNEL = ("first_visits", "captured_visits", "walk_in_test_drives", "walk_in_orders", "walk_in_deliveries")


@dataclass(frozen=True)
class BoardFilters:
    """What the board is narrowed to; nothing given means all. Ids of people and of car models."""

    consultants: tuple[int, ...] = ()
    sources: tuple[LeadSource, ...] = ()
    models: tuple[int, ...] = ()

    @property
    def used(self) -> frozenset[Filter]:
        given = {Filter.CONSULTANT: self.consultants, Filter.SOURCE: self.sources, Filter.MODEL: self.models}
        return frozenset(each for each, values in given.items() if values)


EVERYTHING = BoardFilters()


@dataclass(frozen=True)
class ShowroomNumbers:
    """What lead events add up to, at any grain. Orders are net of cancellations."""

    leads: int = 0
    first_visits: int = 0
    calls: int = 0
    outdoor_leads: int = 0
    online_leads: int = 0
    referral_leads: int = 0
    captured_visits: int = 0
    return_visits: int = 0
    test_drives: int = 0
    walk_in_test_drives: int = 0
    orders: int = 0
    walk_in_orders: int = 0
    outdoor_orders: int = 0
    deliveries: int = 0
    walk_in_deliveries: int = 0
    lead_losses: int = 0

    def figure(self, slug: str) -> Figure:
        """The figure of a KPI that these numbers hold."""
        return kpi.figure(kpi.find(slug), self)


@dataclass(frozen=True)
class BoardNumbers(ShowroomNumbers):
    """Every number of the board for one scope and period."""

    invited_visits: int = 0
    insured_deliveries: int = 0
    consultants: int = 0
    policies_issued: int = 0
    premium_amount: Decimal = Decimal()
    renewals_renewed: int = 0
    renewal_losses: int = 0
    calls_overdue: int = 0


@dataclass(frozen=True)
class Board:
    """A period's numbers under filters. A figure that cannot follow a filter in use has no value."""

    period: Period
    filters: BoardFilters
    numbers: BoardNumbers

    def figure(self, slug: str) -> Figure:
        record = kpi.find(slug)
        return kpi.figure(record, self.numbers) if self.follows(record) else Figure(None)

    def follows(self, record: Kpi) -> bool:
        """Whether every filter in use applies to the figure."""
        return self.filters.used <= record.filters

    @property
    def figures(self) -> dict[str, Figure]:
        """Every figure of the board by slug."""
        return {slug: self.figure(slug) for slug in kpi.BOARD_SLUGS}

    @property
    def funnel(self) -> tuple["FunnelStep", ...]:
        """From first visit to delivery, walk-in leads alone, events of the period."""
        counts = [getattr(self.numbers, name) for name in FUNNEL]
        return tuple(
            FunnelStep(name, count, Figure(kpi.ratio(count, before), count, before) if before is not None else None)
            for name, count, before in zip(FUNNEL, counts, [None, *counts[:-1]], strict=True)
        )


@dataclass(frozen=True)
class FunnelStep:
    """One step of the funnel: its count, and the share of the step before (none for the first)."""

    name: str
    count: int
    rate: Figure | None


@dataclass(frozen=True)
class DayNumbers(ShowroomNumbers):
    """One business day."""

    day: date = date.min


@dataclass(frozen=True)
class PersonNumbers(ShowroomNumbers):
    """One consultant's numbers; left ones appear while they have events in the period."""

    user_id: int = 0
    name: str = ""
    active: bool = True


@dataclass(frozen=True)
class PersonDay:
    """One consultant's orders (net) and deliveries on one day."""

    day: date
    orders: int = 0
    deliveries: int = 0


@dataclass(frozen=True)
class SourceNumbers(ShowroomNumbers):
    """One source's numbers."""

    source: LeadSource = LeadSource.WALK_IN


@dataclass(frozen=True)
class HourNumbers:
    """How many visit (first and return) and how many call in one hour of the store's day, 0 to 23."""

    hour: int
    visits: int = 0
    calls: int = 0


@reads(Subject.SALES, Subject.POLICIES, Subject.RENEWALS, Subject.PEOPLE, Subject.CHANNELS)
def board(
    connection: Connection, scope: Scope, period: Period, filters: BoardFilters = EVERYTHING, *, as_of_day: date
) -> Board:
    """Every number of the board (M6), in one statement. `as_of_day` decides what is overdue; it rewinds nothing."""
    values = parameters(scope, period, filters) | moment(as_of_day)
    row = connection.execute(queries.numbers(shape(scope, filters)), values).one()
    return Board(period, filters, BoardNumbers(**row._mapping))


@reads(Subject.SALES, Subject.CHANNELS)
def days(
    connection: Connection, scope: Scope, period: Period, filters: BoardFilters = EVERYTHING
) -> tuple[DayNumbers, ...]:
    """The showroom's numbers of each day of the period, days without events among them (for trends)."""
    rows = connection.execute(queries.by_day(shape(scope, filters)), parameters(scope, period, filters))
    found = {row.day: DayNumbers(**row._mapping) for row in rows}
    return tuple(found.get(day) or DayNumbers(day=day) for day in period.days)


@reads(Subject.SALES, Subject.CHANNELS, Subject.PEOPLE)
def people(
    connection: Connection, scope: Scope, period: Period, filters: BoardFilters = EVERYTHING
) -> tuple[PersonNumbers, ...]:
    """Each consultant's numbers: those at work in the scope, and whoever has events in it. Most deliveries first."""
    shaped, values = shape(scope, filters), parameters(scope, period, filters)
    found = [PersonNumbers(**row._mapping) for row in connection.execute(queries.by_consultant(shaped), values)]
    seen = {each.user_id for each in found}
    idle = connection.execute(queries.consultants(shaped), values)
    found += [PersonNumbers(user_id=row.id, name=row.name) for row in idle if row.id not in seen]
    return tuple(sorted(found, key=lambda each: (-each.deliveries, -each.orders, -each.test_drives, each.user_id)))


@reads(Subject.SALES, Subject.CHANNELS)
def people_days(
    connection: Connection, scope: Scope, period: Period, filters: BoardFilters = EVERYTHING
) -> Mapping[int, tuple[PersonDay, ...]]:
    """Each consultant's orders and deliveries on each day of the period, by their id; those without are left out."""
    found: dict[int, dict[date, PersonDay]] = defaultdict(dict)
    sentence = queries.by_consultant_and_day(shape(scope, filters))
    for row in connection.execute(sentence, parameters(scope, period, filters)):
        found[row.user_id][row.day] = PersonDay(row.day, row.orders, row.deliveries)
    return MappingProxyType(
        {person: tuple(of.get(day) or PersonDay(day) for day in period.days) for person, of in found.items()}
    )


@reads(Subject.SALES, Subject.CHANNELS)
def sources(
    connection: Connection, scope: Scope, period: Period, filters: BoardFilters = EVERYTHING
) -> tuple[SourceNumbers, ...]:
    """Each source's numbers, in the vocabulary's order, all five."""
    rows = connection.execute(queries.by_source(shape(scope, filters)), parameters(scope, period, filters))
    found = {row.source: SourceNumbers(**row._mapping) for row in rows}
    return tuple(found.get(source) or SourceNumbers(source=source) for source in LeadSource)


@reads(Subject.SALES, Subject.CHANNELS)
def hours(
    connection: Connection, scope: Scope, period: Period, filters: BoardFilters = EVERYTHING
) -> tuple[HourNumbers, ...]:
    """When people come and call, all 24 hours of the store's clock."""
    rows = connection.execute(queries.by_hour(shape(scope, filters)), parameters(scope, period, filters))
    found = {row.hour: HourNumbers(**row._mapping) for row in rows}
    return tuple(found.get(hour) or HourNumbers(hour) for hour in range(24))


def shape(scope: Scope, filters: BoardFilters) -> Shape:
    """Which conditions the sentences need."""
    return Shape(
        scope.path is not None, bool(filters.consultants) or scope.owner_id is not None, bool(filters.sources),
        bool(filters.models),
    )  # fmt: skip


def parameters(scope: Scope, period: Period, filters: BoardFilters) -> dict[str, Any]:
    """The values of the sentences' parameters. An own-cases scope leaves nobody else's rows, whatever is asked."""
    values: dict[str, Any] = {"first": period.first, "last": period.last}
    if scope.path is not None:
        values |= {"path": scope.path, "path_end": after(scope.path)}
    wanted = filters.consultants
    if scope.owner_id is not None:
        wanted = tuple(each for each in wanted or (scope.owner_id,) if each == scope.owner_id)
    if wanted or scope.owner_id is not None:
        values["consultants"] = wanted
    if filters.sources:
        values["sources"] = filters.sources
    if filters.models:
        values["models"] = filters.models
    return values


def moment(as_of_day: date) -> dict[str, Any]:
    """The parameters that decide what is overdue and not yet archived."""
    return {"today": as_of_day, "archived_before": as_of_day - timedelta(days=ARCHIVED_AFTER)}
