"""Where the renewals of a window went, adding up to those due, by reason, person, insurer, type and channel."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import Connection, Executable, Row

from db.queries.losses import windows as queries
from db.queries.losses.shape import Shape
from db.queries.summaries import reading as sums
from db.tables.summaries import MonthKind
from db.terms import LossDomain, Subject
from lib import kpi
from lib.access import Scope
from lib.data import reads
from lib.kpi import Figure
from lib.losses.filters import LossFilters, parameters, shape
from lib.losses.months import number, span
from lib.losses.picture import SMALL, Key
from lib.losses.reasons import Reason, reasons
from lib.periods import Period, Unit, whole
from lib.summaries import asking


@dataclass(frozen=True)
class Went:
    """Where renewals went: the five add up to those due."""

    renewed: int = 0
    lost: int = 0
    lapsed: int = 0
    open_quoted: int = 0
    open_unquoted: int = 0

    @property
    def due(self) -> int:
        return self.renewed + self.lost + self.lapsed + self.open_quoted + self.open_unquoted

    @property
    def small(self) -> bool:
        return self.due < SMALL

    def __add__(self, other: "Went") -> "Went":
        return Went(**{each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(self)})

    def figure(self, slug: str) -> Figure:
        return kpi.figure(kpi.find(slug), self)


NOTHING = Went()


@dataclass(frozen=True)
class Window:
    """A window's renewals. `settled` tells a rate from progress: it is progress while the window has not ended."""

    period: Period
    settled: bool
    groups: dict[str, dict[Key, Went]]
    lost_by_reason: tuple[tuple[Reason, int], ...]

    @property
    def whole(self) -> Went:
        return sum(self.groups["channel"].values(), Went())


@dataclass(frozen=True)
class MonthDue:
    """One month of due_on."""

    first: date
    settled: bool
    went: Went


@reads(Subject.RENEWALS, Subject.POLICIES, Subject.CHANNELS, Subject.SETTINGS)
def window(connection: Connection, scope: Scope, period: Period, filters: LossFilters, as_of_day: date) -> Window:
    """The renewals whose due_on lies in the period. They follow people, insurers and types, not reasons: what is lost
    for one reason is a part of where they went."""
    known = {each.id: each for each in reasons(connection)}
    groups: dict[str, dict[Key, Went]] = {name: {} for name in ("person", "thing", "type", "channel", "reason")}
    for row in _rows(connection, scope, period, filters, as_of_day, queries.by_group, sums.went_by_group):
        key = row.key_text if row.key_id is None else int(row.key_id)
        groups[row.grain][key] = groups[row.grain].get(key, NOTHING) + _went(row)
    lost = [(known[key], went.lost) for key, went in groups.pop("reason").items() if isinstance(key, int)]
    most = sorted(lost, key=lambda each: (-each[1], each[0].code))
    return Window(period, as_of_day > period.last, groups, tuple(most))


@reads(Subject.RENEWALS, Subject.POLICIES, Subject.CHANNELS)
def months_due(
    connection: Connection, scope: Scope, months: tuple[date, ...], filters: LossFilters, as_of_day: date
) -> tuple[MonthDue, ...]:
    """Where the renewals of each month of due_on went."""
    found: dict[int, Went] = {}
    for row in _rows(connection, scope, span(months), filters, as_of_day, queries.by_month, sums.went_by_month):
        found[row.month] = found.get(row.month, NOTHING) + _went(row)
    return tuple(
        MonthDue(first, as_of_day > whole(Unit.MONTH, first).last, found.get(number(first), NOTHING))
        for first in months
    )  # fmt: skip


def _rows(
    connection: Connection, scope: Scope, period: Period, filters: LossFilters, as_of_day: date,
    counted: Callable[[Shape], Executable], summed: Callable[[bool], Executable],
) -> Iterator[Row[Any]]:  # fmt: skip
    """Where they went; what has one key may come several times. Today's month is counted from the rows: a part of it
    lies ahead."""
    asked, now = shape(scope, filters.whole, LossDomain.RENEWAL), number(as_of_day)
    values = parameters(scope, period, filters.whole, LossDomain.RENEWAL) | {"today": as_of_day, "this_month": now}
    cut = asking.Spans((), (period,))
    if sums.follows(asked):
        cut = asking.spans(connection, MonthKind.DUE, scope, period, leave_out=(now,))
    return asking.rows(connection, cut, counted(asked), summed(asked.scoped), values)


def _went(row: object) -> Went:
    return Went(**{name: int(getattr(row, name)) for name in queries.WENT})
