"""The commands: a manager sets up and changes a countermeasure; its owner tells how far it is and what was learnt."""

from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select

from db.queries import people
from db.queries.countermeasures import visible
from db.tables import CarModel, Channel, Countermeasure, CountermeasureNote, LossReason, User
from db.terms import CountermeasureNoteKind, CountermeasureState, LossDomain, Role, Subject
from lib.access import Permission
from lib.countermeasures import rules
from lib.data import Change, command
from lib.refusals import N_, Invalid, NotAllowed, NotFound

LONGEST = 1000
LONGEST_RUN = timedelta(days=366)
EARLIEST = timedelta(days=366)  # one that began earlier is history
OWNERS = (Role.MANAGER, Role.RENEWAL_SPECIALIST, Role.CONSULTANT)

Note = CountermeasureNoteKind


@dataclass(frozen=True)
class Plan:
    """A countermeasure as it was typed. Without a channel it is for the whole group."""

    domain: LossDomain
    loss_reason_id: int | None
    channel_id: int | None
    what: str
    owner_id: int | None
    start_on: date | None
    due_on: date | None
    person_id: int | None = None
    insurer: str | None = None
    car_model_id: int | None = None


@command(Permission.LOSS_WRITE, Subject.COUNTERMEASURES)
def add(change: Change, plan: Plan) -> int:
    """Set up a countermeasure; its key. `Invalid` says which field is wrong, `NotAllowed` for another's area."""
    values = _checked(change, plan)
    if values["start_on"] < change.today - EARLIEST:
        raise Invalid(N_("The start lies more than a year back. Choose a later day."), field="start_on")
    row = insert(Countermeasure).values(created_by_id=change.actor.user_id, created_at=change.at, **values)
    key = change.session.scalars(row.returning(Countermeasure.id)).one()
    change.record("countermeasure.added", "countermeasures", key, plan.channel_id, due=str(plan.due_on))
    return key


@command(Permission.LOSS_WRITE, Subject.COUNTERMEASURES)
def edit(change: Change, measure_id: int, seen: int, plan: Plan) -> None:
    """Change an open countermeasure. Its windows follow its days, so what is measured follows them too; its reason may
    stay when it is no longer offered."""
    held = _held(change, measure_id)
    if held.closed_at is not None:
        raise Invalid(N_("This countermeasure is closed. Take it up again first."))
    values = _checked(change, plan, held.loss_reason_id)
    changed = [name for name in values if getattr(held, name) != values[name]]
    if not changed:
        raise Invalid(N_("Nothing was changed."))
    change.claim(Countermeasure, measure_id, seen, **values)
    change.record("countermeasure.changed", "countermeasures", measure_id, plan.channel_id, fields=changed)


@command(Permission.LOSS_READ, Subject.COUNTERMEASURES)
def move(change: Change, measure_id: int, seen: int, state: CountermeasureState, why: str = "") -> None:
    """Say how far it is, by its owner or a manager; why, where it is given up or taken up again."""
    held = _held(change, measure_id)
    rules.check(held.state, state, why)
    closed_at = change.at if state in rules.CLOSED else None
    change.claim(Countermeasure, measure_id, seen, state=state, closed_at=closed_at)
    _say(change, held, Note.STATE, _text(why, needed=False), state)
    change.record("countermeasure.moved", "countermeasures", measure_id, held.channel_id, old=held.state, new=state)


@command(Permission.LOSS_READ, Subject.COUNTERMEASURES)
def note(change: Change, measure_id: int, kind: CountermeasureNoteKind, text: str) -> None:
    """Add a note or an improvement (改进意见), by its owner or a manager. What was said stays."""
    if kind is Note.STATE:
        raise Invalid(N_("Choose what it is."), field="kind")
    held = _held(change, measure_id)
    _say(change, held, kind, _text(text), None)
    change.record("countermeasure.noted", "countermeasures", measure_id, held.channel_id, kind=kind)


