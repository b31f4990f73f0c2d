"""The reception card: a lead's first contact."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.queries import leads as queries
from db.queries import people
from db.tables import CarModel, Channel, Lead
from db.terms import BuyerKind, IntentionLevel, LeadEventKind, LeadSource, LeadStatus, Role, Subject
from lib import customers, identifiers
from lib.access import Permission
from lib.data import Change, command
from lib.leads import duplicates, records, rules
from lib.refusals import N_, Invalid


@dataclass(frozen=True)
class Card:
    """What the reception writes down. Only the source is required; blanks are filled where there is a default."""

    source: LeadSource
    mobile: str = ""
    name: str = ""
    car_model_id: int | None = None
    intention_level: IntentionLevel | None = None
    district: str = ""
    buyer_kind: BuyerKind | None = None
    next_contact_on: date | None = None
    note: str = ""
    at: datetime | None = None
    consultant_id: int | None = None
    channel_id: int | None = None


@dataclass(frozen=True)
class Added:
    """The new lead and the number that we gave it."""

    lead_id: int
    lead_no: str


@command(Permission.LEAD_WRITE, Subject.SALES)
def add(change: Change, card: Card, known_is_meant: bool = False) -> Added:
    """Open a lead (M7). A number that is known already raises `Duplicate` unless saving it is meant."""
    mobile, name = identifiers.mobile(card.mobile), identifiers.folded(card.name)
    at = rules.moment(card.at, change.at, change.zone)
    consultant_id, channel = seat(change, card.consultant_id, card.channel_id)
    if not known_is_meant:
        duplicates.refuse_known(change.session, change.zone, channel.path, mobile, name)
    lead = Lead(
        lead_no=uuid4().hex, channel_id=channel.id, consultant_id=consultant_id, source=card.source,
        customer_id=customers.same_or_new(change.session, name, mobile), captured=mobile is not None,
        car_model_id=on_sale(change.session, card.car_model_id), intention_level=card.intention_level,
        next_contact_on=rules.next_contact(card.next_contact_on, card.intention_level, change.today),
        district=identifiers.folded(card.district), buyer_kind=card.buyer_kind, status=LeadStatus.OPEN,
        note=identifiers.folded(card.note), version=1,
    )  # fmt: skip
    change.session.add(lead)
    change.flush()
    lead.lead_no = _number(change, lead.id)
    records.add_event(change, lead, LeadEventKind.FIRST_CONTACT, at, note=lead.note)
    records.record(change, "added", lead, lead_no=lead.lead_no, source=card.source, captured=lead.captured)
    return Added(lead.id, lead.lead_no)


def seat(change: Change, consultant_id: int | None, channel_id: int | None = None) -> tuple[int, Channel]:
    """Who has the lead and where it counts: the actor, unless a manager chooses a consultant of their subtree."""
    actor = change.actor
    chosen = consultant_id or actor.user_id
    if chosen != actor.user_id and not actor.may(Permission.LEAD_HAND_OVER):
        raise Invalid(N_("Only a manager gives a lead to someone else."), field="consultant_id")
    found = change.session.execute(people.working(actor.path, (Role.CONSULTANT, Role.MANAGER), chosen)).first()
    if found is None:
        raise Invalid(N_("Choose a consultant who works in your area."), field="consultant_id")
    if channel_id is None and found.channel_id is None:
        raise Invalid(N_("Choose the consultant who takes this lead."), field="consultant_id")
    channel = change.session.get(Channel, channel_id or found.channel_id or 0)
    if channel is None or not channel.active or not channel.path.startswith(found.path or ""):
        raise Invalid(N_("Choose a channel in which this consultant works."), field="channel_id")
    if not actor.scope.covers(channel.path):
        raise Invalid(N_("This channel is outside your area."), field="channel_id")
    return found.id, channel


def on_sale(session: Session, car_model_id: int | None) -> int | None:
    """The key of a known model."""
    if car_model_id is not None and session.scalar(select(CarModel.id).where(CarModel.id == car_model_id)) is None:
        raise Invalid(N_("This model is not in the list. Choose another."), field="car_model_id")
    return car_model_id


def _number(change: Change, lead_id: int) -> str:
    """The day and our key, so that no two are equal; a number that a file brought already is stepped around."""
    number = f"L{change.today:%y%m%d}-{lead_id}"
    while change.session.scalar(queries.numbered(number)) is not None:
        number += "X"
    return number
