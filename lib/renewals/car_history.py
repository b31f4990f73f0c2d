"""The other renewals of a case's car: what became of it in other years, and what is coming."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from db.queries import renewal_cases as queries
from db.terms import RenewalStatus, RenewalType
from lib import masking
from lib.access import Actor
from lib.renewals.reaching import asked, sought

SHOWN = 20  # years


@dataclass(frozen=True)
class Year:
    """One other renewal of the car."""

    id: int
    due_on: date
    type: RenewalType
    status: RenewalStatus
    partly_renewed: bool
    owner: str | None
    loss_reason: str | None
    loss_reason_en: str | None
    void_reason: str | None


def of_case(connection: Connection, actor: Actor, renewal_id: int) -> tuple[Year, ...]:
    """Those within the actor's own reach, the latest first; none for a case beyond it."""
    rows = connection.execute(queries.of_the_car(*asked(actor)), sought(actor, renewal_id) | {"size": SHOWN})
    return tuple(Year(**{**row._mapping, "void_reason": masking.text(row.void_reason)}) for row in rows)
