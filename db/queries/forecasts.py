"""Sentences about monthly forecasts (C5). `begins` is the moment at which a month starts: later rows do not count."""

from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, String, Subquery, and_, case, cast, func, or_, select

from db.queries.board import E, K, Shape, is_, lead_events
from db.queries.channels import subtree, within
from db.tables import CarModel, Channel, Forecast, ForecastFreeze, Lead, StockUnit, User
from db.terms import StockStatus

Rows = Select[*tuple[Any, ...]]


def node(code: str, path: str | None) -> Rows:
    """One channel of a subtree by its code."""
    return _nodes().where(Channel.code == code, within(path))


def every_node(path: str | None) -> Rows:
    """The channels of a subtree, closed ones too."""
    return _nodes().where(within(path))


def there_in(month: date) -> ColumnElement[bool]:
    """The channels that a month began with; of a month to come, those that work now."""
    begun = or_(Channel.opened_on.is_(None), Channel.opened_on < month)
    return and_(begun, or_(Channel.active, Channel.closed_on >= month))


def standing(path: str | None, month: date, begins: datetime) -> Rows:
    """Each channel of a subtree with what it submitted for a month, if anything."""
    sent = _summed(month, begins)
    return _with_submission(sent).where(there_in(month), within(path))


def below(parent_id: int, month: date, begins: datetime) -> Rows:
    """The same of the channels straight below one."""
    sent = _summed(month, begins)
    return _with_submission(sent).where(there_in(month), Channel.parent_id == parent_id).order_by(Channel.code)


def below_models(parent_id: int, month: date, begins: datetime) -> Rows:
    """What the channels straight below one submitted together, by model."""
    last = _ranked(month, begins)
    return (
        select(last.c.car_model_id, func.sum(last.c.quantity).label("quantity"))
        .join(Channel, Channel.id == last.c.channel_id)
        .where(last.c.place == 1, there_in(month), Channel.parent_id == parent_id)
        .group_by(last.c.car_model_id)
    )


def own(channel_id: int, month: date, begins: datetime) -> Rows:
    """What a channel last submitted for a month, by model."""
    last = _ranked(month, begins)
    return select(last).where(last.c.place == 1, last.c.channel_id == channel_id)


def submissions(channel_id: int, month: date) -> Rows:
    """Everything a channel ever submitted for a month, the latest first."""
    return (
        select(
            Forecast.id, Forecast.car_model_id, CarModel.name.label("model"), Forecast.quantity,
            Forecast.below_quantity, Forecast.reason, Forecast.submitted_at, User.name.label("submitted_by"),
        )
        .join(CarModel, CarModel.id == Forecast.car_model_id)
        .outerjoin(User, User.id == Forecast.submitted_by_id)
        .where(Forecast.channel_id == channel_id, Forecast.month == month)
        .order_by(Forecast.submitted_at.desc(), CarModel.name, Forecast.id)
    )  # fmt: skip


def last(channel_id: int, month: date) -> Rows:
    """The row that was stored last for a channel and a month: its key, when and by whom."""
    return (
        select(Forecast.id, Forecast.submitted_at, User.name.label("submitted_by"))
        .outerjoin(User, User.id == Forecast.submitted_by_id)
        .where(Forecast.channel_id == channel_id, Forecast.month == month)
        .order_by(Forecast.id.desc())
        .limit(1)
    )


def models() -> Rows:
    """Every model on sale, those of a series together."""
    return select(CarModel.id, CarModel.name).order_by(CarModel.series, CarModel.name)


@cache
def delivered(shape: Shape) -> Rows:
    """Deliveries of a subtree by month (2026-11) and model; a lead without a model is of none."""
    month = func.substr(cast(E.business_on, String), 1, 7)
    return (
        select(month.label("month"), Lead.car_model_id, func.count().label("cars"))
        .join(Lead, Lead.id == E.lead_id)
        .where(*lead_events(shape), is_(K.DELIVERY), Lead.car_model_id.is_not(None))
        .group_by(month, Lead.car_model_id)
    )


@cache
def stock() -> Rows:
    """Cars of a subtree (`path`, `path_end`) in stock and on their way, by model."""
    return (
        select(
            StockUnit.car_model_id,
            func.count(case((StockUnit.status == StockStatus.IN_STOCK, 1))).label("in_stock"),
            func.count(case((StockUnit.status == StockStatus.IN_TRANSIT, 1))).label("in_transit"),
        )
        .where(StockUnit.channel_id.in_(subtree()), StockUnit.status != StockStatus.GONE)
        .group_by(StockUnit.car_model_id)
    )


