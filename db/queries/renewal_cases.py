"""Sentences about one renewal (`sought`) and its whole story, built once.

Within a subtree `path` to `path_end` are asked for, of one's own cases `owner`: theirs and the unassigned.
"""

from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Select, bindparam, func, or_, select, true
from sqlalchemy.orm import aliased

from db.queries.channels import below
from db.queries.insurers import insurer_of
from db.queries.renewal_queue import line_columns
from db.tables import Channel, Customer, LossReason, OptOut, Policy, Renewal, RenewalEvent, Script, User, Vehicle

Rows = Select[*tuple[Any, ...]]
SOUGHT = bindparam("sought", type_=BigInteger)


@cache
def one(subtree: bool, own: bool) -> Rows:
    """One renewal of the scope with its car and customer."""
    quoted = (
        select(RenewalEvent.quote_amount)
        .where(
            RenewalEvent.renewal_id == Renewal.id,
            RenewalEvent.quote_amount.is_not(None),
            RenewalEvent.superseded_at.is_(None),
        )
        .order_by(RenewalEvent.at.desc())
        .limit(1)
        .correlate(Renewal)
        .scalar_subquery()
    )
    found = (
        select(
            *line_columns(), Renewal.vehicle_id, Renewal.channel_id, Channel.name.label("channel"), Renewal.closed_at,
            Renewal.quoted_at, Renewal.void_reason, Renewal.commercial_prior, Renewal.commercial_renewed,
            Customer.mobile, Customer.sms_consent, Customer.consent_at, Customer.consent_how,
            OptOut.at.label("opted_out_at"), Vehicle.claims, Vehicle.no_claim_coefficient, Vehicle.first_registered_on,
            Vehicle.vehicle_use, LossReason.name.label("loss_reason"), LossReason.name_en.label("loss_reason_en"),
            quoted.label("quote_amount"),
        )
        .join(Channel, Channel.id == Renewal.channel_id)
        .join(Vehicle, Vehicle.id == Renewal.vehicle_id)
        .outerjoin(Customer, Customer.id == Vehicle.customer_id)
        .outerjoin(OptOut, OptOut.mobile == Customer.mobile)
        .outerjoin(User, User.id == Renewal.owner_id)
        .outerjoin(LossReason, LossReason.id == Renewal.loss_reason_id)
        .where(Renewal.id == SOUGHT)
    )  # fmt: skip
    return _reached(found, subtree, own)


@cache
def place(subtree: bool, own: bool) -> Rows:
    """Where one renewal of the scope belongs."""
    found = (
        select(Renewal.id, Renewal.vehicle_id, Renewal.channel_id, Renewal.owner_id)
        .join(Channel, Channel.id == Renewal.channel_id)
        .where(Renewal.id == SOUGHT)
    )
    return _reached(found, subtree, own)


@cache
def of_the_car(subtree: bool, own: bool) -> Rows:
    """The car's other renewals within the same reach, the latest expiry first."""
    this = aliased(Renewal)
    car = select(this.vehicle_id).where(this.id == SOUGHT).scalar_subquery()
    found = (
        select(
            Renewal.id, Renewal.due_on, Renewal.type, Renewal.status, Renewal.partly_renewed,
            User.name.label("owner"), LossReason.name.label("loss_reason"),
            LossReason.name_en.label("loss_reason_en"), Renewal.void_reason,
        )
        .join(Channel, Channel.id == Renewal.channel_id)
        .outerjoin(User, User.id == Renewal.owner_id)
        .outerjoin(LossReason, LossReason.id == Renewal.loss_reason_id)
        .where(Renewal.vehicle_id == car, Renewal.id != SOUGHT)
        .order_by(Renewal.due_on.desc(), Renewal.id.desc())
        .limit(bindparam("size"))
    )  # fmt: skip
    return _reached(found, subtree, own)


def _reached(found: Rows, subtree: bool, own: bool) -> Rows:
    if subtree:
        found = found.where(below(bindparam("path"), bindparam("path_end")))
    return found.where(or_(Renewal.owner_id == bindparam("owner"), Renewal.owner_id.is_(None))) if own else found


