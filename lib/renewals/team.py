"""The renewal desk as its manager sees it: one row a specialist, with the same figures as everywhere else."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import Connection

from db.queries import renewal_team as queries
from db.terms import Subject
from lib.access import Scope
from lib.data import reads
from lib.kpi import Figure
from lib.periods import Period
from lib.renewals import assignments
from lib.renewals import figures as renewal_figures
from lib.renewals.facts import ARCHIVED_AFTER
from lib.renewals.figures import Calls, RenewalNumbers


@dataclass(frozen=True)
class Member:
    """One person's load now, and contacts and figures of a period (none for what nobody holds).

    The connected share is that of phone calls: an SMS is not answered as it is sent. Compliance is over the SMS quotes
    sent in the period, the renewal rate and the quote rate over the cases due in it: progress while it has not ended.
    """

    id: int | None
    name: str | None
    active: bool
    load: int
    due: int
    overdue: int
    contacts: int = 0
    connected_rate: Figure | None = None
    compliance: Figure | None = None
    quote_rate: Figure | None = None
    renewal_rate: Figure | None = None


@reads(Subject.RENEWALS, Subject.PEOPLE, Subject.CHANNELS)
def members(connection: Connection, scope: Scope, period: Period, today: date) -> tuple[Member, ...]:
    """The specialists of a subtree by name, and last what nobody holds."""
    oldest = today - timedelta(days=ARCHIVED_AFTER)
    loads = {row.owner_id: row for row in connection.execute(queries.loads(scope.path, today, oldest))}
    contacts = {
        row.specialist_id: row for row in connection.execute(queries.contacts(scope.path, period.first, period.last))
    }
    numbers = renewal_figures.renewals_by_owner(connection, scope, period, today)
    calls = renewal_figures.calls_by_specialist(connection, scope, period, today)
    found = []
    for holder in assignments.holders(connection, scope):
        load, contact = loads.get(holder.id), contacts.get(holder.id)
        due = numbers.get(holder.id, RenewalNumbers())
        found.append(
            Member(
                holder.id, holder.name, holder.active,
                load=getattr(load, "load", 0), due=getattr(load, "due", 0), overdue=getattr(load, "overdue", 0),
                contacts=getattr(contact, "contacts", 0),
                connected_rate=_rate(getattr(contact, "connected", 0), getattr(contact, "calls", 0)),
                compliance=calls.get(holder.id, Calls()).figure("call_compliance_rate"),
                quote_rate=due.figure("quote_rate"), renewal_rate=due.figure("renewal_rate"),
            )
        )  # fmt: skip
    if (nobodys := loads.get(None)) is not None:
        found.append(Member(None, None, True, nobodys.load, nobodys.due, nobodys.overdue))
    return tuple(found)


def _rate(part: int, of: int) -> Figure:
    return Figure(Decimal(part) / of if of else None, part, of)
