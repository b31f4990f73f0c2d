"""The three days of the call after a quote run from the day on which its SMS went out (R5)."""

from sqlalchemy import update

from db.queries import messages as queries
from db.tables import RenewalEvent
from db.terms import Subject
from lib.data import Change
from lib.renewals.rules import rules
from lib.renewals.writing import reached, settle_vehicle


def start(change: Change, renewal_id: int, event_id: int | None) -> None:
    """A message went out just now: the clock of the quote that it tells, if that was written on a day before, starts
    anew. Until then it ran from the writing, so that what nobody sends does not stay unseen."""
    if event_id is None or change.connection.execute(queries.quoted_before(event_id, change.today)).first() is None:
        return
    case = reached(change, renewal_id)  # holds the vehicle
    due_on = rules(change.connection).call_due(change.today)
    change.connection.execute(update(RenewalEvent).where(RenewalEvent.id == event_id).values(call_due_on=due_on))
    settle_vehicle(change, case.vehicle_id)
    change.subjects.add(Subject.RENEWALS)
