"""The analyses' figures from the sums of whole `months` (their numbers), with the names that the rows' sentences give.

Scopes as everywhere: `path` and `path_end`, or the whole group. Of filters they follow `reasons` alone; `this_month`
is the number of the month that today lies in, which the sums of renewals due cannot tell of.
"""

from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    String,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from db.queries.channels import subtree
from db.queries.losses.shape import Shape
from db.tables import ChannelMonth, DecidedMonth, DueMonth
from db.tables.summaries import GROUP, SumGrain

D, W = DecidedMonth, DueMonth
Rows = Select[*tuple[Any, ...]]


def follows(shape: Shape) -> bool:
    """Whether the sums can answer a question of this shape."""
    return not (shape.people or shape.things or shape.competitors or shape.gap or shape.types)


@cache
def lost_by_group(shape: Shape) -> Any:
    """As `losses.decided.by_group`."""
    no_text = cast(null(), String)
    keyed = [
        select(
            literal(grain.value, String).label("grain"), D.reason_id, D.key_id, D.key_text,
            func.sum(D.lost).label("lost"), func.sum(D.won).label("won"),
        )
        .where(*_decided(shape, grain), _scope(D.scope_id, shape.scoped))
        .group_by(D.reason_id, D.key_id, D.key_text)
        for grain in (SumGrain.PERSON, SumGrain.THING)
    ]  # fmt: skip
    channels = (
        select(
            literal("channel", String).label("grain"), D.reason_id, D.scope_id.label("key_id"),
            no_text.label("key_text"), func.sum(D.lost).label("lost"), func.sum(D.won).label("won"),
        )
        .where(*_decided(shape, SumGrain.WHOLE), _own(D.scope_id, shape.scoped))
        .group_by(D.reason_id, D.scope_id)
    )  # fmt: skip
    return union_all(*keyed, channels)


@cache
def lost_by_month(shape: Shape) -> Rows:
    """As `losses.decided.by_month`."""
    return (
        select(D.month, D.reason_id, func.sum(D.lost).label("lost"), func.sum(D.won).label("won"))
        .where(*_decided(shape, SumGrain.WHOLE), _scope(D.scope_id, shape.scoped))
        .group_by(D.month, D.reason_id)
    )


@cache
def lost_by_type(shape: Shape) -> Rows:
    """As `losses.types.by_type`."""
    return (
        select(D.key_text.label("type"), func.sum(D.lost).label("lost"), func.sum(D.won).label("won"))
        .where(*_decided(shape, SumGrain.TYPE), _scope(D.scope_id, shape.scoped))
        .group_by(D.key_text)
    )


@cache
def went_by_group(scoped: bool) -> Any:
    """As `losses.windows.by_group`."""
    grains = (SumGrain.PERSON, SumGrain.THING, SumGrain.TYPE, SumGrain.REASON)
    keyed = (
        select(cast(W.grain, String).label("grain"), W.key_id, W.key_text, *_went())
        .where(W.grain.in_(grains), _wanted(W.month), _scope(W.scope_id, scoped))
        .group_by(W.grain, W.key_id, W.key_text)
    )
    channels = (
        select(
            literal("channel", String).label("grain"), cast(W.scope_id, BigInteger).label("key_id"),
            cast(null(), String).label("key_text"), *_went(),
        )
        .where(W.grain == SumGrain.WHOLE, _wanted(W.month), _own(W.scope_id, scoped))
        .group_by(W.scope_id)
    )  # fmt: skip
    return union_all(keyed, channels)


@cache
def went_by_month(scoped: bool) -> Rows:
    """As `losses.windows.by_month`."""
    return (
        select(W.month, *_went())
        .where(W.grain == SumGrain.WHOLE, _wanted(W.month), _scope(W.scope_id, scoped))
        .group_by(W.month)
    )


@cache
def by_channel(scoped: bool) -> Rows:
    """As `channel_figures.by_channel` and `channel_figures.sold` together."""
    c = ChannelMonth
    names = ("leads", "captured", "first_visits", "orders", "deliveries", "revenue", "guided_revenue", "guide_amount")
    query = select(c.channel_id, *(func.sum(getattr(c, name)).label(name) for name in names)).where(_wanted(c.month))
    return (query.where(c.channel_id.in_(subtree())) if scoped else query).group_by(c.channel_id)


@cache
def channels(scoped: bool) -> Rows:
    """What each channel's leads did in each month, and the prices of the cars delivered."""
    c = ChannelMonth
    query = select(
        c.channel_id, c.month, c.leads, c.orders, c.deliveries, c.revenue, c.guided_revenue, c.guide_amount
    ).where(_wanted(c.month))
    return query.where(c.channel_id.in_(subtree())) if scoped else query


def _decided(shape: Shape, grain: SumGrain) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [D.domain == shape.domain, D.grain == grain, _wanted(D.month)]
    if shape.reasons:
        conditions.append(or_(D.reason_id.is_(None), D.reason_id.in_(bindparam("reasons", expanding=True))))
    return conditions


def _went() -> tuple[ColumnElement[Any], ...]:
    past = W.month < bindparam("this_month")
    over = case((past, W.recovered + W.quoted + W.unquoted), else_=W.recovered)
    return (
        func.sum(W.renewed).label("renewed"), func.sum(W.lost).label("lost"), func.sum(over).label("lapsed"),
        func.sum(case((past, 0), else_=W.quoted)).label("open_quoted"),
        func.sum(case((past, 0), else_=W.unquoted)).label("open_unquoted"),
    )  # fmt: skip


def _wanted(month: Any) -> Any:
    return month.in_(bindparam("months", expanding=True))


def _scope(scope: Any, scoped: bool) -> Any:
    """The group's sums, or those of a subtree's channels."""
    return scope.in_(subtree()) if scoped else scope == GROUP


def _own(scope: Any, scoped: bool) -> Any:
    """The channels' own sums."""
    return scope.in_(subtree()) if scoped else scope != GROUP
