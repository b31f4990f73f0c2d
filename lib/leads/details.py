"""What is known about a lead beside its steps: whom, which model, how keen, when next."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from db.tables import Channel, Customer, Lead
from db.terms import BuyerKind, IntentionLevel, Subject
from lib import customers, identifiers, masking
from lib.access import Permission
from lib.data import Change, command
from lib.leads import cards, duplicates, records, rules
from lib.leads.records import Saved


@dataclass(frozen=True)
class Details:
    """The details as they shall be. A blank name or mobile leaves the one on file, since a form shows it masked."""

    car_model_id: int | None = None
    intention_level: IntentionLevel | None = None
    next_contact_on: date | None = None
    district: str = ""
    buyer_kind: BuyerKind | None = None
    name: str = ""
    mobile: str = ""


@command(Permission.LEAD_WRITE, Subject.SALES)
def edit(change: Change, lead_id: int, seen: int, details: Details, known_is_meant: bool = False) -> Saved:
    """Correct a lead's details. `Duplicate` for a new number that is known; `Conflict`; `NotFound`; `Invalid`."""
    lead = records.claimed(change, lead_id, seen)
    values: dict[str, Any] = {
        "car_model_id": cards.on_sale(change.session, details.car_model_id),
        "intention_level": details.intention_level,
        "district": identifiers.folded(details.district),
        "buyer_kind": details.buyer_kind,
    }
    if lead.closed_at is None and details.next_contact_on != lead.next_contact_on:
        values["next_contact_on"] = rules.next_contact(
            details.next_contact_on, details.intention_level, change.today
        )  # fmt: skip
    changed = {name: [getattr(lead, name), value] for name, value in values.items() if getattr(lead, name) != value}
    for name, (_, value) in changed.items():
        setattr(lead, name, value)
    changed |= _customer(change, lead, details, known_is_meant)
    records.record(change, "edited", lead, changed=changed)
    return Saved(lead.id, lead.version)


def _customer(change: Change, lead: Lead, details: Details, known_is_meant: bool) -> dict[str, Any]:
    """Give the lead its customer by the name and mobile typed; the masked old and new of what changed."""
    before = change.session.get(Customer, lead.customer_id) if lead.customer_id else None
    old_name, old_mobile = (before.name, before.mobile) if before else (None, None)
    name = identifiers.folded(details.name) or old_name
    mobile = identifiers.mobile(details.mobile) or old_mobile
    if (name, mobile) == (old_name, old_mobile):
        return {}
    if mobile != old_mobile and not known_is_meant:
        path = change.session.get_one(Channel, lead.channel_id).path
        duplicates.refuse_known(change.session, change.zone, path, mobile, name, but=lead.id)
    lead.customer_id = customers.changed(change.session, lead.customer_id, name, mobile)
    lead.captured = mobile is not None
    pairs = {
        "name": (masking.name(old_name), masking.name(name)),
        "mobile": (masking.mobile(old_mobile), masking.mobile(mobile)),
    }
    kept = {"name": name == old_name, "mobile": mobile == old_mobile}
    return {field: list(pair) for field, pair in pairs.items() if not kept[field]}
