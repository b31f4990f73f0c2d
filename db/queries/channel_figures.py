"""The figures of channels, own, one row a node. Parameters as in `db.queries.board`; forecasts take months."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, String, Subquery, and_, bindparam, case, cast, exists, func, or_, select

from db.queries.board import E, K, S, Shape, captured, driven_leads, happened, is_, lead_events, net_orders
from db.queries.channels import after, below
from db.queries.months import month_of
from db.tables import CarModel, Channel, Forecast, Lead

COUNTED = (K.FIRST_CONTACT, K.ORDER, K.ORDER_CANCELLED, K.DELIVERY)


def nodes(path: str | None) -> Select[*tuple[Any, ...]]:
    """Every channel of a subtree, and those above it."""
    query = select(
        Channel.id, Channel.code, Channel.name, Channel.kind, Channel.path, Channel.active, Channel.territory,
        Channel.market_tier,
    )  # fmt: skip
    if path is None:
        return query
    above = [path[: at + 1] for at, letter in enumerate(path) if letter == "."]
    return query.where(or_(below(path, after(path)), Channel.path.in_(above)))


@cache
def by_channel(shape: Shape) -> Select[*tuple[Any, ...]]:
    """What leads did in the period that adds up over its days, one row for each node with such an event."""
    return select(E.channel_id, *counts()).where(*lead_events(shape), E.kind.in_(COUNTED)).group_by(E.channel_id)


def counts() -> list[ColumnElement[Any]]:
    """What adds up over days and nodes."""
    return [
        happened(K.FIRST_CONTACT).label("leads"), captured().label("captured"),
        happened(K.FIRST_CONTACT, S.WALK_IN).label("first_visits"), net_orders().label("orders"),
        happened(K.DELIVERY).label("deliveries"),
    ]  # fmt: skip


@cache
def driven(shape: Shape) -> Select[*tuple[Any, ...]]:
    """The leads with a test drive in the period, each once in a node."""
    drives = (*lead_events(shape), is_(K.TEST_DRIVE))
    return select(E.channel_id, driven_leads().label("test_drives")).where(*drives).group_by(E.channel_id)


@cache
def driven_in_several(shape: Shape) -> Select[*tuple[Any, ...]]:
    """The leads with test drives of the period in more than one node, and each of these nodes."""
    drives = (*lead_events(shape), is_(K.TEST_DRIVE))
    several = (
        select(E.lead_id).where(*drives).group_by(E.lead_id).having(func.min(E.channel_id) < func.max(E.channel_id))
    )
    return select(E.lead_id, E.channel_id).where(*drives, E.lead_id.in_(several)).distinct()


@cache
def by_month(shape: Shape) -> Select[*tuple[Any, ...]]:
    """What adds up over months, one row for each node and month (its number) with an event; its days are counted
    first."""
    days = (
        select(
            E.channel_id, E.business_on, happened(K.FIRST_CONTACT).label("leads"), net_orders().label("orders"),
            happened(K.DELIVERY).label("deliveries"),
        )
        .where(*lead_events(shape), E.kind.in_(COUNTED))
        .group_by(E.channel_id, E.business_on)
        .subquery("days")
    )  # fmt: skip
    return _months(days, "leads", "orders", "deliveries")


def _months(days: Subquery, *counted: str) -> Select[*tuple[Any, ...]]:
    month = month_of(days.c.business_on)
    sums = [func.sum(days.c[name]).label(name) for name in counted]
    return select(days.c.channel_id, month.label("month"), *sums).group_by(days.c.channel_id, month)


@cache
def sold(shape: Shape) -> Select[*tuple[Any, ...]]:
    """The order prices of the leads delivered in the period, and, where both are known, they and their guide prices."""
    return _sold(shape).add_columns(E.channel_id).group_by(E.channel_id)


@cache
def sold_by_month(shape: Shape) -> Select[*tuple[Any, ...]]:
    """The same, one row for each node and month."""
    days = _sold(shape).add_columns(E.channel_id, E.business_on).group_by(E.channel_id, E.business_on).subquery("days")
    return _months(days, "revenue", "guided_revenue", "guide_amount")


@cache
def by_model(shape: Shape) -> Select[*tuple[Any, ...]]:
    """What leads did in the period, one row for each model wanted; a lead without one is of none."""
    return (
        select(
            Lead.car_model_id, CarModel.name, happened(K.FIRST_CONTACT).label("leads"), net_orders().label("orders"),
            happened(K.DELIVERY).label("deliveries"),
        )
        .join_from(E, Lead, Lead.id == E.lead_id)
        .outerjoin(CarModel, CarModel.id == Lead.car_model_id)
        .where(*lead_events(shape))
        .group_by(Lead.car_model_id, CarModel.name)
    )  # fmt: skip


@cache
def sold_by_model(shape: Shape) -> Select[*tuple[Any, ...]]:
    """The order prices and guide prices of the cars delivered, one row a model."""
    return _sold(shape).add_columns(Lead.car_model_id).group_by(Lead.car_model_id)


def _sold(shape: Shape) -> Select[*tuple[Any, ...]]:
    return (
        select(*prices())
        .join_from(E, Lead, Lead.id == E.lead_id)
        .outerjoin(CarModel, CarModel.id == Lead.car_model_id)
        .where(*lead_events(shape), is_(K.DELIVERY))
    )


def prices(*which: ColumnElement[bool]) -> list[ColumnElement[Any]]:
    """What the cars were sold for, and, where both are known, what for and their guide prices; of some events alone
    where conditions are given."""
    both = and_(Lead.order_price.is_not(None), CarModel.guide_price.is_not(None), *which)
    sold = and_(Lead.order_price.is_not(None), *which)
    return [
        func.coalesce(func.sum(case((sold, Lead.order_price))), 0).label("revenue"),
        func.coalesce(func.sum(case((both, Lead.order_price))), 0).label("guided_revenue"),
        func.coalesce(func.sum(case((both, CarModel.guide_price))), 0).label("guide_amount"),
    ]


def _month() -> ColumnElement[str]:
    return func.substr(cast(E.business_on, String), 1, 7)


@cache
def delivered_models(shape: Shape) -> Select[*tuple[Any, ...]]:
    """Deliveries by node, month (2026-11) and model; a lead without a model is of none."""
    month = _month()
    return (
        select(E.channel_id, month.label("month"), Lead.car_model_id, func.count().label("cars"))
        .join(Lead, Lead.id == E.lead_id)
        .where(*lead_events(shape), is_(K.DELIVERY), Lead.car_model_id.is_not(None))
        .group_by(E.channel_id, month, Lead.car_model_id)
    )


def forecasting(path: str | None) -> Select[*tuple[Any, ...]]:
    """The nodes that ever submitted a forecast."""
    columns = (Channel.id, Channel.path, Channel.active, Channel.opened_on, Channel.closed_on)
    query = select(*columns).where(exists().where(Forecast.channel_id == Channel.id))
    return query if path is None else query.where(below(path, after(path)))


@cache
def forecasts() -> Select[*tuple[Any, ...]]:
    """Every submission for the months from `first` to `last` (their first days), in the order of submitting."""
    return (
        select(Forecast.channel_id, Forecast.month, Forecast.car_model_id, Forecast.quantity, Forecast.submitted_at)
        .where(Forecast.month.between(bindparam("first"), bindparam("last")))
        .order_by(Forecast.submitted_at, Forecast.id)
    )
