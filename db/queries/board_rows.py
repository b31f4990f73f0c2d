"""The rows behind each number of the board, newest first, a page at a time by key.

Parameters as in `db.queries.board`, and `before_at`, `before_id` (the last row seen), `limit`.
"""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import aliased

from db.base import Instant
from db.queries.board import E as LE
from db.queries.board import (
    K,
    S,
    Shape,
    insured_lead,
    is_,
    lead_events,
    overdue,
    policies,
    renewal_events,
    unseen_before,
)
from db.tables import CarModel, Customer, Lead, Policy, Renewal, RenewalEvent, User, Vehicle
from db.terms import RenewalEventKind

FIRST = K.FIRST_CONTACT


def _last_drive() -> ColumnElement[bool]:
    """The lead's last test drive of the period, so that a lead is listed once."""
    later = aliased(LE)
    return ~exists().where(
        later.lead_id == LE.lead_id, later.kind == K.TEST_DRIVE, later.superseded_at.is_(None),
        later.business_on <= bindparam("last"), later.business_on >= bindparam("first"),
        or_(later.at > LE.at, and_(later.at == LE.at, later.id > LE.id)),
    ).correlate(LE)  # fmt: skip


def _of_lead(name: str) -> ColumnElement[bool]:
    """Which events a number counts."""
    orders = LE.kind.in_((K.ORDER, K.ORDER_CANCELLED))
    return {
        "leads": is_(FIRST),
        "captured": is_(FIRST) & Lead.captured,
        "first_visits": is_(FIRST, S.WALK_IN),
        "captured_visits": is_(FIRST, S.WALK_IN) & Lead.captured,
        "calls": is_(FIRST, S.CALL),
        "outdoor_leads": is_(FIRST, S.OUTDOOR),
        "online_leads": is_(FIRST, S.ONLINE),
        "referral_leads": is_(FIRST, S.REFERRAL),
        "return_visits": is_(K.RETURN_VISIT),
        "invited_visits": is_(K.RETURN_VISIT) & (LE.source != S.WALK_IN) & unseen_before(),
        "test_drives": is_(K.TEST_DRIVE) & _last_drive(),
        "walk_in_test_drives": is_(K.TEST_DRIVE, S.WALK_IN) & _last_drive(),
        "orders": orders,
        "walk_in_orders": orders & (LE.source == S.WALK_IN),
        "outdoor_orders": orders & (LE.source == S.OUTDOOR),
        "deliveries": is_(K.DELIVERY),
        "walk_in_deliveries": is_(K.DELIVERY, S.WALK_IN),
        "insured_deliveries": is_(K.DELIVERY) & insured_lead(),
        "lead_losses": is_(K.LOST),
        "arrivals": or_(is_(FIRST, S.WALK_IN), is_(FIRST, S.CALL), is_(K.RETURN_VISIT)),
    }[name]


@cache
def leads(name: str, shape: Shape, further: bool, at_hour: bool = False) -> Select[*tuple[Any, ...]]:
    """The lead events that a number counts, of one `hour` of the day if so. `KeyError` for a number not of leads."""
    query = (
        select(
            LE.id, LE.at, LE.kind, LE.source, LE.amount, Lead.lead_no.label("number"), Lead.id.label("case_id"),
            Customer.name.label("customer"), User.name.label("person"), CarModel.name.label("model"),
        )
        .join(Lead, Lead.id == LE.lead_id)
        .join(User, User.id == LE.consultant_id)
        .outerjoin(Customer, Customer.id == Lead.customer_id)
        .outerjoin(CarModel, CarModel.id == Lead.car_model_id)
        .where(*lead_events(shape), _of_lead(name))
    )  # fmt: skip
    if at_hour:
        query = query.where(LE.hour == bindparam("hour"))
    return _page(query, LE.at, LE.id, further)


@cache
def issued(shape: Shape, further: bool) -> Select[*tuple[Any, ...]]:
    """The policies issued in the period."""
    query = (
        select(
            Policy.id, Policy.issued_at.label("at"), Policy.line.label("kind"), Policy.premium_amount.label("amount"),
            Policy.policy_no.label("number"), Policy.id.label("case_id"), Customer.name.label("customer"),
            User.name.label("person"), Vehicle.car_model.label("model"),
        )
        .join(Vehicle, Vehicle.id == Policy.vehicle_id)
        .outerjoin(Customer, Customer.id == Policy.customer_id)
        .outerjoin(User, User.id == Policy.issuer_id)
        .where(*policies(shape))
    )  # fmt: skip
    return _page(query, Policy.issued_at, Policy.id, further)


@cache
def settled(kind: RenewalEventKind, shape: Shape, further: bool) -> Select[*tuple[Any, ...]]:
    """The renewals renewed or lost in the period, by their events."""
    event = RenewalEvent
    query = (
        select(
            event.id, event.at, event.kind, Vehicle.plate.label("plate"), Renewal.id.label("case_id"),
            Customer.name.label("customer"), User.name.label("person"), Vehicle.car_model.label("model"),
        )
        .join(Renewal, Renewal.id == event.renewal_id)
        .join(Vehicle, Vehicle.id == Renewal.vehicle_id)
        .outerjoin(Customer, Customer.id == Vehicle.customer_id)
        .outerjoin(User, User.id == event.specialist_id)
        .where(*renewal_events(shape), event.kind == kind)
    )  # fmt: skip
    return _page(query, event.at, event.id, further)


@cache
def calls(shape: Shape, further: bool) -> Select[*tuple[Any, ...]]:
    """The open renewals whose call after a quote is overdue."""
    query = (
        select(
            Renewal.id, Renewal.quoted_at.label("at"), Renewal.status.label("kind"), Vehicle.plate.label("plate"),
            Renewal.id.label("case_id"), Customer.name.label("customer"), User.name.label("person"),
            Vehicle.car_model.label("model"),
        )
        .join(Vehicle, Vehicle.id == Renewal.vehicle_id)
        .outerjoin(Customer, Customer.id == Vehicle.customer_id)
        .outerjoin(User, User.id == Renewal.owner_id)
        .where(*overdue(shape))
    )  # fmt: skip
    return _page(query, Renewal.quoted_at, Renewal.id, further)


@cache
def wins(shape: Shape) -> Select[*tuple[Any, ...]]:
    """Orders and deliveries of the period with consultant and model, last recorded first; `limit` of them."""
    return (
        select(LE.id, LE.kind, LE.at, User.name.label("consultant"), CarModel.name.label("model"))
        .join(Lead, Lead.id == LE.lead_id)
        .join(User, User.id == LE.consultant_id)
        .outerjoin(CarModel, CarModel.id == Lead.car_model_id)
        .where(*lead_events(shape), LE.kind.in_((K.ORDER, K.DELIVERY)))
        .order_by(LE.id.desc())
        .limit(bindparam("limit"))
    )


def _page(query: Select[*tuple[Any, ...]], at: Any, key: Any, further: bool) -> Select[*tuple[Any, ...]]:
    if further:
        seen = bindparam("before_at", type_=Instant())
        query = query.where(or_(at < seen, and_(at == seen, key < bindparam("before_id"))))
    return query.order_by(at.desc(), key.desc()).limit(bindparam("limit"))
