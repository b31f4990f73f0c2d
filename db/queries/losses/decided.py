"""Decided cases of a period: what was lost, and what was won, each by the day of its event.

Parameters: `first`, `last` (business days), `path`, `path_end`, `people` and `reasons` (ids), `things` (ids of car
models, or names of insurers), `types` (of renewals), `competitors`, `gap_from`, `gap_to` (yuan, none: no upper end).

A reopened case's loss stays counted. A won lead is a delivered one. A lost renewal is that of who lost it, a renewed
one that of who owns it: its policy may have been issued by somebody else.
"""

from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    String,
    Subquery,
    and_,
    bindparam,
    case,
    cast,
    extract,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from db.base import Money
from db.queries.channels import subtree
from db.queries.insurers import insurer_of
from db.queries.losses.shape import Shape
from db.tables import Lead, LeadEvent, Renewal, RenewalEvent
from db.terms import LeadEventKind, LossDomain, RenewalEventKind

Rows = Select[*tuple[Any, ...]]

EVENTS: dict[LossDomain, Any] = {LossDomain.LEAD: LeadEvent, LossDomain.RENEWAL: RenewalEvent}
LOST: dict[LossDomain, Any] = {LossDomain.LEAD: LeadEventKind.LOST, LossDomain.RENEWAL: RenewalEventKind.LOST}
WON: dict[LossDomain, Any] = {LossDomain.LEAD: LeadEventKind.DELIVERY, LossDomain.RENEWAL: RenewalEventKind.RENEWED}


@cache
def decided(shape: Shape) -> Rows:
    """The counted grain: month × channel × person × thing × reason, with how many were `lost` and `won`.

    A month is its year times twelve plus its number; what was won has no reason.
    """
    each = _events(shape)
    keys = (each.c.month, each.c.channel_id, each.c.person_id, each.c.thing, each.c.reason_id)
    lost = func.sum(each.c.lost).label("lost")
    return select(*keys, lost, (func.count() - func.sum(each.c.lost)).label("won")).group_by(*keys)


@cache
def by_group(shape: Shape) -> Any:
    """Lost and won by reason and one more: `grain` says which, `person`, `thing` or `channel`; its key is `key_id`, or
    `key_text` for an insurer."""
    cube = decided(shape).cte("decided")
    named = shape.domain is LossDomain.RENEWAL
    nobody, unnamed = cast(null(), BigInteger), cast(null(), String)
    grains: dict[str, tuple[Any, Any]] = {
        "person": (cube.c.person_id, unnamed),
        "thing": (nobody, cube.c.thing) if named else (cube.c.thing, unnamed),
        "channel": (cube.c.channel_id, unnamed),
    }
    return union_all(
        *(
            select(
                literal(name, String).label("grain"), cube.c.reason_id, key.label("key_id"), text.label("key_text"),
                func.sum(cube.c.lost).label("lost"), func.sum(cube.c.won).label("won"),
            ).group_by(cube.c.reason_id, {"thing": cube.c.thing}.get(name, key))
            for name, (key, text) in grains.items()
        )
    )  # fmt: skip


@cache
def by_month(shape: Shape) -> Rows:
    """Lost and won by month and reason."""
    cube = decided(shape).subquery("decided")
    keys = (cube.c.month, cube.c.reason_id)
    return select(*keys, func.sum(cube.c.lost).label("lost"), func.sum(cube.c.won).label("won")).group_by(*keys)


def month_of(day: Any) -> ColumnElement[int]:
    """The number of a day's month: its year times twelve plus its place in it."""
    return cast(extract("year", day) * 12 + extract("month", day), Integer)


def within(shape: Shape) -> list[ColumnElement[bool]]:
    """The lost and won events of the period within the scope and the filters; reasons and what goes with them are asked
    of losses alone."""
    event = EVENTS[shape.domain]
    is_lost = event.kind == LOST[shape.domain]
    narrowed = lost_only(shape)
    kinds = (
        or_(event.kind == WON[shape.domain], and_(is_lost, *narrowed))
        if narrowed
        else event.kind.in_((LOST[shape.domain], WON[shape.domain]))
    )
    return [*in_scope(shape), kinds]


def in_scope(shape: Shape) -> list[ColumnElement[bool]]:
    """What the scope, the period and the filters demand of any event."""
    event = EVENTS[shape.domain]
    conditions: list[ColumnElement[bool]] = [
        event.superseded_at.is_(None), event.business_on.between(bindparam("first"), bindparam("last"))
    ]  # fmt: skip
    if shape.scoped:
        conditions.append(event.channel_id.in_(subtree()))
    if shape.people:
        conditions.append(person(shape.domain).in_(bindparam("people", expanding=True)))
    if shape.things:
        conditions.append(thing(shape.domain).in_(bindparam("things", expanding=True)))
    if shape.types:
        conditions.append(Renewal.type.in_(bindparam("types", expanding=True)))
    return conditions


def lost_only(shape: Shape) -> list[ColumnElement[bool]]:
    """What is asked of losses alone."""
    event, conditions = EVENTS[shape.domain], []
    if shape.reasons:
        conditions.append(event.loss_reason_id.in_(bindparam("reasons", expanding=True)))
    if shape.competitors:
        conditions.append(func.trim(event.competitor).in_(bindparam("competitors", expanding=True)))
    if shape.gap:
        to = bindparam("gap_to", type_=Money())
        conditions.append(event.price_gap_amount >= bindparam("gap_from", type_=Money()))
        conditions.append(or_(to.is_(None), event.price_gap_amount < to))
    return conditions


def person(domain: LossDomain) -> Any:
    """Whose case it was."""
    if domain is LossDomain.LEAD:
        return LeadEvent.consultant_id
    owner = func.coalesce(Renewal.owner_id, RenewalEvent.specialist_id)
    return case((RenewalEvent.kind == RenewalEventKind.LOST, RenewalEvent.specialist_id), else_=owner)


def thing(domain: LossDomain) -> Any:
    """The car model that was wanted; the insurer whose policy expired."""
    return Lead.car_model_id if domain is LossDomain.LEAD else insurer_of(RenewalEvent.renewal_id)


def joined(query: Rows, domain: LossDomain) -> Rows:
    """The events with their cases."""
    if domain is LossDomain.LEAD:
        return query.select_from(LeadEvent).join(Lead, Lead.id == LeadEvent.lead_id)
    return query.select_from(RenewalEvent).join(Renewal, Renewal.id == RenewalEvent.renewal_id)


def _events(shape: Shape) -> Subquery:
    """One row an event, so that what is grouped by has a name of its own."""
    event = EVENTS[shape.domain]
    query = select(
        month_of(event.business_on).label("month"), event.channel_id, person(shape.domain).label("person_id"),
        thing(shape.domain).label("thing"), event.loss_reason_id.label("reason_id"),
        case((event.kind == LOST[shape.domain], 1), else_=0).label("lost"),
    )  # fmt: skip
    return joined(query, shape.domain).where(*within(shape)).subquery("events")
