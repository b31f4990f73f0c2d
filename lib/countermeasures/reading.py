"""Countermeasures as people see them: those of their area and their own, what was said of them, what is late."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Connection

from db.queries import countermeasures as queries
from db.terms import CountermeasureNoteKind, CountermeasureState, LossDomain, Subject
from lib import kpi, masking
from lib.access import Actor, Permission
from lib.countermeasures.effect import Aim
from lib.data import reads
from lib.kpi import Figure
from lib.periods import Period
from lib.refusals import NotFound

State = CountermeasureState
IMPROVEMENTS_SHOWN = 50


class View(StrEnum):
    """What the list is narrowed to."""

    OVERDUE = "overdue"
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


STATES: dict[View, tuple[CountermeasureState, ...]] = {
    View.OVERDUE: queries.OPEN, View.OPEN: queries.OPEN, View.DONE: (State.DONE,), View.DROPPED: (State.DROPPED,),
}  # fmt: skip


@dataclass(frozen=True)
class Sight:
    """How far a person sees: a subtree and their own besides, or (`own_only`) their own alone."""

    path: str | None
    user_id: int | None
    own_only: bool

    @classmethod
    def of(cls, actor: Actor) -> "Sight":
        return cls(actor.path, actor.user_id, actor.own_scope.owner_id is not None)


@dataclass(frozen=True)
class Measure:
    """One countermeasure. `version` is what a command is given."""

    id: int
    domain: LossDomain
    loss_reason_id: int
    reason: tuple[str, str]
    reason_en: tuple[str, str]
    reason_code: str
    channel_id: int | None
    channel: str | None
    channel_code: str | None
    path: str | None
    person_id: int | None
    person: str | None
    person_code: str | None
    insurer: str | None
    car_model_id: int | None
    car_model: str | None
    what: str
    owner_id: int
    owner: str
    start_on: date
    due_on: date
    state: CountermeasureState
    created_by: str | None
    created_at: datetime
    closed_at: datetime | None
    version: int

    @property
    def aim(self) -> Aim:
        return Aim(self.domain, self.loss_reason_id, self.path, self.person_id, self.insurer, self.car_model_id)

    @property
    def run(self) -> Period:
        return Period(self.start_on, self.due_on)

    def overdue(self, today: date) -> bool:
        return self.closed_at is None and self.due_on < today

    def changed_by(self, actor: Actor) -> bool:
        """Whether this person may say how far it is."""
        return actor.may(Permission.LOSS_WRITE) or self.owner_id == actor.user_id


@dataclass(frozen=True)
class Note:
    """What was said of a countermeasure; `state` where it changed."""

    kind: CountermeasureNoteKind
    state: CountermeasureState | None
    text: str
    at: datetime
    who: str | None


@dataclass(frozen=True)
class Improvement:
    """What was suggested to do better, and where it was learnt."""

    measure: Measure
    text: str
    at: datetime
    who: str | None


@dataclass(frozen=True)
class Completed:
    """Countermeasures that were due in a period, and those of them that are done."""

    measures_due: int
    measures_done: int

    def figure(self, slug: str) -> Figure:
        return kpi.figure(kpi.find(slug), self)


@reads(Subject.COUNTERMEASURES, Subject.SETTINGS, Subject.CHANNELS, Subject.PEOPLE, Subject.STOCK)
def measures(
    connection: Connection, sight: Sight, view: View, domains: tuple[LossDomain, ...], below: str | None, today: date
) -> tuple[Measure, ...]:
    """The countermeasures of a view, narrowed to domains and a subtree; what is due first on top."""
    found = queries.below(queries.of_domains(_listed(sight), domains), below)
    late = today if view is View.OVERDUE else None
    return tuple(map(_measure, connection.execute(queries.standing(found, STATES[view], late))))


@reads(Subject.COUNTERMEASURES, Subject.CHANNELS)
def counts(
    connection: Connection, sight: Sight, domains: tuple[LossDomain, ...], below: str | None, today: date
) -> dict[View, int]:
    """How many each view holds."""
    row = connection.execute(queries.counts(sight.path, sight.user_id, sight.own_only, today, domains, below)).one()
    return {view: getattr(row, view.value) for view in View}


@reads(Subject.COUNTERMEASURES, Subject.CHANNELS)
def completed(connection: Connection, path: str | None, owner_id: int | None, period: Period) -> Completed:
    """What became of the countermeasures that were due in a period; dropped ones are left out."""
    row = connection.execute(queries.completed(path, owner_id, period.first, period.last)).one()
    return Completed(row.measures_due, row.measures_done)


@reads(Subject.COUNTERMEASURES, Subject.SETTINGS, Subject.CHANNELS, Subject.PEOPLE, Subject.STOCK)
def due(
    connection: Connection, sight: Sight, path: str | None, owner_id: int | None, period: Period
) -> tuple[Measure, ...]:
    """The countermeasures that `completed` counts, as far as a person sees them; those not done yet on top."""
    found = queries.due(_listed(sight), path, owner_id, period.first, period.last)
    return tuple(map(_measure, connection.execute(found)))


@reads(Subject.COUNTERMEASURES, Subject.SETTINGS, Subject.CHANNELS, Subject.PEOPLE, Subject.STOCK)
def measure(connection: Connection, sight: Sight, measure_id: int) -> Measure:
    """One of those that this person sees; `NotFound` for any other."""
    row = connection.execute(queries.one(_listed(sight), measure_id)).first()
    if row is None:
        raise NotFound
    return _measure(row)


@reads(Subject.COUNTERMEASURES, Subject.PEOPLE)
def notes(connection: Connection, measure_id: int) -> tuple[Note, ...]:
    """What was said of one, latest first; ask for one that the person sees."""
    rows = connection.execute(queries.notes(measure_id))
    return tuple(Note(row.kind, row.state, masking.text(row.text) or "", row.at, row.who) for row in rows)


@reads(Subject.COUNTERMEASURES, Subject.SETTINGS, Subject.CHANNELS, Subject.PEOPLE, Subject.STOCK)
def improvements(
    connection: Connection, sight: Sight, domains: tuple[LossDomain, ...], below: str | None
) -> tuple[Improvement, ...]:
    """The improvements suggested with the countermeasures that a person sees, latest first."""
    found = queries.below(queries.of_domains(_listed(sight), domains), below)
    said = connection.execute(queries.improvements(found, CountermeasureNoteKind.IMPROVEMENT, IMPROVEMENTS_SHOWN))
    return tuple(Improvement(_measure(row), masking.text(row.said) or "", row.said_at, row.said_by) for row in said)


def _listed(sight: Sight) -> queries.Rows:
    return queries.listed(sight.path, sight.user_id, sight.own_only)


def _measure(row: object) -> Measure:
    values = row._mapping  # type: ignore[attr-defined]
    made = {"reason", "reason_en", "reason_code", "what"}
    own = {name: values[name] for name in Measure.__dataclass_fields__ if name not in made}
    return Measure(
        **own, what=masking.text(values["what"]) or "",
        reason=(values["group"] or values["reason"], values["reason"]),
        reason_en=(values["group_en"] or values["reason_en"], values["reason_en"]),
        reason_code=".".join(filter(None, (values["domain"], values["group_slug"], values["slug"]))),
    )  # fmt: skip
