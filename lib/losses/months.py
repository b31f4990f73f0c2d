"""Months in a row, as the sentences number them."""

from datetime import date, timedelta

from lib.periods import Period, Unit, whole

IN_A_YEAR = 12


def number(first: date) -> int:
    """A month as the sentences number it: its year times twelve plus its place in it."""
    return first.year * IN_A_YEAR + first.month


def ending(day: date, count: int = IN_A_YEAR) -> tuple[date, ...]:
    """The first days of so many months, the last the one that a day lies in."""
    return tuple(_first(number(day) - back) for back in reversed(range(count)))


def span(months: tuple[date, ...]) -> Period:
    """From the first day of the first month to the last day of the last."""
    return Period(months[0], whole(Unit.MONTH, months[-1]).last)


def year_before(period: Period) -> Period:
    """The same days a year earlier; a month or year stays one, and 29 February is the 28th."""
    if period.unit in (Unit.MONTH, Unit.QUARTER, Unit.YEAR):
        return whole(period.unit, _earlier(period.first))
    return Period(_earlier(period.first), _earlier(period.last))


def _first(counted: int) -> date:
    return date((counted - 1) // IN_A_YEAR, (counted - 1) % IN_A_YEAR + 1, 1)


def _earlier(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return day.replace(year=day.year - 1)


def matured(period: Period, today: date) -> Period | None:
    """The part of a window of due_on that has ended: its rate is a rate."""
    yesterday = today - timedelta(days=1)
    return Period(period.first, min(period.last, yesterday)) if period.first <= yesterday else None


def ahead(period: Period, today: date) -> Period | None:
    """The part that has not ended: what was reached of it is progress."""
    return Period(max(period.first, today), period.last) if period.last >= today else None
