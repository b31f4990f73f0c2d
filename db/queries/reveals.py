"""Personal data of one lead or renewal, with what decides who may see it."""

from typing import Any

from sqlalchemy import Select, select

from db.tables import Channel, Customer, Lead, Renewal, Vehicle


def of_lead(lead_id: int) -> Select[*tuple[Any, ...]]:
    """The customer and car of a lead."""
    return (
        select(Lead.channel_id, Channel.path, Lead.consultant_id.label("owner_id"), Customer.name, Customer.mobile,
               Vehicle.plate, Vehicle.vin)
        .join(Channel, Channel.id == Lead.channel_id)
        .outerjoin(Customer, Customer.id == Lead.customer_id)
        .outerjoin(Vehicle, Vehicle.id == Lead.vehicle_id)
        .where(Lead.id == lead_id)
    )  # fmt: skip


def of_renewal(renewal_id: int) -> Select[*tuple[Any, ...]]:
    """The customer and car of a renewal."""
    return (
        select(Renewal.channel_id, Channel.path, Renewal.owner_id, Customer.name, Customer.mobile, Vehicle.plate,
               Vehicle.vin)
        .join(Channel, Channel.id == Renewal.channel_id)
        .join(Vehicle, Vehicle.id == Renewal.vehicle_id)
        .outerjoin(Customer, Customer.id == Vehicle.customer_id)
        .where(Renewal.id == renewal_id)
    )  # fmt: skip
