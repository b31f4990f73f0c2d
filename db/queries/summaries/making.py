"""Summing a month up: its old sums deleted, the channels' own written from the rows, the group's from the channels'.

Parameters: `month` (its number), `first`, `last` (its days), `channels` (ids). The words of the analyses themselves
(`db.queries.losses`, `db.queries.channel_figures`) say what is counted.
"""

from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Delete,
    Insert,
    Integer,
    Select,
    String,
    bindparam,
    case,
    cast,
    delete,
    func,
    insert,
    literal,
    null,
    select,
)

from db.queries.board import E, K
from db.queries.channel_figures import COUNTED, counts, prices
from db.queries.insurers import insurer_of
from db.queries.losses.decided import EVENTS, decided_kinds, joined, lost_or_not, person, thing
from db.queries.losses.windows import LOST_FOR
from db.tables import CarModel, ChannelMonth, DecidedMonth, DueMonth, Lead, Renewal
from db.tables.summaries import GROUP, MonthKind, SumGrain
from db.terms import LossDomain, RenewalStatus

R = Renewal
Rows = Select[*tuple[Any, ...]]
Writing = tuple[Delete | Insert, ...]

NO_ID = cast(null(), BigInteger)
DECIDED_GRAINS = {
    LossDomain.LEAD: (SumGrain.WHOLE, SumGrain.PERSON, SumGrain.THING),
    LossDomain.RENEWAL: (SumGrain.WHOLE, SumGrain.PERSON, SumGrain.THING, SumGrain.TYPE),
}
DUE_GRAINS: dict[SumGrain, Any] = {
    SumGrain.WHOLE: NO_ID, SumGrain.PERSON: R.owner_id, SumGrain.THING: insurer_of(R.id), SumGrain.TYPE: R.type,
    SumGrain.REASON: LOST_FOR,
}  # fmt: skip
TEXTS = (SumGrain.TYPE, SumGrain.THING)


@cache
def sentences(kind: MonthKind) -> Writing:
    """What sums up a month of a kind, in this order."""
    if kind is MonthKind.DUE:
        return _due()
    if kind is MonthKind.DECIDED:
        return _decided(LossDomain.RENEWAL)
    return (*_decided(LossDomain.LEAD), *_channels())


def _decided(domain: LossDomain) -> Writing:
    mine = (DecidedMonth.domain == domain, DecidedMonth.month == bindparam("month"))
    found: list[Delete | Insert] = [delete(DecidedMonth).where(*mine, _touched(DecidedMonth.scope_id))]
    for grain in DECIDED_GRAINS[domain]:
        found.append(_own_decided(domain, grain))
        found.append(_group_decided(domain, grain))
    return tuple(found)


def _own_decided(domain: LossDomain, grain: SumGrain) -> Insert:
    event = EVENTS[domain]
    keys = {SumGrain.PERSON: person(domain), SumGrain.THING: thing(domain), SumGrain.TYPE: R.type}
    key = keys.get(grain, NO_ID)
    query = select(
        event.channel_id.label("scope_id"), key.label("key"), event.loss_reason_id.label("reason_id"),
        lost_or_not(domain),
    ).where(
        event.superseded_at.is_(None), decided_kinds(domain), event.channel_id.in_(_channels_given()),
        event.business_on.between(bindparam("first"), bindparam("last")),
    )  # fmt: skip
    each = (query if grain is SumGrain.WHOLE else joined(query, domain)).subquery("each")
    lost = func.sum(each.c.lost)
    counted = (lost, func.count() - lost)
    texts = grain is SumGrain.TYPE or (grain is SumGrain.THING and domain is LossDomain.RENEWAL)
    rows = select(
        literal(domain.value, String), literal(grain.value, String), _month(), each.c.scope_id,
        *_key(each.c.key, texts), each.c.reason_id, *map(_whole, counted),
    ).group_by(each.c.scope_id, each.c.key, each.c.reason_id)  # fmt: skip
    return insert(DecidedMonth).from_select(DECIDED_COLUMNS, rows)


