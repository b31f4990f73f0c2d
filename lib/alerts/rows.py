"""The rows behind an alert about a node's figures: what the node itself recorded of leads, masked (C6)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from db.queries import alerts as queries
from db.terms import AlertKind, LeadEventKind, LeadStatus, Subject
from lib import masking
from lib.access import Scope
from lib.alerts.finding import recent_days
from lib.data import reads

LONGEST = 500  # more than a node's leads of the last days
LAST = 20  # of what a silent node recorded
COUNTED = (LeadEventKind.FIRST_CONTACT, LeadEventKind.ORDER, LeadEventKind.ORDER_CANCELLED)
LIMITS = {AlertKind.CONVERSION: LONGEST, AlertKind.SILENT: LAST}


@dataclass(frozen=True)
class Recorded:
    """Something recorded of a lead, and where the lead stands now. The customer's name is masked."""

    id: int
    on: date
    kind: LeadEventKind
    lead_no: str
    status: LeadStatus
    customer: str | None
    model: str | None
    consultant: str


@reads(Subject.SALES, Subject.CHANNELS, Subject.PEOPLE)
def recorded(connection: Connection, scope: Scope, kind: AlertKind, channel_id: int, on: date) -> tuple[Recorded, ...]:
    """What an alert of a day rests on, the latest first; nothing outside the scope.

    Of conversion the leads, orders and cancellations that it counts; of silence what was recorded last.
    """
    if kind is AlertKind.CONVERSION:
        counted = recent_days(on)
        found = queries.recorded(scope.path, channel_id, COUNTED, counted.first, counted.last, LONGEST)
    else:
        found = queries.recorded(scope.path, channel_id, tuple(LeadEventKind), None, on, LAST)
    return tuple(
        Recorded(
            row.id, row.on, row.kind, row.lead_no, row.status, masking.name(row.customer), row.model, row.consultant
        )
        for row in connection.execute(found)
    )  # fmt: skip
