"""What happens to a lead after its first contact: one command for every step, one to take the last one back."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import update

from db.queries import leads as queries
from db.tables import Lead, LeadEvent, LossReason
from db.terms import IntentionLevel, LeadEventKind, LeadStatus, LossDomain, Subject
from lib import identifiers, vehicles
from lib.access import Permission
from lib.data import Change, command
from lib.leads import records, rules
from lib.leads.records import Saved
from lib.loss_reviews import answering
from lib.refusals import N_, Invalid

Kind = LeadEventKind
UNDONE_FIELDS = ("status", "closed_at", "order_price", "vehicle_id", "intention_level", "next_contact_on")


@dataclass(frozen=True)
class Step:
    """One step as it was typed. `amount` is the order's price or the price quoted; `at` is now unless told."""

    kind: LeadEventKind
    at: datetime | None = None
    note: str = ""
    amount: Decimal | None = None
    vin: str = ""
    loss_reason_id: int | None = None
    competitor: str = ""
    price_gap: Decimal | None = None
    intention_level: IntentionLevel | None = None
    next_contact_on: date | None = None


@command(Permission.LEAD_WRITE, Subject.SALES)
def advance(change: Change, lead_id: int, seen: int, step: Step) -> Saved:
    """Record a step of a lead (I3). `Invalid` where it may not follow or lacks something; `Conflict`; `NotFound`."""
    lead = records.claimed(change, lead_id, seen)
    before = {field: getattr(lead, field) for field in UNDONE_FIELDS}
    status = rules.advance(lead.status, step.kind)
    at = rules.moment(step.at, change.at, change.zone, _not_before(change, lead, status))
    facts, warning = _facts(change, lead, step)
    event_id = records.add_event(change, lead, step.kind, at, note=identifiers.folded(step.note), **facts)
    if status is not lead.status:
        lead.status, lead.closed_at = status, at if status in rules.CLOSED else None
    lead.intention_level = step.intention_level or lead.intention_level
    _plan(change, lead, step)
    if step.kind is Kind.REOPENED:
        answering.reopened(change, LossDomain.LEAD, lead.id, step.note)
    records.record(change, step.kind, lead, event_id=event_id, at=at, before=before)
    return Saved(lead.id, lead.version, warning)


def _not_before(change: Change, lead: Lead, status: LeadStatus) -> datetime | None:
    """A step that decides comes after the last one that did; any other after the first contact."""
    if status is lead.status:
        return change.session.scalar(queries.first_contact(lead.id))
    return change.session.scalar(queries.latest(lead.id, *rules.DECIDING))


def _plan(change: Change, lead: Lead, step: Step) -> None:
    """When to contact next: as chosen, else by the intention level; a mere note leaves a day that is still to come."""
    if lead.status in rules.CLOSED:
        lead.next_contact_on = None
        return
    ahead = lead.next_contact_on is not None and lead.next_contact_on > change.today
    if step.next_contact_on is not None or step.kind is not Kind.NOTE or not ahead:
        lead.next_contact_on = rules.next_contact(step.next_contact_on, lead.intention_level, change.today)


def _facts(change: Change, lead: Lead, step: Step) -> tuple[dict[str, Any], str | None]:
    """What the event carries beside its note; the lead's own fields that the step sets; a warning, if any."""
    match step.kind:
        case Kind.ORDER:
            lead.order_price = rules.price(step.amount)
            return {"amount": lead.order_price}, None
        case Kind.QUOTE:
            return {"amount": rules.price(step.amount) if step.amount else None}, None
        case Kind.ORDER_CANCELLED:
            lead.order_price = None
            return {}, None
        case Kind.DELIVERY:
            return {}, _deliver(change, lead, step)
        case Kind.LOST:
            return _loss(change, step), None
        case Kind.NOTE if identifiers.folded(step.note) is None:
            raise Invalid(N_("Write the note first."), field="note")
    return {}, None


def _deliver(change: Change, lead: Lead, step: Step) -> str | None:
    vin = identifiers.vin(step.vin)
    if vin is None:
        raise Invalid(N_("A delivery needs the car's VIN."), field="vin")
    lead.vehicle_id = vehicles.delivered(change.session, vin, lead)
    if identifiers.vin_check_fits(vin):
        return None
    return N_("Saved. The VIN's check digit does not fit: compare it with the car once more.")


def _loss(change: Change, step: Step) -> dict[str, Any]:
    reason = change.session.get(LossReason, step.loss_reason_id or 0)
    if reason is None or reason.domain is not LossDomain.LEAD or reason.parent_id is None or not reason.active:
        raise Invalid(N_("Choose the reason for the loss."), field="loss_reason_id")
    if reason.slug == "other" and identifiers.folded(step.note) is None:
        raise Invalid(N_("For another reason, write in the note what it was."), field="note")
    gap = step.price_gap
    if gap is not None and not 0 <= gap <= rules.HIGHEST_PRICE:
        raise Invalid(N_("Enter the price gap in yuan, 0 or more."), field="price_gap")
    return {
        "loss_reason_id": reason.id,
        "competitor": identifiers.folded(step.competitor),
        "price_gap_amount": gap,
    }


@command(Permission.LEAD_WRITE, Subject.SALES)
def undo(change: Change, lead_id: int, seen: int) -> Saved:
    """Take back one's own last step within ten minutes: its event stays, superseded, and counts no more."""
    last = change.session.execute(queries.changes(lead_id).limit(1)).first()
    lead = records.claimed(change, lead_id, seen)
    if not is_undoable(last, change.actor.user_id, seen, change.at):
        raise Invalid(N_("Only your own last step of the last ten minutes can be taken back."))
    details = last.details  # type: ignore[union-attr]
    change.session.execute(update(LeadEvent).where(LeadEvent.id == details["event_id"]).values(superseded_at=change.at))
    for field in UNDONE_FIELDS:
        setattr(lead, field, _read_back(field, details["before"][field]))
    records.record(change, "undone", lead, event_id=details["event_id"])
    return Saved(lead.id, lead.version)


def is_undoable(last: Any, user_id: int | None, version: int, now: datetime) -> bool:
    """Whether the latest audit row of a lead is a step of this person, fresh, and nothing came after it."""
    return (
        last is not None
        and last.actor_id == user_id
        and "before" in last.details
        and last.details["version"] == version
        and last.at + rules.UNDO_WITHIN >= now
    )


def _read_back(field: str, value: Any) -> Any:
    if value is None:
        return None
    match field:
        case "status":
            return LeadStatus(value)
        case "closed_at":
            return datetime.fromisoformat(value)
        case "next_contact_on":
            return date.fromisoformat(value)
        case "order_price":
            return Decimal(value)
        case "intention_level":
            return IntentionLevel(value)
    return value
