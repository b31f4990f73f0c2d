"""The month's course: what has been reached day by day, against the target and the month before."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate

from sqlalchemy import Connection

from db.terms import Subject
from lib import kpi
from lib.access import Scope
from lib.board.figures import EVERYTHING, BoardFilters, days
from lib.data import reads
from lib.periods import DAY, Period, Unit, whole
from lib.targets import GROUP, pace, read_book


@dataclass(frozen=True)
class CourseDay:
    """One day of the month: what was reached up to its end (none for days to come), and what should be."""

    day: date
    reached: int | None
    last_month: int | None
    expected: Decimal | None


@dataclass(frozen=True)
class Course:
    """A month's course of one count; `target` is the month's."""

    slug: str
    target: Decimal | None
    days: tuple[CourseDay, ...]


@reads(Subject.SALES, Subject.CHANNELS, Subject.TARGETS, Subject.PEOPLE, Subject.SETTINGS)
def course(
    connection: Connection, scope: Scope, month: Period, slug: str, as_of_day: date, filters: BoardFilters = EVERYTHING
) -> Course:
    """The course of a count that adds up over days (orders, deliveries, first visits) in a calendar month (M6).

    Expected is the month's target by working days gone. A day that last month did not have shows none. One
    consultant's course has that person's target; under any other filter there is none.
    """
    before = whole(Unit.MONTH, month.first - DAY)
    reached = _running(connection, scope, month, slug, filters)
    last_month = _running(connection, scope, before, slug, filters)
    target, paces = None, [Decimal()] * month.length
    one = filters.consultants[0] if len(filters.consultants) == 1 else None
    if filters == (EVERYTHING if one is None else BoardFilters(filters.consultants)):
        book = read_book(connection, scope.path, month, [slug])
        target = book.target(one or scope.path or GROUP, kpi.find(slug), month)
        paces = [Decimal(pace(book.workdays, month, day).value or 0) for day in month.days]
    found = (
        CourseDay(
            day, reached[at] if day <= as_of_day else None, last_month[at] if at < before.length else None,
            None if target is None else target * paces[at],
        )
        for at, day in enumerate(month.days)
    )  # fmt: skip
    return Course(slug, target, tuple(found))


def _running(connection: Connection, scope: Scope, month: Period, slug: str, filters: BoardFilters) -> list[int]:
    return list(accumulate(getattr(each, slug) for each in days(connection, scope, month, filters)))
