"""Sentences about renewals."""

from collections.abc import Sequence

from sqlalchemy import Select, select

from db.tables import Customer, Policy, Renewal, RenewalEvent, Vehicle


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
