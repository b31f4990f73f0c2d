"""How a target of any subject and period is found (model.md, `attainment_rate`), and how far along we are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from sqlalchemy import Connection

from db.queries import targets as queries
from db.queries.channels import bounds
from db.terms import Subject
from lib import kpi, preferences
from lib.access import Scope
from lib.data import reads
from lib.kpi import Figure, Kpi, Number
from lib.periods import Period, Unit, named, pieces, whole
from lib.workdays import Workdays

GROUP = ""  # the path of the whole group, whose parts are the stores
LONGER = {Unit.DAY: Unit.MONTH, Unit.MONTH: Unit.QUARTER, Unit.QUARTER: Unit.YEAR}

Subjects = str | int  # a channel by its path, a person by their id


@dataclass(frozen=True)
class Progress:
    """One figure against its target. `expected` is what the time gone asks for by now."""

    slug: str
    actual: Number | None
    target: Decimal | None
    attainment: Decimal | None
    pace: Decimal | None

    @property
    def expected(self) -> Decimal | None:
        if self.target is None or self.pace is None:
            return None
        return self.target * self.pace if kpi.find(self.slug).adds_over_days else self.target


@dataclass(frozen=True)
class Targets:
    """Targets found for one subject and period, by slug."""

    period: Period
    found: tuple[tuple[str, Decimal], ...]
    pace: Figure

    def target(self, slug: str) -> Decimal | None:
        return dict(self.found).get(slug)

    def progress(self, slug: str, actual: Number | None) -> Progress:
        target = self.target(slug)
        return Progress(slug, actual, target, kpi.ratio(actual, target), self.pace.value)  # type: ignore[arg-type]


@dataclass
class Book:
    """Rows of targets, ready to be asked. Nothing here reads the database."""

    workdays: Workdays
    own: dict[tuple[Subjects, str, str], Decimal] = field(default_factory=dict)
    homed: dict[tuple[str, str, str], Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    parts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    counted: dict[Period, int] = field(default_factory=dict)

    def add(self, path: str, user_id: int | None, metric: str, period: str, value: Decimal) -> None:
        """Take in one row: a channel's, or that of a person at home in the channel."""
        if user_id is None:
            self.own[path, metric, period] = value
        else:
            self.own[user_id, metric, period] = value
            self.homed[path, metric, period] += value
        while path != GROUP:
            above = parent(path)
            self.parts[above].add(path)
            path = above

    def target(self, subject: Subjects, record: Kpi, period: Period) -> Decimal | None:
        """The target of a subject for a metric and any period, to six places; `None` where no row says anything."""
        target = self._target(subject, record, period)
        return None if target is None else target.quantize(kpi.RATE_PLACES)

    def _target(self, subject: Subjects, record: Kpi, period: Period) -> Decimal | None:
        unit = period.unit
        if unit is None:
            return self._joined(record, [(piece, self._target(subject, record, piece)) for piece in pieces(period)])
        row = self.row(subject, record, named(unit, period.first))
        return self._share(subject, record, period, unit) if row is None else row

    def row(self, subject: Subjects, record: Kpi, period: str) -> Decimal | None:
        """The subject's own row, else the sum of its parts' rows: of channels, else of the people at home in it."""
        row = self.own.get((subject, record.slug, period))
        if row is not None or isinstance(subject, int) or not record.adds_over_parts:
            return row
        rows = [self.row(part, record, period) for part in self.parts.get(subject, ())]
        given = [each for each in rows if each is not None]
        return sum(given, Decimal()) if given else self.homed.get((subject, record.slug, period))

    def _share(self, subject: Subjects, record: Kpi, period: Period, unit: Unit) -> Decimal | None:
        """The part, by working days, of the next longer period that has a target."""
        if unit is Unit.YEAR:
            return None
        if unit is Unit.WEEK:
            months = sorted({whole(Unit.MONTH, period.first), whole(Unit.MONTH, period.last)})
            parts = [(part, month) for month in months if (part := period.part(month))]
            return self._joined(record, [(part, self._of(subject, record, part, month)) for part, month in parts])
        if unit is Unit.DAY:
            week = whole(Unit.WEEK, period.first)
            row = self.row(subject, record, named(Unit.WEEK, period.first))
            if row is not None:
                return self._spread(record, row, period, week)
        return self._of(subject, record, period, whole(LONGER[unit], period.first))

    def _of(self, subject: Subjects, record: Kpi, part: Period, longer: Period) -> Decimal | None:
        target = self._target(subject, record, longer)
        return None if target is None else self._spread(record, target, part, longer)

    def _spread(self, record: Kpi, target: Decimal, part: Period, longer: Period) -> Decimal:
        if not record.adds_over_days:
            return target
        return target * self._count(part) / (self._count(longer) or 1)

    def _joined(self, record: Kpi, found: list[tuple[Period, Decimal | None]]) -> Decimal | None:
        """One target of the pieces of a range. A piece without target leaves none, unless nobody works in it."""
        given = [(piece, target) for piece, target in found if target is not None]
        if not given or any(target is None and self._count(piece) for piece, target in found):
            return None
        if record.adds_over_days:
            return sum((target for _, target in given), Decimal())
        return sum((target * piece.length for piece, target in given), Decimal()) / sum(
            piece.length for piece, _ in given
        )

    def _count(self, period: Period) -> int:
        if period not in self.counted:
            self.counted[period] = self.workdays.count(period.first, period.last)
        return self.counted[period]