def _held(change: Change, measure_id: int) -> Any:
    """The countermeasure, if this person may work on it: a manager within their area, or its owner."""
    actor = change.actor
    own = not actor.may(Permission.LOSS_WRITE)
    found = change.session.execute(
        select(Countermeasure.__table__)
        .outerjoin(Channel, Channel.id == Countermeasure.channel_id)
        .where(Countermeasure.id == measure_id, visible(actor.path, actor.user_id, own))
    ).first()
    if found is None:
        raise NotFound
    if own and found.owner_id != actor.user_id:
        raise NotAllowed(N_("Only its owner or a manager changes a countermeasure."))
    return found


def _say(change: Change, held: Any, kind: CountermeasureNoteKind, text: str, state: CountermeasureState | None) -> None:
    change.session.execute(
        insert(CountermeasureNote).values(
            countermeasure_id=held.id, kind=kind, state=state, text=text, actor_id=change.actor.user_id, at=change.at
        )
    )


def _text(typed: str, needed: bool = True, field: str = "text") -> str:
    text = typed.strip()
    if (needed and not text) or len(text) > LONGEST:
        raise Invalid(N_("Write the text, up to 1,000 characters."), field=field)
    return text


def _checked(change: Change, plan: Plan, kept_reason: int | None = None) -> dict[str, Any]:
    """The plan's columns, every one of them possible."""
    _check_reason(change, plan, kept_reason)
    _check_area(change, plan)
    _check_days(plan)
    _check_people(change, plan)
    if plan.insurer and plan.domain is not LossDomain.RENEWAL:
        raise Invalid(N_("An insurer narrows renewals alone."), field="insurer")
    if plan.car_model_id and (
        plan.domain is not LossDomain.LEAD or change.session.get(CarModel, plan.car_model_id) is None
    ):
        raise Invalid(N_("A car model narrows leads alone. Choose one of those on sale."), field="car_model_id")
    values = {each.name: getattr(plan, each.name) for each in fields(plan)}
    return values | {"what": _text(plan.what, field="what"), "insurer": plan.insurer or None}


def _check_reason(change: Change, plan: Plan, kept: int | None) -> None:
    reason = change.session.get(LossReason, plan.loss_reason_id or 0)
    if reason is None or reason.domain is not plan.domain or not (reason.active or reason.id == kept):
        raise Invalid(N_("Choose the loss reason that it is about."), field="loss_reason_id")


def _check_area(change: Change, plan: Plan) -> None:
    path = None
    if plan.channel_id is not None:
        path = change.session.scalar(select(Channel.path).where(Channel.id == plan.channel_id))
        if path is None:
            raise Invalid(N_("Choose the channel."), field="channel_id")
    if not change.actor.reaches(path):
        raise NotAllowed(N_("This channel is outside your area."))


def _check_days(plan: Plan) -> None:
    if plan.start_on is None or plan.due_on is None:
        raise Invalid(N_("Choose the day it starts and the day it is due."), field="due_on")
    if plan.due_on < plan.start_on:
        raise Invalid(N_("It is due before it starts. Correct the days."), field="due_on")
    if plan.due_on - plan.start_on > LONGEST_RUN:
        raise Invalid(N_("It runs for more than a year. Choose an earlier day to be due."), field="due_on")


def _check_people(change: Change, plan: Plan) -> None:
    found = change.session.execute(people.working(change.actor.path, OWNERS, plan.owner_id or 0)).first()
    if found is None:
        raise Invalid(N_("Choose an owner who works in your area."), field="owner_id")
    if plan.person_id is None:
        return
    home = change.session.execute(
        select(User.id, Channel.path).join(Channel, Channel.id == User.channel_id).where(User.id == plan.person_id)
    ).first()
    if home is None or not change.actor.scope.covers(home.path):
        raise Invalid(N_("Choose a person of your area."), field="person_id")
