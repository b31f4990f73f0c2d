"""Taking lost leads up again, one or many in one act: open from now on, with a day to call, with whoever takes them."""

from dataclasses import dataclass
from datetime import date

from db.tables import Lead, User
from db.terms import LeadEventKind, Subject
from lib.access import Permission
from lib.data import Change, command
from lib.leads import hand_over, steps
from lib.leads.steps import Step
from lib.refusals import N_, Invalid
from lib.winbacks.reading import PAGE


@dataclass(frozen=True)
class Seen:
    """A lead as somebody saw it."""

    id: int
    version: int


@command(Permission.LEAD_WRITE, Subject.SALES)
def take_up(
    change: Change, leads: tuple[Seen, ...], next_contact_on: date | None, why: str = "", to_id: int | None = None
) -> int:
    """Reopen these leads, all or none; how many. `to_id` gives them to a consultant, which a manager alone may.

    `Invalid` where a lead's consultant has left and nobody takes it; `Conflict`, `NotFound` as for one step of a lead.
    """
    if not leads or len(leads) > PAGE:
        raise Invalid(N_("Choose the leads to take up in the list, up to 50 at once."), field="leads")
    if to_id is not None:
        change.actor.require(Permission.LEAD_HAND_OVER)
    step = Step(LeadEventKind.REOPENED, note=why, next_contact_on=next_contact_on)
    for seen in leads:
        saved = steps.advance(change, seen.id, seen.version, step)
        holder = change.session.get_one(User, change.session.get_one(Lead, seen.id).consultant_id)
        if to_id is not None and to_id != holder.id:
            hand_over.hand_over(change, seen.id, saved.version, to_id)
        elif not holder.active:
            raise Invalid(
                N_("{name} has left. Choose who takes the leads of people who left."), field="to_id", name=holder.name
            )
    return len(leads)
