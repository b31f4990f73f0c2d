"""A period's figures, from the sums of its whole months where they hold and from the rows for the rest.

Whatever was written since a month was summed up is counted from the rows, so that an answer is never older than the
data; how the sums are kept decides only how fast it comes.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Executable, Row

from db.queries.channels import bounds
from db.queries.summaries import stale
from db.tables.summaries import MonthKind
from lib.access import Scope
from lib.periods import DAY, Period, Unit, whole, whole_months


@dataclass(frozen=True)
class Spans:
    """A period cut in two: the numbers of the months whose sums hold, and the days to be counted from the rows."""

    months: tuple[int, ...]
    days: tuple[Period, ...]


def number(month: Period) -> int:
    """A month as the sentences number it: its year times twelve plus its place in it."""
    return month.first.year * 12 + month.first.month


def spans(
    connection: Connection, kind: MonthKind, scope: Scope, period: Period, leave_out: Iterable[int] = ()
) -> Spans:
    """Which part of a period the sums can answer; months to be left out are counted from the rows."""
    months = {number(month): month for month in whole_months(period)}
    if not months:
        return Spans((), (period,))
    asked = {"kind": kind, "first_month": min(months), "last_month": max(months)} | bounds(scope.path)
    lost = {row.month for row in connection.execute(stale.months(scope.path is not None), asked)} | set(leave_out)
    holding = {each: month for each, month in months.items() if each not in lost}
    return Spans(tuple(holding), tuple(_rest(period, set(holding))))


def rows(
    connection: Connection, cut: Spans, counted: Executable, summed: Executable, values: Mapping[str, Any]
) -> Iterator[Row[Any]]:
    """The rows of both sentences over what each is to answer; what has one key may come several times."""
    if cut.months:
        yield from connection.execute(summed, {**values, "months": cut.months})
    for days in cut.days:
        yield from connection.execute(counted, {**values, "first": days.first, "last": days.last})


def _rest(period: Period, holding: set[int]) -> Iterator[Period]:
    """The days outside the months that hold, as few spans as there can be."""
    parts: list[tuple[bool, Period]] = []
    day = period.first
    while day <= period.last:
        month = whole(Unit.MONTH, day)
        part = Period(day, min(month.last, period.last))
        parts.append((number(month) in holding, part))
        day = part.last + DAY
    for held, together in groupby(parts, key=lambda each: each[0]):
        span = [part for _, part in together]
        if not held:
            yield Period(span[0].first, span[-1].last)
