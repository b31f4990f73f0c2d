"""Sentences about saved premium trials and the rate rows."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, or_, select

from db.tables import Quote, QuoteLine, RateRow, User, Vehicle
from db.terms import RateKind

Rows = Select[*tuple[Any, ...]]


def of_renewal(renewal_id: int) -> Rows:
    """The trials saved with a case, the latest first, the cheapest plan first."""
    return (
        select(
            Quote.id, Quote.plan, Quote.insurer, Quote.made_at, Quote.total_amount, Quote.inputs,
            User.name.label("author"),
        )
        .outerjoin(User, User.id == Quote.made_by_id)
        .where(Quote.renewal_id == renewal_id)
        .order_by(Quote.made_at.desc(), Quote.total_amount, Quote.id)
    )  # fmt: skip


def lines(quote_ids: Sequence[int]) -> Rows:
    """The lines of some trials, in their order."""
    return select(QuoteLine.__table__).where(QuoteLine.quote_id.in_(quote_ids)).order_by(QuoteLine.position)


def rates(ids: Sequence[int]) -> Rows:
    """Some rate rows."""
    return select(RateRow.__table__).where(RateRow.id.in_(ids))


def car(vehicle_id: int) -> Rows:
    """What a trial asks of a car."""
    columns = (
        Vehicle.vehicle_use, Vehicle.seats, Vehicle.displacement, Vehicle.fuel, Vehicle.claims,
        Vehicle.no_claim_coefficient,
    )  # fmt: skip
    return select(*columns).where(Vehicle.id == vehicle_id)


def table(kind: RateKind) -> Rows:
    """All rows of one rate table, those that hold longest first within each thing."""
    return (
        select(RateRow.__table__)
        .where(RateRow.kind == kind)
        .order_by(RateRow.region, RateRow.item, RateRow.low, RateRow.valid_from.desc(), RateRow.id.desc())
    )


def overlapping(
    kind: RateKind, region: str | None, item: str | None, low: Decimal, high: Decimal | None, since: date
) -> Rows:  # fmt: skip
    """The rows for the same thing (no item: any) whose bounds and days meet those of a row that holds from a day on."""
    found = select(RateRow.__table__).where(
        RateRow.kind == kind,
        func.coalesce(RateRow.region, "") == (region or ""),
        or_(RateRow.high.is_(None), RateRow.high > low),
        or_(RateRow.valid_to.is_(None), RateRow.valid_to >= since),
    )
    if item is not None:
        found = found.where(RateRow.item == item)
    return found if high is None else found.where(RateRow.low < high)