def freezes(store_ids: list[int], month: date) -> Rows:
    """Every freeze of a month for some stores, standing and thawed, the latest first."""
    thawer, freezer = User.__table__.alias("thawer"), User.__table__.alias("freezer")
    return (
        select(
            ForecastFreeze.id, ForecastFreeze.channel_id, ForecastFreeze.version, ForecastFreeze.frozen_at,
            ForecastFreeze.thawed_at, ForecastFreeze.reason, freezer.c.name.label("frozen_by"),
            thawer.c.name.label("thawed_by"),
        )
        .outerjoin(freezer, freezer.c.id == ForecastFreeze.frozen_by_id)
        .outerjoin(thawer, thawer.c.id == ForecastFreeze.thawed_by_id)
        .where(ForecastFreeze.channel_id.in_(store_ids), ForecastFreeze.month == month)
        .order_by(ForecastFreeze.id.desc())
    )  # fmt: skip


def freeze(freeze_id: int) -> Rows:
    """One freeze with its store's path."""
    return (
        select(ForecastFreeze.id, ForecastFreeze.month, ForecastFreeze.channel_id, Channel.path, Channel.name)
        .join(Channel, Channel.id == ForecastFreeze.channel_id)
        .where(ForecastFreeze.id == freeze_id)
    )


def by_id(channel_id: int) -> Rows:
    """One channel by its key."""
    return _nodes().where(Channel.id == channel_id)


def locked(channel_id: int) -> Rows:
    """A store's row, held until the transaction ends: who submits below it or freezes it waits for who was first."""
    return select(Channel.id, Channel.name, Channel.path).where(Channel.id == channel_id).with_for_update()


def _nodes() -> Rows:
    return select(
        Channel.id, Channel.code, Channel.name, Channel.kind, Channel.path, Channel.parent_id, Channel.active,
        Channel.opened_on, Channel.closed_on, Channel.moved_from_id,
    )  # fmt: skip


def _ranked(month: date, begins: datetime) -> Subquery:
    """Every submission for a month that came before it began; `place` 1 is the last of its channel and model."""
    apart = (Forecast.channel_id, Forecast.car_model_id)
    newest = (Forecast.submitted_at.desc(), Forecast.id.desc())
    return (
        select(
            Forecast.id, Forecast.channel_id, Forecast.car_model_id, Forecast.quantity, Forecast.below_quantity,
            Forecast.reason, Forecast.submitted_at, Forecast.submitted_by_id,
            func.row_number().over(partition_by=apart, order_by=newest).label("place"),
            func.min(Forecast.submitted_at).over(partition_by=apart).label("first_at"),
        )
        .where(Forecast.month == month, Forecast.submitted_at < begins)
        .subquery("ranked")
    )  # fmt: skip


def _summed(month: date, begins: datetime) -> Subquery:
    """One row a channel that submitted: how many cars, when it was complete for the first time, when it last spoke."""
    each = _ranked(month, begins)
    adjusted = (each.c.below_quantity.is_not(None)) & (each.c.below_quantity != each.c.quantity)
    return (
        select(
            each.c.channel_id,
            func.sum(each.c.quantity).label("quantity"),
            func.max(each.c.first_at).label("complete_at"),
            func.max(each.c.submitted_at).label("last_at"),
            func.max(each.c.id).label("last_id"),
            func.count(case((adjusted, 1))).label("adjusted"),
        )
        .where(each.c.place == 1)
        .group_by(each.c.channel_id)
        .subquery("sent")
    )


def _with_submission(sent: Subquery) -> Rows:
    spoken = Forecast.__table__.alias("spoken")
    return (
        select(
            Channel.id, Channel.code, Channel.name, Channel.kind, Channel.path, Channel.parent_id, Channel.opened_on,
            Channel.moved_from_id, sent.c.quantity, sent.c.complete_at, sent.c.last_at, sent.c.adjusted,
            User.name.label("submitted_by"),
        )
        .outerjoin(sent, sent.c.channel_id == Channel.id)
        .outerjoin(spoken, spoken.c.id == sent.c.last_id)
        .outerjoin(User, User.id == spoken.c.submitted_by_id)
    )  # fmt: skip