@cache
def policies() -> Rows:
    """The policies that expire into a renewal and those that renewed it."""
    return (
        select(
            Policy.id, Policy.line, Policy.insurer, Policy.policy_no, Policy.status, Policy.starts_on,
            Policy.expires_on, Policy.premium_amount, Policy.vehicle_tax_amount,
            (Policy.renewed_renewal_id == SOUGHT).label("renewing"),
        )
        .where(or_(Policy.expiring_renewal_id == SOUGHT, Policy.renewed_renewal_id == SOUGHT))
        .order_by(Policy.starts_on, Policy.line, Policy.id)
    )  # fmt: skip


@cache
def story() -> Rows:
    """Everything that happened to a renewal, latest first, what counts no more included; of one moment what counts."""
    actor, specialist, group = aliased(User), aliased(User), aliased(LossReason)
    return (
        select(
            RenewalEvent.id, RenewalEvent.kind, RenewalEvent.at, RenewalEvent.method, RenewalEvent.outcome,
            RenewalEvent.note, RenewalEvent.callback_on, RenewalEvent.appointment_at, RenewalEvent.call_due_on,
            RenewalEvent.quote_amount, RenewalEvent.competitor, RenewalEvent.price_gap_amount,
            RenewalEvent.countermeasure, RenewalEvent.origin, RenewalEvent.superseded_at, actor.name.label("actor"),
            specialist.name.label("specialist"), LossReason.name.label("reason"),
            LossReason.name_en.label("reason_en"), group.name.label("group"), group.name_en.label("group_en"),
        )
        .outerjoin(actor, actor.id == RenewalEvent.actor_id)
        .outerjoin(specialist, specialist.id == RenewalEvent.specialist_id)
        .outerjoin(LossReason, LossReason.id == RenewalEvent.loss_reason_id)
        .outerjoin(group, group.id == LossReason.parent_id)
        .where(RenewalEvent.renewal_id == SOUGHT)
        .order_by(RenewalEvent.at.desc(), RenewalEvent.superseded_at.is_not(None), RenewalEvent.id.desc())
    )  # fmt: skip


@cache
def appointments(subtree: bool, own: bool) -> Rows:
    """Who comes between two moments (`first`, `before`), in the order of the hour; of a subtree (`path`, `path_end`)
    or anywhere, of one person's cases (`owner`) and the unassigned or of everybody's."""
    event = RenewalEvent
    promised = (
        select(event.renewal_id, event.at, event.appointment_at, event.note)
        .where(
            event.appointment_at >= bindparam("first"), event.appointment_at < bindparam("before"),
            event.superseded_at.is_(None),
        )
        .cte("promised")
        .prefix_with("MATERIALIZED", dialect="postgresql")  # it would begin with every renewal of the store
    )  # fmt: skip
    found = (
        select(
            promised.c.appointment_at, promised.c.note, Renewal.id, Renewal.status, Renewal.due_on,
            User.name.label("owner"), Vehicle.plate, Vehicle.car_model, Customer.name.label("customer"),
            Customer.mobile, insurer_of(Renewal.id).label("insurer"),
        )
        .select_from(promised)
        .join(Renewal, Renewal.id == promised.c.renewal_id)
        .join(Channel, Channel.id == Renewal.channel_id)
        .join(Vehicle, Vehicle.id == Renewal.vehicle_id)
        .outerjoin(Customer, Customer.id == Vehicle.customer_id)
        .outerjoin(User, User.id == Renewal.owner_id)
        .where(
            promised.c.at == _latest_promise(),
            below(bindparam("path"), bindparam("path_end")) if subtree else true(),
        )
        .order_by(promised.c.appointment_at, Renewal.id)
        .limit(500)
    )  # fmt: skip
    return found.where(or_(Renewal.owner_id == bindparam("owner"), Renewal.owner_id.is_(None))) if own else found


def _latest_promise() -> Any:
    """Of several appointments of a case the last one made holds."""
    other = aliased(RenewalEvent)
    return (
        select(func.max(other.at))
        .where(
            other.renewal_id == Renewal.id, other.appointment_at.is_not(None), other.superseded_at.is_(None)
        )
        .correlate(Renewal)
        .scalar_subquery()
    )  # fmt: skip


def scripts() -> Select[Any, str, str]:
    """What to say, by stage."""
    return select(Script.stage, Script.body, Script.body_en)
