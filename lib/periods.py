"""Periods of business days: how they are named, cut, and compared."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lib.refusals import N_, Invalid

DAY = timedelta(days=1)


class Unit(StrEnum):
    """A period that has a name of its own, from short to long."""

    DAY = "day"  # 日
    WEEK = "week"  # 周
    MONTH = "month"  # 月
    QUARTER = "quarter"  # 季
    YEAR = "year"  # 年


@dataclass(frozen=True, order=True)
class Period:
    """Business days from `first` to `last`, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Invalid(N_("The period ends before it starts."), field="period")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def length(self) -> int:
        """Days in the period."""
        return (self.last - self.first).days + 1

    @property
    def previous(self) -> "Period":
        """The period of equal length that ends the day before."""
        return Period(self.first - self.length * DAY, self.first - DAY)

    @property
    def days(self) -> Iterator[date]:
        return (self.first + step * DAY for step in range(self.length))

    @property
    def unit(self) -> Unit | None:
        """The unit that this period is exactly one of; `None` for any other range."""
        return next((unit for unit in Unit if whole(unit, self.first) == self), None)

    @property
    def name(self) -> str:
        """2026, 2026Q4, 2026-11, 2026-W48, 2026-11-23; another range is its two days."""
        unit = self.unit
        return named(unit, self.first) if unit else f"{self.first}..{self.last}"

    def part(self, other: "Period") -> "Period | None":
        """The days that lie in both."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Period(first, last) if first <= last else None


def named(unit: Unit, day: date) -> str:
    """The name of the unit that a day lies in."""
    match unit:
        case Unit.DAY:
            return day.isoformat()
        case Unit.WEEK:
            year, week, _ = day.isocalendar()
            return f"{year:04d}-W{week:02d}"
        case Unit.MONTH:
            return f"{day.year:04d}-{day.month:02d}"
        case Unit.QUARTER:
            return f"{day.year:04d}Q{(day.month + 2) // 3}"
        case Unit.YEAR:
            return f"{day.year:04d}"


def whole(unit: Unit, day: date) -> Period:
    """The day, ISO week, month, quarter or year that a day lies in."""
    if unit is Unit.DAY:
        return Period(day, day)
    if unit is Unit.WEEK:
        monday = day - (day.isoweekday() - 1) * DAY
        return Period(monday, monday + 6 * DAY)
    months = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}[unit]
    start = (day.month - 1) // months * months + 1
    return Period(date(day.year, start, 1), _month_end(date(day.year, start + months - 1, 1)))


def parse(name: str) -> Period:
    """The period of a name (2026, 2026Q4, 2026-11, 2026-W48, 2026-11-23). Errors: `Invalid` if there is none such."""
    try:
        return _parse(name)
    except (ValueError, OverflowError):
        raise Invalid(
            N_("There is no period {name}. Write 2026, 2026Q4, 2026-11, 2026-W48 or 2026-11-23."),
            field="period",
            name=name,
        ) from None


def pieces(period: Period) -> tuple[Period, ...]:
    """A range cut into whole years, quarters and months as large as they fit, and the days that remain."""
    found: list[Period] = []
    day = period.first
    while day <= period.last:
        candidates = (whole(unit, day) for unit in (Unit.YEAR, Unit.QUARTER, Unit.MONTH))
        piece = next((each for each in candidates if each.first == day and each.last <= period.last), Period(day, day))
        found.append(piece)
        day = piece.last + DAY
    return tuple(found)


def whole_months(period: Period) -> tuple[Period, ...]:
    """The calendar months that lie whole in a range."""
    day, found = period.first, []
    while day <= period.last:
        month = whole(Unit.MONTH, day)
        if month.first >= period.first and month.last <= period.last:
            found.append(month)
        day = month.last + DAY
    return tuple(found)


def _parse(name: str) -> Period:
    if re.fullmatch(r"[0-9]{4}", name):
        return whole(Unit.YEAR, date(int(name), 1, 1))
    if match := re.fullmatch(r"([0-9]{4})Q([1-4])", name):
        return whole(Unit.QUARTER, date(int(match[1]), int(match[2]) * 3, 1))
    if match := re.fullmatch(r"([0-9]{4})-W([0-9]{2})", name):
        return whole(Unit.WEEK, date.fromisocalendar(int(match[1]), int(match[2]), 1))
    if match := re.fullmatch(r"([0-9]{4})-([0-9]{2})", name):
        return whole(Unit.MONTH, date(int(match[1]), int(match[2]), 1))
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", name):
        return whole(Unit.DAY, date.fromisoformat(name))
    raise ValueError(name)


def _month_end(day: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1) if day < date(9999, 12, 1) else None
    return following - DAY if following else date.max
