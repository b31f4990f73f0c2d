"""The managers' board as one view: every tile with its target, pace, change and trend, and what stands below them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

from sqlalchemy import Connection

from db.terms import RollUp, Subject
from lib import kpi, targets
from lib.access import Permission, Scope
from lib.board import figures
from lib.board.figures import BoardFilters, DayNumbers, FunnelStep, HourNumbers, PersonNumbers, SourceNumbers
from lib.data import reads
from lib.kpi import Figure, Number
from lib.periods import Period, whole
from lib.targets import Progress, Targets

TREND_DAYS = 14  # the least that a small trend shows
LONGEST_TREND_DAYS = 92


@dataclass(frozen=True)
class Tile:
    """One figure of a period, with its target, what the same stretch before gave, and its days. `trend` is empty
    for figures that are not counted by day.
    """

    slug: str
    figure: Figure
    before: Figure
    progress: Progress
    trend: tuple[Number | None, ...] = ()


@dataclass(frozen=True)
class Ranked:
    """One consultant in the race for deliveries. `orders` are those of each day of the small trend."""

    numbers: PersonNumbers
    progress: Progress
    orders: tuple[int, ...] = ()


@dataclass(frozen=True)
class Overview:
    """Everything that the board page shows for one scope, period and filters, but the month's course."""

    period: Period
    elapsed: Period
    compared: Period
    workdays: Figure
    tiles: Mapping[str, Tile]
    funnel: tuple[FunnelStep, ...]
    ranking: tuple[Ranked, ...]
    sources: tuple[SourceNumbers, ...]
    hours: tuple[HourNumbers, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing at all happened."""
        return not any(tile.figure.value for slug, tile in self.tiles.items() if slug != "calls_overdue")


@reads(Subject.SALES, Subject.POLICIES, Subject.RENEWALS, Subject.PEOPLE, Subject.CHANNELS, Subject.TARGETS,
       Subject.SETTINGS)  # fmt: skip
def overview(connection: Connection, scope: Scope, period: Period, filters: BoardFilters, today: date) -> Overview:
    """The board of a scope and period (M6, M12), as of a business day."""
    gone, before = elapsed(period, today), compared(period, today)
    now = figures.board(connection, scope, gone, filters, as_of_day=today)
    then = figures.board(connection, scope, before, filters, as_of_day=today)
    aims = aimed_at(connection, scope, period, filters, today)
    trend = figures.days(connection, scope, trend_period(gone), filters)
    tiles = {
        slug: Tile(slug, figure, _comparable(slug, then), aims.progress(slug, figure.value), _trend(slug, trend))
        for slug, figure in now.figures.items()
    }
    return Overview(
        period, gone, before, aims.pace, MappingProxyType(tiles), now.funnel,
        ranking(connection, scope, period, filters, today),
        figures.sources(connection, scope, gone, filters), figures.hours(connection, scope, gone, filters),
    )  # fmt: skip


def ranking(
    connection: Connection, scope: Scope, period: Period, filters: BoardFilters, today: date
) -> tuple[Ranked, ...]:
    """The consultants by deliveries, each against the own target of the period."""
    aims = targets.people_targets(connection, scope, period, today, ("deliveries",))
    none, gone = Targets(period, (), Figure(None)), elapsed(period, today)
    by_day = figures.people_days(connection, scope, trend_period(gone), filters)
    return tuple(
        Ranked(
            each, aims.get(each.user_id, none).progress("deliveries", each.deliveries),
            tuple(day.orders for day in by_day.get(each.user_id, ())),
        )
        for each in figures.people(connection, scope, gone, filters)
    )  # fmt: skip


def aimed_at(connection: Connection, scope: Scope, period: Period, filters: BoardFilters, today: date) -> Targets:
    """The targets that fit the filters: the scope's, one consultant's, none where only a part of the work is shown."""
    found = targets.targets(connection, scope, period, today)
    if not filters.used:
        return found
    if len(filters.consultants) == 1 and not filters.sources and not filters.models:
        own = targets.people_targets(connection, scope, period, today, kpi.BOARD_SLUGS)
        return own.get(filters.consultants[0], replace(found, found=()))
    return replace(found, found=())


def elapsed(period: Period, today: date) -> Period:
    """The part of a period that has begun; all of one that lies ahead."""
    return Period(period.first, min(period.last, today)) if period.first <= today else period


def compared(period: Period, today: date) -> Period:
    """What a period is compared with: as many days of the month (week, day …) before, or the days just before."""
    gone, unit = elapsed(period, today), period.unit
    if unit is None:
        return gone.previous
    earlier = whole(unit, period.first - timedelta(days=1))
    if gone == period:
        return earlier
    return Period(earlier.first, min(earlier.last, earlier.first + timedelta(days=gone.length - 1)))


def trend_period(gone: Period) -> Period:
    """The days of a small trend: those of the period, at least two weeks, at most a quarter."""
    length = min(max(gone.length, TREND_DAYS), LONGEST_TREND_DAYS)
    return Period(gone.last - timedelta(days=length - 1), gone.last)


def _trend(slug: str, days: tuple[DayNumbers, ...]) -> tuple[Number | None, ...]:
    record = kpi.find(slug)
    counted = all(hasattr(DayNumbers, name) for name in (record.numerator, record.denominator) if name)
    return tuple(each.figure(slug).value for each in days) if counted else ()


def _comparable(slug: str, then: figures.Board) -> Figure:
    """The earlier figure; none for one of the moment, which is not counted over days."""
    return Figure(None) if kpi.find(slug).roll_up is RollUp.MOMENT else then.figure(slug)


def opens_with(slug: str) -> Permission:
    """What a person needs to see the rows behind a figure."""
    if slug in ("policies_issued", "premium_amount"):
        return Permission.POLICY_READ
    if slug in ("renewals_renewed", "renewal_losses", "calls_overdue"):
        return Permission.RENEWAL_READ
    return Permission.LEAD_READ
