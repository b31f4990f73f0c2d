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
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    union_all,
)

from db.base import Money
from db.queries.channels import subtree
from db.queries.hints import among
from db.queries.insurers import insurer_of
from db.queries.losses.shape import Shape
from db.queries.months import month_of
from db.tables import Lead, LeadEvent, Renewal, RenewalEvent
from db.terms import LeadEventKind, LossDomain, RenewalEventKind

Rows = Select[*tuple[Any, ...]]

EVENTS: dict[LossDomain, Any] = {LossDomain.LEAD: LeadEvent, LossDomain.RENEWAL: RenewalEvent}
LOST: dict[LossDomain, Any] = {LossDomain.LEAD: LeadEventKind.LOST, LossDomain.RENEWAL: RenewalEventKind.LOST}
WON: dict[LossDomain, Any] = {LossDomain.LEAD: LeadEventKind.DELIVERY, LossDomain.RENEWAL: RenewalEventKind.RENEWED}


GRAINS = ("person", "thing", "channel")


@cache
def by_group(shape: Shape) -> Any:
    """Lost and won by reason and one more: `grain` says which, `person`, `thing` or `channel`; its key is `key_id`, or
    `key_text` for an insurer. Each is counted by itself, so that none pays for what another asks of the cases."""
    return union_all(*(_by(shape, grain) for grain in GRAINS))


def _by(shape: Shape, grain: str) -> Rows:
    event = EVENTS[shape.domain]
    key = {"person": person, "thing": thing}.get(grain, lambda _: event.channel_id)(shape.domain)
    each = (
        asked(
            select(key.label("key"), event.loss_reason_id.label("reason_id"), lost_or_not(shape.domain)), shape, grain
        )
        .where(*within(shape))
        .subquery("events")
    )
    named = grain == "thing" and shape.domain is LossDomain.RENEWAL
    nothing = cast(null(), BigInteger if named else String)
    lost = func.sum(each.c.lost)
    return select(
        literal(grain, String).label("grain"), each.c.reason_id,
        (nothing if named else each.c.key).label("key_id"), (each.c.key if named else nothing).label("key_text"),
        lost.label("lost"), (func.count() - lost).label("won"),
    ).group_by(each.c.reason_id, each.c.key)  # fmt: skip


@cache
def by_month(shape: Shape) -> Rows:
    """Lost and won by month and reason. A month is its year times twelve plus its number; what was won has no reason.

    Days are counted first, as their index has them: a month told of every single event would cost more than the rest.
    """
    event = EVENTS[shape.domain]
    lost = func.sum(lost_or_not(shape.domain))
    days = (
        asked(select(event.business_on, event.loss_reason_id.label("reason_id")), shape)
        .add_columns(lost.label("lost"), (func.count() - lost).label("won"))
        .where(*within(shape))
        .group_by(event.business_on, event.loss_reason_id)
        .subquery("days")
    )
    month = month_of(days.c.business_on)
    return select(
        month.label("month"), days.c.reason_id, func.sum(days.c.lost).label("lost"), func.sum(days.c.won).label("won")
    ).group_by(month, days.c.reason_id)


def asked(query: Rows, shape: Shape, grain: str = "") -> Rows:
    """The events, with their cases where a filter or a grain asks something of them."""
    if shape.domain is LossDomain.LEAD:
        cases = shape.things or grain == "thing"
    else:
        cases = shape.people or shape.types or grain == "person"
    return joined(query, shape.domain) if cases else query.select_from(EVENTS[shape.domain])


def lost_or_not(domain: LossDomain) -> ColumnElement[int]:
    """1 for a lost case, 0 for a won one."""
    return case((EVENTS[domain].kind == LOST[domain], 1), else_=0).label("lost")


def within(shape: Shape) -> list[ColumnElement[bool]]:
    """The lost and won events of the period within the scope and the filters; reasons and what goes with them are asked
    of losses alone."""
    event, narrowed = EVENTS[shape.domain], lost_only(shape)
    conditions = [*in_scope(shape), decided_kinds(shape.domain)]
    return [*conditions, or_(event.kind == WON[shape.domain], and_(*narrowed))] if narrowed else conditions


def decided_kinds(domain: LossDomain) -> ColumnElement[bool]:
    """Lost or won, said as the index of decided cases says it: a parameter would hide it from the planner."""
    event = EVENTS[domain]
    return or_(*(event.kind == literal_column(f"'{kind[domain].value}'") for kind in (LOST, WON)))


def in_scope(shape: Shape) -> list[ColumnElement[bool]]:
    """What the scope, the period and the filters demand of any event."""
    event = EVENTS[shape.domain]
    conditions: list[ColumnElement[bool]] = [
        event.superseded_at.is_(None), event.business_on.between(bindparam("first"), bindparam("last"))
    ]  # fmt: skip
    if shape.scoped:
        conditions.append(among(event.channel_id, subtree()))
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
