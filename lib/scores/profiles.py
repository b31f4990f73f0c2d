"""The marks of the centres: one month side by side, and one centre's course (C3)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import Connection

from db.queries import scores as queries
from db.terms import CentreFunction, Subject
from lib.access import Scope
from lib.data import reads
from lib.forecasts.months import before

MONTHS = 12  # of a course
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Mark:
    """One function of one centre in a month, 0 to 100; `before` is last month's, `average` that of all centres shown.

    `version` 0: nobody has marked it.
    """

    function: CentreFunction
    score: Decimal | None
    evidence: str | None
    version: int
    before: Decimal | None
    average: Decimal | None


@dataclass(frozen=True)
class Profile:
    """A centre's eight marks of a month."""

    id: int
    code: str
    name: str
    path: str
    month: date
    marks: tuple[Mark, ...]

    @property
    def average(self) -> Decimal | None:
        """Of the functions that are marked, each weighing the same."""
        return average(each.score for each in self.marks)

    @property
    def average_before(self) -> Decimal | None:
        return average(each.before for each in self.marks)

    @property
    def marked(self) -> int:
        return sum(each.score is not None for each in self.marks)


@dataclass(frozen=True)
class Course:
    """One function of one centre over months; none where it was not marked."""

    function: CentreFunction
    months: tuple[date, ...]
    scores: tuple[Decimal | None, ...]


@reads(Subject.CHANNELS)
def profiles(connection: Connection, scope: Scope, month: date) -> tuple[Profile, ...]:
    """The centres of a scope in a month, by code."""
    found = _marks(connection, scope, before(month), month)
    return tuple(
        Profile(
            row.id, row.code, row.name, row.path, month,
            tuple(_mark(each, found, row.id, month) for each in CentreFunction),
        )
        for row in connection.execute(queries.centres(scope.path))
    )  # fmt: skip


@reads(Subject.CHANNELS)
def courses(connection: Connection, scope: Scope, last: date) -> tuple[tuple[int, tuple[Course, ...]], ...]:
    """The twelve months up to `last` of each centre of a scope, by its key."""
    months = [last]
    while len(months) < MONTHS:
        months.insert(0, before(months[0]))
    found = _marks(connection, scope, months[0], last)
    return tuple(
        (
            row.id,
            tuple(
                Course(each, tuple(months), tuple(_score(found, row.id, month, each) for month in months))
                for each in CentreFunction
            ),
        )
        for row in connection.execute(queries.centres(scope.path))
    )


@reads(Subject.CHANNELS)
def last_marked(connection: Connection, scope: Scope, until: date) -> date | None:
    """The latest month, this one or one before, for which a centre of the scope has a mark."""
    return connection.scalar(queries.last_marked(scope.path, until))


def average(scores: Iterable[Decimal | None]) -> Decimal | None:
    """The mean of those that are there, to one place."""
    given = [each for each in scores if each is not None]
    return (sum(given, Decimal()) / len(given)).quantize(TENTH, ROUND_HALF_UP) if given else None


Found = dict[tuple[date, CentreFunction], dict[int, Any]]


def _marks(connection: Connection, scope: Scope, first: date, last: date) -> Found:
    found: Found = defaultdict(dict)
    for row in connection.execute(queries.marks(scope.path, first, last)):
        found[row.month, row.function][row.channel_id] = row
    return found


def _score(found: Found, centre: int, month: date, function: CentreFunction) -> Decimal | None:
    row = found.get((month, function), {}).get(centre)
    return row.score if row else None


def _mark(function: CentreFunction, found: Found, centre: int, month: date) -> Mark:
    of_all = found.get((month, function), {})
    row = of_all.get(centre)
    return Mark(
        function, row.score if row else None, row.evidence if row else None, row.version if row else 0,
        _score(found, centre, before(month), function), average(each.score for each in of_all.values()),
    )  # fmt: skip
