"""Cars with policies, made straight in the tables and settled by the rule, for tests of the renewal queue."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy import Connection, insert, select

from db.tables import Customer, Policy, Renewal, RenewalEvent, Vehicle
from db.terms import BusinessType, PolicyLine, Tier
from lib import clock, data
from lib.access import SYSTEM
from lib.renewals.writing import settle_vehicle
from lib.settings import load
from tests.personas import Personas

NUMBERS = count(1)


def today() -> date:
    """The store's day now: commands ask the clock."""
    return clock.business_day(clock.now(), load().zone)


def expiring(
    made: Personas, days: int = 20, owner: str | None = None, channel: str = "S1", name: str = "张三丰",
    tier: Tier | None = None, lines: tuple[PolicyLine, ...] = (PolicyLine.COMMERCIAL,), consent: bool = True,
    due_on: date | None = None,
) -> int:  # fmt: skip
    """A car whose policies expire in some days; the key of its renewal."""
    number = next(NUMBERS)
    due = due_on or today() + timedelta(days=days)
    with data.transaction(SYSTEM) as change:
        customer = change.session.scalars(
            insert(Customer).values(
                name=name, mobile=f"138{number:08d}", mobile_tail=f"{number:08d}"[-4:], tier=tier, sms_consent=consent
            ).returning(Customer.id)
        ).one()  # fmt: skip
        vehicle = change.session.scalars(
            insert(Vehicle)
            .values(vin=f"LSVAA{number:012d}", plate=f"云A{number:05d}", customer_id=customer, car_model="远途A7")
            .returning(Vehicle.id)
        ).one()
        for line in lines:
            change.session.execute(insert(Policy).values(**policy(made, vehicle, line, due, number, channel)))
        settle_vehicle(change, vehicle)
        renewal_id = change.session.scalars(select(Renewal.id).where(Renewal.vehicle_id == vehicle)).one()
        if owner:
            change.session.execute(insert(RenewalEvent).values(**assigned(made, renewal_id, owner, channel)))
            settle_vehicle(change, vehicle)
    return renewal_id


def policy(made: Personas, vehicle: int, line: PolicyLine, due: date, number: int, channel: str) -> dict[str, Any]:
    issued = datetime(due.year - 1, due.month, min(due.day, 28), 4, tzinfo=UTC) - timedelta(days=5)
    return {
        "insurer": "人保财险", "policy_no": f"P{line}{number}", "line": line, "business_type": BusinessType.NEW,
        "vehicle_id": vehicle, "issued_at": issued, "issued_on": issued.date(), "registered_at": issued,
        "starts_on": due - timedelta(days=364), "expires_on": due, "premium_amount": Decimal(4286),
        "channel_id": made.channels[channel],
    }  # fmt: skip


def assigned(made: Personas, renewal_id: int, owner: str, channel: str) -> dict[str, Any]:
    at = clock.now() - timedelta(hours=1)
    return {
        "renewal_id": renewal_id, "kind": "assigned", "at": at, "business_on": today(),
        "channel_id": made.channels[channel], "specialist_id": made.actors[owner].user_id,
    }  # fmt: skip


def row(renewal_id: int) -> Any:
    """The renewal as it is stored."""

    def read(connection: Connection) -> Any:
        return connection.execute(select(Renewal.__table__).where(Renewal.id == renewal_id)).one()

    return data.fresh(read)


def events(renewal_id: int) -> list[Any]:
    """The events of a renewal, oldest first, those that count no more included."""

    def read(connection: Connection) -> list[Any]:
        found = select(RenewalEvent.__table__).where(RenewalEvent.renewal_id == renewal_id)
        return list(connection.execute(found.order_by(RenewalEvent.at, RenewalEvent.id)))

    return data.fresh(read)
