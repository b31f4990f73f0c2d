"""Setting targets by hand: the form's rows, and the command that stores them."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, delete, insert
from sqlalchemy.exc import IntegrityError

from db.queries import targets as queries
from db.queries.channels import bounds
from db.tables import Target
from db.terms import Role, Subject, TargetSubject
from lib import kpi, periods
from lib.access import Permission, Scope
from lib.data import Change, command, reads
from lib.periods import Period, Unit
from lib.refusals import N_, Conflict, Invalid, NotFound
from lib.targets import Subjects, read_book

LARGEST = Decimal("1e12")


@dataclass(frozen=True)
class Cell:
    """One target of the form: what was set here, with its version, and what the rule finds without it."""

    metric: str
    value: Decimal | None
    version: int
    found: Decimal | None


@dataclass(frozen=True)
class Line:
    """One channel or person of the form."""

    kind: TargetSubject
    subject_id: int
    name: str
    depth: int
    role: Role | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Entry:
    """A target as typed: no value takes it back. `seen` is the version that the form showed, 0 for none."""

    kind: TargetSubject
    subject_id: int
    metric: str
    value: Decimal | None
    seen: int = 0


@dataclass(frozen=True)
class Lines:
    """The lines of the form, and how many more lie below them."""

    shown: tuple[Line, ...]
    hidden: int


@reads(Subject.TARGETS, Subject.CHANNELS, Subject.PEOPLE, Subject.SETTINGS)
def lines(
    connection: Connection, scope: Scope, period: Period, metrics: tuple[str, ...], most: int | None = None
) -> Lines:
    """The form for one period: each channel of the scope followed by its people. Where these are more than `most`, the
    upper levels of the network alone, as many as fit."""
    book = read_book(connection, scope.path, period, metrics)
    values = {"metrics": metrics, "periods": (period.name,)} | bounds(scope.path)
    own = {
        (row.user_id or row.path, row.metric): (row.value, row.version)
        for row in connection.execute(queries.rows(scope.path is not None), values)
    }

    def cells(subject: Subjects) -> tuple[Cell, ...]:
        return tuple(
            Cell(slug, *own.get((subject, slug), (None, 0)), book.target(subject, kpi.find(slug), period))
            for slug in metrics
        )

    found = _subjects(connection, scope)
    shown = found if most is None else _upper(found, most)
    return Lines(
        tuple(Line(each.kind, each.id, each.name, each.depth, each.role, cells(each.subject)) for each in shown),
        len(found) - len(shown),
    )


@dataclass(frozen=True)
class _Subject:
    kind: TargetSubject
    id: int
    name: str
    depth: int
    role: Role | None
    subject: Subjects


def _subjects(connection: Connection, scope: Scope) -> list[_Subject]:
    people: dict[str, list[_Subject]] = defaultdict(list)
    for row in connection.execute(queries.people(scope.path)):
        depth = row.path.count(".")
        people[row.path].append(_Subject(TargetSubject.USER, row.id, row.name, depth, row.role, row.id))
    found = []
    for row in connection.execute(queries.channels(scope.path)):
        depth = row.path.count(".") - 1
        found += [_Subject(TargetSubject.CHANNEL, row.id, row.name, depth, None, row.path), *people[row.path]]
    return found


def _upper(found: list[_Subject], most: int) -> list[_Subject]:
    """The levels from the top that are together no more than `most`; the first one always."""
    levels = sorted({each.depth for each in found})
    fitting = [level for level in levels if sum(each.depth <= level for each in found) <= most]
    deepest = max(fitting, default=min(levels, default=0))
    return [each for each in found if each.depth <= deepest]


@command(Permission.TARGET_WRITE, Subject.TARGETS)
def set_targets(change: Change, period: str, entries: tuple[Entry, ...]) -> int:
    """Store, change or take back targets of one period; returns how many rows that touched (N1, M13).

    Errors: `Invalid` for no such period or metric, or a value that cannot be; `NotFound` for a subject outside the
    actor's scope; `Conflict` when someone changed one of them since it was seen (then nothing is stored).
    """
    name = _named(period)
    touched = 0
    for entry in entries:
        touched += _store(change, name, entry)
    change.record("target.set", "targets", period=name, count=touched)
    return touched


def _named(period: str) -> str:
    found = periods.parse(period)
    if found.unit in (None, Unit.DAY):
        raise Invalid(N_("A target is set for a year, a quarter, a month or a week."), field="period")
    return found.name


def _store(change: Change, period: str, entry: Entry) -> int:
    channel_id = _checked(change, entry)
    user = entry.kind is TargetSubject.USER
    subject = {"user_id": entry.subject_id} if user else {"channel_id": entry.subject_id}
    row = change.session.execute(
        queries.one(None if user else entry.subject_id, entry.subject_id if user else None, entry.metric, period)
    ).first()
    old = row.value if row else None
    if old == entry.value:
        return 0
    if row is None:
        if entry.seen:
            raise Conflict(N_("Someone took back this target. What you typed is kept; check it and save again."))
        target_id = _insert(change, entry, period, subject)
    else:
        target_id = row.id
        change.claim(Target, target_id, entry.seen, **({} if entry.value is None else {"value": entry.value}))
        if entry.value is None:
            change.session.execute(delete(Target).where(Target.id == target_id))
    change.record(
        "target.changed", "targets", target_id, channel_id, metric=entry.metric, period=period,
        of_kind=entry.kind, of_id=entry.subject_id, old=_text(old), new=_text(entry.value),
    )  # fmt: skip
    return 1


def _insert(change: Change, entry: Entry, period: str, subject: dict[str, int]) -> int:
    values = {**subject, "metric": entry.metric, "period": period, "value": entry.value}
    try:
        return change.session.execute(insert(Target).values(**values).returning(Target.id)).scalar_one()
    except IntegrityError:
        raise Conflict(N_("Someone set this target. What you typed is kept; check it and save again.")) from None


def _checked(change: Change, entry: Entry) -> int:
    """The subject's channel, if the entry makes sense and the actor reaches it."""
    if entry.metric not in kpi.TARGETED:
        raise Invalid(N_("There is no figure called {slug}."), slug=entry.metric, field="metric")
    if entry.value is not None and not 0 <= entry.value <= LARGEST:
        raise Invalid(N_("A target is a number from zero up."), field="value")
    find = queries.home_of_user if entry.kind is TargetSubject.USER else queries.home_of_channel
    home = change.session.execute(find(entry.subject_id)).first()
    if home is None or not change.actor.scope.covers(home.path):
        raise NotFound
    return int(home.id)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"
