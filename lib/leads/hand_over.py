"""Giving leads to another consultant. What happened before stays with whoever did it."""

from sqlalchemy import Row

from db.queries import leads as queries
from db.queries import people
from db.tables import Channel, User
from db.terms import Role, Subject
from lib.access import Permission
from lib.data import Change, command
from lib.leads import records
from lib.leads.records import Saved
from lib.refusals import N_, Invalid, NotFound


@command(Permission.LEAD_HAND_OVER, Subject.SALES)
def hand_over(change: Change, lead_id: int, seen: int, to_id: int) -> Saved:
    """Give one open lead to a consultant who works in its channel."""
    lead = records.claimed(change, lead_id, seen)
    taker = _taker(change, to_id)
    if lead.closed_at is not None:
        raise Invalid(N_("This lead is closed; there is nothing to hand over."))
    if lead.consultant_id == taker.id:
        raise Invalid(N_("This lead is with {name} already."), field="to_id", name=taker.name)
    if not _reaches(taker, change.session.get_one(Channel, lead.channel_id).path):
        raise Invalid(N_("{name} does not work in this lead's channel."), field="to_id", name=taker.name)
    giver = change.session.get_one(User, lead.consultant_id).name
    lead.consultant_id = taker.id
    records.record(change, "handed_over", lead, giver=giver, taker=taker.name)
    return Saved(lead.id, lead.version)


@command(Permission.LEAD_HAND_OVER, Subject.SALES)
def hand_over_all(change: Change, from_id: int, to_id: int) -> int:
    """Give every open lead of someone who leaves, within the actor's area, to a consultant; how many there were."""
    taker, giver = _taker(change, to_id), change.session.get(User, from_id)
    if giver is None:
        raise NotFound
    if giver.id == taker.id:
        raise Invalid(N_("Choose someone else to take the leads."), field="to_id")
    held = change.session.execute(queries.held_by(from_id, change.actor.path)).all()
    if not held:
        raise Invalid(N_("{name} has no open leads here."), field="from_id", name=giver.name)
    beyond = sum(not _reaches(taker, path) for _, path in held)
    if beyond:
        raise Invalid(
            N_("{name} does not work in the channels of {count} of these leads. Choose someone who does."),
            field="to_id", name=taker.name, count=beyond,
        )  # fmt: skip
    for lead, _ in held:
        lead.consultant_id, lead.version = taker.id, lead.version + 1
        records.record(change, "handed_over", lead, giver=giver.name, taker=taker.name)
    return len(held)


def _taker(change: Change, to_id: int) -> Row[int, str, Role, int | None, str, str]:
    found = change.session.execute(people.working(change.actor.path, (Role.CONSULTANT,), to_id)).first()
    if found is None:
        raise Invalid(N_("Choose a consultant who works in your area."), field="to_id")
    return found


def _reaches(taker: Row[int, str, Role, int | None, str, str], path: str) -> bool:
    return path.startswith(taker.path)
