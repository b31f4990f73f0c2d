"""Sentences about renewals."""

from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, or_, select, update

from db.tables import Channel, Customer, Policy, Renewal, RenewalEvent, Vehicle
from db.terms import Origin, RenewalEventKind

ABOUT_APPROVALS = (RenewalEventKind.APPROVAL_ASKED, RenewalEventKind.APPROVED, RenewalEventKind.REJECTED)

# What is known of some vehicles (parameter `vehicles`). Built once: every act of a specialist asks all four.
VEHICLES: BindParameter[list[int]] = bindparam("vehicles", expanding=True)
POLICIES = select(Policy.__table__).where(Policy.vehicle_id.in_(VEHICLES))
RENEWALS = select(Renewal.__table__).where(Renewal.vehicle_id.in_(VEHICLES))
EVENTS = (
    select(RenewalEvent.__table__, Renewal.vehicle_id)
    .join(Renewal, Renewal.id == RenewalEvent.renewal_id)
    .where(Renewal.vehicle_id.in_(VEHICLES), RenewalEvent.superseded_at.is_(None))
)
TIERS = (
    select(Vehicle.id, Customer.tier).join(Customer, Customer.id == Vehicle.customer_id).where(Vehicle.id.in_(VEHICLES))
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


def last_step(renewal_id: int) -> Select[*tuple[object, ...]]:
    """The last thing that a person did to a renewal in the application, and that still counts."""
    return (
        select(RenewalEvent.id, RenewalEvent.kind, RenewalEvent.actor_id, RenewalEvent.at)
        .where(
            RenewalEvent.renewal_id == renewal_id,
            RenewalEvent.origin == Origin.APP,
            RenewalEvent.superseded_at.is_(None),
            RenewalEvent.kind.not_in(ABOUT_APPROVALS),
        )
        .order_by(RenewalEvent.at.desc(), RenewalEvent.id.desc())
        .limit(1)
    )


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
