"""Sentences about renewals."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, or_, select

from db.queries.channels import within
from db.tables import Channel, Customer, Policy, Renewal, RenewalEvent, Vehicle
from db.terms import Origin


def policies_of(vehicle_ids: Sequence[int]) -> Select[*tuple[object, ...]]:
    """Every policy of some vehicles."""
    return select(Policy.__table__).where(Policy.vehicle_id.in_(vehicle_ids))


def renewals_of(vehicle_ids: Sequence[int]) -> Select[*tuple[object, ...]]:
    """Every renewal of some vehicles."""
    return select(Renewal.__table__).where(Renewal.vehicle_id.in_(vehicle_ids))


def events_of(vehicle_ids: Sequence[int]) -> Select[*tuple[object, ...]]:
    """Every event of some vehicles' renewals that still counts, with the vehicle."""
    return (
        select(RenewalEvent.__table__, Renewal.vehicle_id)
        .join(Renewal, Renewal.id == RenewalEvent.renewal_id)
        .where(Renewal.vehicle_id.in_(vehicle_ids), RenewalEvent.superseded_at.is_(None))
    )


def tiers_of(vehicle_ids: Sequence[int]) -> Select[*tuple[object, ...]]:
    """The tier of each vehicle's customer."""
    return (
        select(Vehicle.id, Customer.tier)
        .join(Customer, Customer.id == Vehicle.customer_id)
        .where(Vehicle.id.in_(vehicle_ids))
    )


def reached(renewal_id: int, path: str | None, owner_id: int | None) -> Select[*tuple[object, ...]]:
    """What a command must know of a renewal, if it lies within the scope (an owner's own and the unassigned).

    The vehicle is held for the transaction: whoever settles it goes one after the other.
    """
    found = (
        select(
            Renewal.id, Renewal.vehicle_id, Renewal.channel_id, Renewal.owner_id, Renewal.status, Renewal.due_on,
            Renewal.partly_renewed, Renewal.version, Vehicle.customer_id,
        )
        .join(Channel, Channel.id == Renewal.channel_id)
        .join(Vehicle, Vehicle.id == Renewal.vehicle_id)
        .where(Renewal.id == renewal_id, within(path))
        .with_for_update(of=Vehicle)
    )  # fmt: skip
    return found if owner_id is None else found.where(or_(Renewal.owner_id == owner_id, Renewal.owner_id.is_(None)))


def last_step(renewal_id: int) -> Select[*tuple[object, ...]]:
    """The last thing that a person did to a renewal in the application, and that still counts."""
    return (
        select(RenewalEvent.id, RenewalEvent.kind, RenewalEvent.actor_id, RenewalEvent.at)
        .where(
            RenewalEvent.renewal_id == renewal_id,
            RenewalEvent.origin == Origin.APP,
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
