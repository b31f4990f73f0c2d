"""Sentences about renewals."""

from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, bindparam, or_, select, update

from db.tables import Channel, Customer, Message, Policy, Renewal, RenewalEvent, Vehicle
from db.terms import Origin, RenewalEventKind

ABOUT_APPROVALS = (RenewalEventKind.APPROVAL_ASKED, RenewalEventKind.APPROVED, RenewalEventKind.REJECTED)

P, R, E = Policy, Renewal, RenewalEvent

# What the rule knows a vehicle by; every act of a specialist reads it, so nothing else is read with it.
POLICY = (
    P.id, P.line, P.business_type, P.status, P.status_on, P.issued_at, P.starts_on, P.expires_on, P.channel_id,
    P.insurer, P.policy_no, P.issuer_id, P.expiring_renewal_id, P.renewed_renewal_id,
)  # fmt: skip
RENEWAL = (
    R.id, R.vehicle_id, R.channel_id, R.due_on, R.type, R.status, R.owner_id, R.next_action, R.next_action_on,
    R.call_due_on, R.quoted_at, R.loss_reason_id, R.void_reason, R.commercial_prior, R.commercial_renewed,
    R.partly_renewed, R.won_back_from_id, R.closed_at, R.tier_rank, R.version,
)  # fmt: skip
EVENT = (
    E.id, E.renewal_id, E.kind, E.at, E.origin, E.specialist_id, E.method, E.outcome, E.note, E.callback_on,
    E.appointment_at, E.call_due_on, E.quote_amount, E.loss_reason_id, E.competitor, E.price_gap_amount,
    E.countermeasure, E.policy_id, E.actor_id,
)  # fmt: skip


@cache
def policies(single: bool) -> Select[*tuple[Any, ...]]:
    """The policies of some vehicles (`vehicles`; a single one: `vehicle`), each with its vehicle and that one's tier.

    A vehicle without policies has one row that names none.
    """
    return (
        select(*POLICY, Vehicle.id.label("of_vehicle"), Customer.tier)
        .select_from(Vehicle)
        .outerjoin(Policy, Policy.vehicle_id == Vehicle.id)
        .outerjoin(Customer, Customer.id == Vehicle.customer_id)
        .where(_among(Vehicle.id, single))
    )


@cache
def renewals(single: bool) -> Select[*tuple[Any, ...]]:
    """The renewals of some vehicles."""
    return select(*RENEWAL).where(_among(Renewal.vehicle_id, single))


@cache
def events(single: bool) -> Select[*tuple[Any, ...]]:
    """The events of some vehicles that count."""
    return (
        select(*EVENT, Renewal.vehicle_id)
        .join(Renewal, Renewal.id == RenewalEvent.renewal_id)
        .where(_among(Renewal.vehicle_id, single), RenewalEvent.superseded_at.is_(None))
    )


CHANGE = update(Renewal).where(Renewal.id == bindparam("held"), Renewal.version == bindparam("read"))
"""One renewal as it was read; the columns to set are the statement's other parameters."""


@cache
def reached(subtree: bool, own: bool) -> Select[*tuple[object, ...]]:
    """What a command must know of a renewal (`sought`), if it lies within `path` to `path_end` and is `owner`'s.

    An owner reaches their own and the unassigned. The vehicle is held for the transaction: whoever settles it goes one
    after the other.
    """
    found = (
        select(
            Renewal.id, Renewal.vehicle_id, Renewal.channel_id, Renewal.owner_id, Renewal.status, Renewal.due_on,
            Renewal.partly_renewed, Renewal.version, Vehicle.customer_id,
        )
        .join(Channel, Channel.id == Renewal.channel_id)
        .join(Vehicle, Vehicle.id == Renewal.vehicle_id)
        .where(Renewal.id == bindparam("sought"))
        .with_for_update(of=Vehicle)
    )  # fmt: skip
    if subtree:
        found = found.where(Channel.path >= bindparam("path"), Channel.path < bindparam("path_end"))
    if own:
        found = found.where(or_(Renewal.owner_id == bindparam("owner"), Renewal.owner_id.is_(None)))
    return found


@cache
def last_step() -> Select[*tuple[Any, ...]]:
    """The last thing that a person did to a renewal (`sought`) in the application, and that still counts.

    `message` is where the SMS that it wrote stands.
    """
    return (
        select(RenewalEvent.id, RenewalEvent.kind, RenewalEvent.actor_id, RenewalEvent.at,
               Message.status.label("message"))
        .outerjoin(Message, Message.event_id == RenewalEvent.id)
        .where(
            RenewalEvent.renewal_id == bindparam("sought", type_=BigInteger),
            RenewalEvent.origin == Origin.APP,
            RenewalEvent.superseded_at.is_(None),
            RenewalEvent.kind.not_in(ABOUT_APPROVALS),
        )
        .order_by(RenewalEvent.at.desc(), RenewalEvent.id.desc())
        .limit(1)
    )  # fmt: skip


def agreed(renewal_id: int) -> Select[Any]:
    """The callback that the last contact of a renewal agreed upon."""
    return (
        select(RenewalEvent.callback_on)
        .where(
            RenewalEvent.renewal_id == renewal_id,
            RenewalEvent.method.is_not(None),
            RenewalEvent.superseded_at.is_(None),
        )
        .order_by(RenewalEvent.at.desc(), RenewalEvent.id.desc())
        .limit(1)
    )


def archived(channel_id: int, oldest: date, limit: int) -> Select[int]:
    """Some renewals of a channel that are sorted into the queue still, though they expired before it begins.

    Those that somebody holds now wait for another time.
    """
    return (
        select(Renewal.id)
        .where(Renewal.channel_id == channel_id, Renewal.queue_on.is_not(None), Renewal.due_on < oldest)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )


def _among(column: Any, single: bool) -> ColumnElement[bool]:
    """A list of parameters is spelled out anew at every execution; one alone is not."""
    if single:
        return column == bindparam("vehicle")  # type: ignore[no-any-return]
    return column.in_(bindparam("vehicles", expanding=True))  # type: ignore[no-any-return]
