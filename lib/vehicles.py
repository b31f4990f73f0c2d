"""Cars, known by their VIN: made once, whoever brings them first."""

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.tables import CarModel, Lead, Vehicle
from db.terms import LeadStatus
from lib.refusals import N_, Invalid


def delivered(session: Session, vin: str, lead: Lead) -> int:
    """The key of the car that this lead's buyer takes home; `Invalid` where another lead has it already."""
    vehicle = known_or_new(session, vin)
    taken = select(Lead.lead_no).where(
        Lead.vehicle_id == vehicle.id, Lead.status == LeadStatus.DELIVERED, Lead.id != lead.id
    )
    if (other := session.scalar(taken.limit(1))) is not None:
        raise Invalid(N_("This car is delivered already (lead {lead_no}). Check the VIN."), field="vin", lead_no=other)
    if vehicle.customer_id is None:
        vehicle.customer_id = lead.customer_id
    if vehicle.car_model is None and lead.car_model_id is not None:
        vehicle.car_model = session.get_one(CarModel, lead.car_model_id).name
    return vehicle.id


def known_or_new(session: Session, vin: str) -> Vehicle:
    """The car of a VIN, made where there is none; held until the transaction ends."""
    return _held(session, vin) or _made(session, vin)


def _held(session: Session, vin: str) -> Vehicle | None:
    """The car, held until the transaction ends, so that two deliveries of it follow each other."""
    return session.scalar(select(Vehicle).where(Vehicle.vin == vin).with_for_update())


def _made(session: Session, vin: str) -> Vehicle:
    try:
        with session.begin_nested():
            session.execute(insert(Vehicle).values(vin=vin))
    except IntegrityError:  # someone made it a moment ago
        pass
    vehicle = _held(session, vin)
    if vehicle is None:
        raise AssertionError("a car that was just made is gone")
    return vehicle
