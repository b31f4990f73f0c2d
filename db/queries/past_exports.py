"""What an export holds of events that count no more: taken back by people, or replaced by later ones; see `exports`."""

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from db.queries.channels import within
from db.queries.exports import Rows, is_set_aside, reason_names
from db.tables import Channel, Lead, LeadEvent, LossReason, Policy, Renewal, RenewalEvent, User, Vehicle


def lead_events(path: str | None) -> Rows:
    """Those of leads, numbered among those of one moment in the order in which they were written."""
    event, place = LeadEvent, aliased(Channel)
    consultant, actor = aliased(User), aliased(User)
    number = func.row_number().over(partition_by=(event.lead_id, event.at), order_by=event.id).label("number")
    return (
        select(
            Lead.lead_no, event.at, event.kind, number, event.superseded_at, event.origin,
            place.code.label("channel_code"), consultant.username.label("consultant"), event.source, *reason_names(),
            event.competitor, event.price_gap_amount.label("price_gap"), event.amount, event.note,
            actor.username.label("entered_by"),
        )
        .join(Lead, Lead.id == event.lead_id)
        .join(Channel, Channel.id == Lead.channel_id)
        .join(place, place.id == event.channel_id)
        .join(consultant, consultant.id == event.consultant_id)
        .outerjoin(actor, actor.id == event.actor_id)
        .outerjoin(LossReason, LossReason.id == event.loss_reason_id)
        .where(within(path), event.superseded_at.is_not(None))
        .order_by(Lead.lead_no, event.at, number)
    )  # fmt: skip


def renewal_events(path: str | None) -> Rows:
    """Those of renewals, what the rule gave included; a case that was set aside is told from others of its day."""
    event, place = RenewalEvent, aliased(Channel)
    specialist, actor = aliased(User), aliased(User)
    number = func.row_number().over(partition_by=(Renewal.vehicle_id, event.at), order_by=event.id).label("number")
    return (
        select(
            Vehicle.vin, Renewal.due_on, event.at, event.kind, number,
            case((is_set_aside(), Renewal.closed_at)).label("set_aside_at"), event.superseded_at, event.origin,
            place.code.label("channel_code"), specialist.username.label("specialist"), event.method, event.outcome,
            event.note, event.callback_on, event.appointment_at, event.call_due_on, event.quote_amount,
            *reason_names(), event.competitor, event.price_gap_amount.label("price_gap"), event.countermeasure,
            actor.username.label("entered_by"), Policy.insurer, Policy.policy_no,
        )
        .join(Renewal, Renewal.id == event.renewal_id)
        .join(Vehicle, Vehicle.id == Renewal.vehicle_id)
        .join(Channel, Channel.id == Renewal.channel_id)
        .join(place, place.id == event.channel_id)
        .outerjoin(specialist, specialist.id == event.specialist_id)
        .outerjoin(actor, actor.id == event.actor_id)
        .outerjoin(LossReason, LossReason.id == event.loss_reason_id)
        .outerjoin(Policy, Policy.id == event.policy_id)
        .where(within(path), event.superseded_at.is_not(None))
        .order_by(Vehicle.vin, Renewal.due_on, event.at, number)
    )  # fmt: skip
