"""The renewals of a window of expiry days with all that the follow-up sheet says of them (domain.md B2)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased

from db.queries.channels import within
from db.tables import Channel, Customer, LossReason, Policy, Renewal, RenewalEvent, User, Vehicle

Rows = Select[*tuple[Any, ...]]


def cases(path: str | None, owner_id: int | None, first: date, last: date, limit: int) -> Rows:
    """The renewals due from one day to another, soonest first."""
    group = aliased(LossReason)
    return (
        select(
            Renewal.id, Renewal.due_on, Renewal.type, Renewal.status, Renewal.partly_renewed, Renewal.next_action_on,
            Renewal.call_due_on, Renewal.void_reason, Channel.name.label("channel"), User.name.label("owner"),
            Vehicle.plate, Vehicle.vin, Vehicle.car_model, Vehicle.first_registered_on, Vehicle.claims,
            Vehicle.no_claim_coefficient, Customer.name.label("customer"), Customer.mobile, Customer.tier,
            LossReason.name.label("reason"), LossReason.name_en.label("reason_en"), group.name.label("group"),
            group.name_en.label("group_en"),
        )
        .join(Channel, Channel.id == Renewal.channel_id)
        .join(Vehicle, Vehicle.id == Renewal.vehicle_id)
        .outerjoin(Customer, Customer.id == Vehicle.customer_id)
        .outerjoin(User, User.id == Renewal.owner_id)
        .outerjoin(LossReason, LossReason.id == Renewal.loss_reason_id)
        .outerjoin(group, group.id == LossReason.parent_id)
        .where(*_asked(path, owner_id, first, last))
        .order_by(Renewal.due_on, Renewal.tier_rank, Renewal.id)
        .limit(limit)
    )  # fmt: skip


def count(path: str | None, owner_id: int | None, first: date, last: date) -> Select[int]:
    """How many they are, without a limit."""
    found = select(func.count()).select_from(Renewal).join(Channel, Channel.id == Renewal.channel_id)
    return found.where(*_asked(path, owner_id, first, last))


def policies(renewal_ids: Sequence[int]) -> Rows:
    """The policies that expire into some renewals, and those that renewed them, in the order of their lines."""
    return (
        select(
            Policy.expiring_renewal_id, Policy.renewed_renewal_id, Policy.line, Policy.insurer, Policy.policy_no,
            Policy.expires_on, Policy.premium_amount,
        )
        .where(or_(Policy.expiring_renewal_id.in_(renewal_ids), Policy.renewed_renewal_id.in_(renewal_ids)))
        .order_by(Policy.line.desc(), Policy.starts_on, Policy.id)
    )  # fmt: skip


def contacts(renewal_ids: Sequence[int]) -> Rows:
    """The contacts of some renewals that count, oldest first."""
    event = RenewalEvent
    return (
        select(
            event.renewal_id, event.at, event.method, event.outcome, event.note, event.quote_amount, event.callback_on,
            event.call_due_on, event.countermeasure,
        )
        .where(event.renewal_id.in_(renewal_ids), event.method.is_not(None), event.superseded_at.is_(None))
        .order_by(event.at, event.id)
    )  # fmt: skip


def _asked(path: str | None, owner_id: int | None, first: date, last: date) -> list[ColumnElement[bool]]:
    conditions = [within(path), Renewal.due_on.between(first, last)]
    return conditions if owner_id is None else [*conditions, Renewal.owner_id == owner_id]
