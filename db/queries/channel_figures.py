"""The figures of channels, own, one row a node. Parameters as in `db.queries.board`; forecasts take months."""

from functools import cache
from typing import Any

from sqlalchemy import Select, String, and_, bindparam, case, cast, exists, func, or_, select

from db.queries.board import E, K, Shape, captured, is_, lead_events, showroom
from db.queries.channels import after, below
from db.tables import CarModel, Channel, Forecast, Lead


def nodes(path: str | None) -> Select[*tuple[Any, ...]]:
    """Every channel of a subtree, and those above it."""
    query = select(Channel.id, Channel.code, Channel.name, Channel.kind, Channel.path, Channel.active)
    if path is None:
        return query
    above = [path[: at + 1] for at, letter in enumerate(path) if letter == "."]
    return query.where(or_(below(path, after(path)), Channel.path.in_(above)))


@cache
def by_channel(shape: Shape) -> Select[*tuple[Any, ...]]:
    """What leads did in the period, one row for each node with an event."""
    return (
        select(E.channel_id, *showroom(), captured().label("captured"))
        .where(*lead_events(shape))
        .group_by(E.channel_id)
    )


@cache
def sold(shape: Shape) -> Select[*tuple[Any, ...]]:
    """The order prices of the leads delivered in the period, and, where both are known, they and their guide prices."""
    both = and_(Lead.order_price.is_not(None), CarModel.guide_price.is_not(None))
    return (
        select(
            E.channel_id,
            func.coalesce(func.sum(Lead.order_price), 0).label("revenue"),
            func.coalesce(func.sum(case((both, Lead.order_price))), 0).label("guided_revenue"),
            func.coalesce(func.sum(case((both, CarModel.guide_price))), 0).label("guide_amount"),
        )
        .join(Lead, Lead.id == E.lead_id)
        .outerjoin(CarModel, CarModel.id == Lead.car_model_id)
        .where(*lead_events(shape), is_(K.DELIVERY))
        .group_by(E.channel_id)
    )


@cache
def delivered_models(shape: Shape) -> Select[*tuple[Any, ...]]:
    """Deliveries by node, month (2026-11) and model; a lead without a model is of none."""
    month = func.substr(cast(E.business_on, String), 1, 7)
    return (
        select(E.channel_id, month.label("month"), Lead.car_model_id, func.count().label("cars"))
        .join(Lead, Lead.id == E.lead_id)
        .where(*lead_events(shape), is_(K.DELIVERY), Lead.car_model_id.is_not(None))
        .group_by(E.channel_id, month, Lead.car_model_id)
    )


def forecasting(path: str | None) -> Select[*tuple[Any, ...]]:
    """The nodes that ever submitted a forecast."""
    query = select(Channel.id, Channel.path).where(exists().where(Forecast.channel_id == Channel.id))
    return query if path is None else query.where(below(path, after(path)))


@cache
def forecasts() -> Select[*tuple[Any, ...]]:
    """Every submission for the months from `first` to `last` (their first days), in the order of submitting."""
    return (
        select(Forecast.channel_id, Forecast.month, Forecast.car_model_id, Forecast.quantity, Forecast.submitted_at)
        .where(Forecast.month.between(bindparam("first"), bindparam("last")))
        .order_by(Forecast.submitted_at, Forecast.id)
    )
