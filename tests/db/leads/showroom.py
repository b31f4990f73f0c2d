"""What the tests of leads begin with: cards written, and a look at what the tables hold."""

from typing import Any

from sqlalchemy import select

from db.tables import AuditEntry, Lead, LeadEvent, LossReason
from db.terms import LeadSource, LossDomain
from lib import data
from lib.access import Actor
from lib.leads import cards
from lib.leads.cards import Added, Card

MOBILE = "13812348000"
VIN = "LSVHJ133022221761"


def arrive(actor: Actor, name: str = "王小明", mobile: str = MOBILE, **fields: Any) -> Added:
    """One person at the reception of this actor."""
    card = Card(source=fields.pop("source", LeadSource.WALK_IN), name=name, mobile=mobile, **fields)
    return data.write(cards.add, actor, card, True)


def lead(lead_id: int) -> Any:
    with data.database().reading.connect() as connection:
        return connection.execute(select(*Lead.__table__.columns).where(Lead.id == lead_id)).one()


def events(lead_id: int) -> list[Any]:
    with data.database().reading.connect() as connection:
        found = select(*LeadEvent.__table__.columns).where(LeadEvent.lead_id == lead_id).order_by(LeadEvent.id)
        return list(connection.execute(found))


def audit() -> list[Any]:
    with data.database().reading.connect() as connection:
        return list(connection.execute(select(*AuditEntry.__table__.columns).order_by(AuditEntry.id)))


def reason(slug: str, domain: LossDomain = LossDomain.LEAD) -> int:
    with data.database().reading.connect() as connection:
        found = select(LossReason.id).where(
            LossReason.slug == slug, LossReason.domain == domain, LossReason.parent_id.is_not(None)
        )
        return connection.scalars(found).one()
