"""Entering a customer who was never insured here (潜转续): the car, who owns it, and when the policy runs out."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import insert, select

from db.tables import Channel, Customer, Renewal, RenewalEvent, Vehicle
from db.terms import Origin, RenewalEventKind, RenewalType, Subject, Tier
from lib import identifiers, vehicles
from lib.access import Permission
from lib.customers import same_or_new
from lib.data import Change, command
from lib.refusals import N_, Invalid
from lib.renewals.facts import ARCHIVED_AFTER
from lib.renewals.rows import tier_rank
from lib.renewals.windows import JOIN_DAYS
from lib.renewals.writing import settle_vehicle

AHEAD = timedelta(days=730)


@dataclass(frozen=True)
class External:
    """A case as it was typed."""

    vin: str
    due_on: date | None
    customer: str = ""
    mobile: str = ""
    plate: str = ""
    car_model: str = ""
    tier: Tier | None = None
    channel_id: int | None = None
    note: str = ""


@command(Permission.RENEWAL_WRITE, Subject.RENEWALS, Subject.POLICIES)
def enter(change: Change, typed: External) -> int:
    """Open an external case; its key. A specialist who enters it has it.

    Errors: `Invalid` for a wrong VIN, number or day, and where the car has a case near that day already.
    """
    vin = identifiers.vin(typed.vin)
    if vin is None:
        raise Invalid(N_("Enter the car's VIN."), field="vin")
    name, mobile = identifiers.folded(typed.customer), identifiers.mobile(typed.mobile)
    if name is None and mobile is None:
        raise Invalid(N_("Enter the customer's name or mobile number."), field="customer")
    due_on = _due_on(change, typed.due_on)
    vehicle = vehicles.known_or_new(change.session, vin)
    _refuse_twice(change, vehicle.id, due_on)
    if vehicle.customer_id is None:
        vehicle.customer_id = same_or_new(change.session, name, mobile)
    vehicle.plate = vehicle.plate or identifiers.plate(typed.plate)
    vehicle.car_model = vehicle.car_model or identifiers.folded(typed.car_model)
    change.flush()
    tier = _tier(change, vehicle, typed.tier)
    channel_id = _channel(change, typed.channel_id)
    owner_id = change.actor.own_scope.owner_id
    renewal_id = change.session.scalars(
        insert(Renewal).values(
            vehicle_id=vehicle.id, channel_id=channel_id, due_on=due_on, type=RenewalType.EXTERNAL, owner_id=owner_id,
            tier_rank=tier_rank(tier),
        ).returning(Renewal.id)
    ).one()  # fmt: skip
    event = {"renewal_id": renewal_id, "at": change.at, "business_on": change.today, "channel_id": channel_id,
             "origin": Origin.APP, "actor_id": change.actor.user_id}  # fmt: skip
    change.session.execute(
        insert(RenewalEvent).values(**event, kind=RenewalEventKind.OPENED, note=identifiers.folded(typed.note))
    )
    if owner_id is not None:
        change.session.execute(
            insert(RenewalEvent).values(**event, kind=RenewalEventKind.ASSIGNED, specialist_id=owner_id)
        )
    settle_vehicle(change, vehicle.id)
    change.record("renewal.entered", "renewals", renewal_id, channel_id, due_on=due_on.isoformat())
    return renewal_id


def _due_on(change: Change, day: date | None) -> date:
    if day is None:
        raise Invalid(N_("Enter the day on which the present policy expires."), field="due_on")
    if not change.today - timedelta(days=ARCHIVED_AFTER) <= day <= change.today + AHEAD:
        raise Invalid(N_("The expiry must lie between 90 days ago and two years ahead."), field="due_on")
    return day


def _refuse_twice(change: Change, vehicle_id: int, due_on: date) -> None:
    near = select(Renewal.id).where(
        Renewal.vehicle_id == vehicle_id,
        Renewal.due_on.between(due_on - timedelta(days=JOIN_DAYS), due_on + timedelta(days=JOIN_DAYS)),
    )
    if change.session.scalar(near.limit(1)) is not None:
        raise Invalid(N_("This car has a case near that day already. Search for it by its VIN."), field="vin")


def _channel(change: Change, channel_id: int | None) -> int:
    wanted = channel_id or change.actor.channel_id
    path = change.session.scalar(select(Channel.path).where(Channel.id == wanted))
    if wanted is None or path is None or not change.actor.scope.covers(path):
        raise Invalid(N_("Choose the channel that the case belongs to."), field="channel_id")
    return wanted


def _tier(change: Change, vehicle: Vehicle, tier: Tier | None) -> Tier | None:
    customer = change.session.get(Customer, vehicle.customer_id or 0)
    if customer is None:
        return None
    customer.tier = customer.tier or tier
    return customer.tier