@reads(Subject.TARGETS, Subject.CHANNELS, Subject.PEOPLE, Subject.SETTINGS)
def targets(
    connection: Connection, scope: Scope, period: Period, as_of_day: date, metrics: tuple[str, ...] = kpi.BOARD_SLUGS
) -> Targets:
    """The targets of a scope's channel (the whole group: of its stores together), and the time gone (N1)."""
    book = read_book(connection, scope.path, period, metrics)
    subject = scope.path or GROUP
    found = [(slug, book.target(subject, kpi.find(slug), period)) for slug in metrics]
    return Targets(
        period, tuple((slug, target) for slug, target in found if target is not None),
        pace(book.workdays, period, as_of_day),
    )  # fmt: skip


@reads(Subject.TARGETS, Subject.CHANNELS, Subject.PEOPLE, Subject.SETTINGS)
def people_targets(
    connection: Connection, scope: Scope, period: Period, as_of_day: date, metrics: tuple[str, ...]
) -> Mapping[int, Targets]:
    """The targets of each person at home in the scope who has one, by their id."""
    book = read_book(connection, scope.path, period, metrics)
    gone = pace(book.workdays, period, as_of_day)
    people = {subject for subject, _, _ in book.own if isinstance(subject, int)}
    answer = {}
    for person in people:
        found = [(slug, book.target(person, kpi.find(slug), period)) for slug in metrics]
        answer[person] = Targets(period, tuple((slug, each) for slug, each in found if each is not None), gone)
    return MappingProxyType(answer)


def read_book(connection: Connection, path: str | None, period: Period, metrics: Iterable[str]) -> Book:
    """Every row that can say something about a period, in one query, and the calendar."""
    book = Book(preferences.workdays(connection))
    values = {"metrics": tuple(metrics), "periods": tuple(period_names(period))} | bounds(path)
    for row in connection.execute(queries.rows(path is not None), values):
        book.add(row.path, row.user_id, row.metric, row.period, row.value)
    return book


def period_names(period: Period) -> set[str]:
    """The names of all periods that a period lies in or is made of."""
    spanned = Period(whole(Unit.WEEK, period.first).first, whole(Unit.WEEK, period.last).last)
    return {named(unit, day) for day in spanned.days for unit in Unit if unit is not Unit.DAY}


def pace(workdays: Workdays, period: Period, as_of_day: date) -> Figure:
    """Working days gone by, the as-of day included, of the working days of the period."""
    gone = workdays.count(period.first, min(as_of_day, period.last))
    return Figure(kpi.ratio(gone, total := workdays.count(period.first, period.last)), gone, total)


def parent(path: str) -> str:
    """The path of the channel above; of a store, the group's."""
    return path[: path.rstrip(".").rfind(".") + 1]