DECIDED_COLUMNS = ["domain", "grain", "month", "scope_id", "key_id", "key_text", "reason_id", "lost", "won"]
DUE_COLUMNS = [
    "grain", "month", "scope_id", "key_id", "key_text", "renewed", "lost", "recovered", "quoted", "unquoted",
]  # fmt: skip
CHANNEL_COLUMNS = [
    "month", "channel_id", "leads", "captured", "first_visits", "orders", "deliveries", "revenue", "guided_revenue",
    "guide_amount",
]  # fmt: skip


def _group_decided(domain: LossDomain, grain: SumGrain) -> Insert:
    d = DecidedMonth
    rows = (
        select(
            literal(domain.value, String), literal(grain.value, String), _month(), literal(GROUP, BigInteger),
            d.key_id, d.key_text, d.reason_id, _whole(func.sum(d.lost)), _whole(func.sum(d.won)),
        )
        .where(d.domain == domain, d.grain == grain, d.month == bindparam("month"), d.scope_id != GROUP)
        .group_by(d.key_id, d.key_text, d.reason_id)
    )  # fmt: skip
    return insert(d).from_select(DECIDED_COLUMNS, rows)


def _due() -> Writing:
    d = DueMonth
    found: list[Delete | Insert] = []
    for grain in DUE_GRAINS:
        mine = (d.grain == grain, d.month == bindparam("month"))
        found.append(delete(d).where(*mine, _touched(d.scope_id)))
        found.append(_own_due(grain))
        rows = (
            select(
                literal(grain.value, String), _month(), literal(GROUP, BigInteger), d.key_id, d.key_text,
                *(_whole(func.sum(getattr(d, name))) for name in DUE_COLUMNS[5:]),
            )
            .where(*mine, d.scope_id != GROUP)
            .group_by(d.key_id, d.key_text)
        )  # fmt: skip
        found.append(insert(d).from_select(DUE_COLUMNS, rows))
    return tuple(found)


def _own_due(grain: SumGrain) -> Insert:
    undecided = R.closed_at.is_(None)
    went = {
        "renewed": R.status == RenewalStatus.RENEWED, "lost": R.status == RenewalStatus.LOST,
        "recovered": R.status == RenewalStatus.RECOVERED, "quoted": undecided & R.quoted_at.is_not(None),
        "unquoted": undecided & R.quoted_at.is_(None),
    }  # fmt: skip
    each = select(
        R.channel_id.label("scope_id"), DUE_GRAINS[grain].label("key"),
        *(case((condition, 1), else_=0).label(name) for name, condition in went.items()),
    ).where(
        R.due_on.between(bindparam("first"), bindparam("last")), R.status != RenewalStatus.VOID,
        R.channel_id.in_(_channels_given()),
    ).subquery("each")  # fmt: skip
    rows = select(
        literal(grain.value, String), _month(), each.c.scope_id, *_key(each.c.key, grain in TEXTS),
        *(_whole(func.sum(each.c[name])) for name in went),
    ).group_by(each.c.scope_id, each.c.key)  # fmt: skip
    return insert(DueMonth).from_select(DUE_COLUMNS, rows)


def _channels() -> Writing:
    delivered = E.kind == K.DELIVERY
    rows = (
        select(_month(), E.channel_id, *counts(), *prices(delivered))
        .join_from(E, Lead, Lead.id == E.lead_id)
        .outerjoin(CarModel, CarModel.id == Lead.car_model_id)
        .where(
            E.superseded_at.is_(None), E.business_on.between(bindparam("first"), bindparam("last")),
            E.channel_id.in_(_channels_given()), E.kind.in_(COUNTED),
        )
        .group_by(E.channel_id)
    )  # fmt: skip
    old = delete(ChannelMonth).where(
        ChannelMonth.month == bindparam("month"), ChannelMonth.channel_id.in_(_channels_given())
    )
    return old, insert(ChannelMonth).from_select(CHANNEL_COLUMNS, rows)


def _touched(scope: Any) -> Any:
    return (scope == GROUP) | scope.in_(_channels_given())


def _channels_given() -> Any:
    return bindparam("channels", expanding=True)


def _month() -> ColumnElement[int]:
    return bindparam("month", type_=Integer)


def _key(key: Any, texts: bool) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    return (NO_ID, cast(key, String)) if texts else (cast(key, BigInteger), cast(null(), String))


def _whole(number: Any) -> ColumnElement[int]:
    return cast(number, Integer)
