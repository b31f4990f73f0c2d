"""The board's sentences. Each is built once per shape and takes its values as parameters:

`first`, `last` (business days), `path`, `path_end` (a subtree), `consultants`, `sources`, `models`, `archived_before`,
`today`.
"""

from dataclasses import dataclass
from functools import cache, reduce
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Subquery,
    bindparam,
    case,
    distinct,
    exists,
    func,
    select,
    true,
)
from sqlalchemy.orm import aliased

from db.queries.channels import subtree
from db.tables import Channel, Lead, LeadEvent, Policy, Renewal, RenewalEvent, User
from db.terms import BusinessType, LeadEventKind, LeadSource, PolicyLine, RenewalEventKind, Role

E = LeadEvent
K = LeadEventKind
S = LeadSource


@dataclass(frozen=True)
class Shape:
    """Which conditions a sentence has: a subtree or the whole group, and which filters."""

    subtree: bool = False
    consultants: bool = False
    sources: bool = False
    models: bool = False


def lead_events(shape: Shape) -> list[ColumnElement[bool]]:
    """The events of the period within the scope and the filters."""
    conditions: list[ColumnElement[bool]] = [
        E.superseded_at.is_(None),
        E.business_on.between(bindparam("first"), bindparam("last")),
    ]
    if shape.subtree:
        conditions.append(E.channel_id.in_(subtree()))
    if shape.consultants:
        conditions.append(E.consultant_id.in_(bindparam("consultants", expanding=True)))
    if shape.sources:
        conditions.append(E.source.in_(bindparam("sources", expanding=True)))
    if shape.models:
        lead = aliased(Lead)
        wanted = lead.car_model_id.in_(bindparam("models", expanding=True))
        conditions.append(exists().where(lead.id == E.lead_id, wanted).correlate(E))
    return conditions


def is_(kind: LeadEventKind, source: LeadSource | None = None) -> ColumnElement[bool]:
    return E.kind == kind if source is None else (E.kind == kind) & (E.source == source)


def happened(kind: LeadEventKind, source: LeadSource | None = None) -> ColumnElement[int]:
    """How many events of a kind."""
    return func.count(case((is_(kind, source), 1)))


def net_orders(source: LeadSource | None = None) -> ColumnElement[int]:
    """Orders minus cancellations, each on its own day."""
    return happened(K.ORDER, source) - happened(K.ORDER_CANCELLED, source)


def driven_leads(source: LeadSource | None = None) -> ColumnElement[int]:
    """Leads with a test drive, each once."""
    return func.count(distinct(case((is_(K.TEST_DRIVE, source), E.lead_id))))


def captured(source: LeadSource | None = None) -> ColumnElement[int]:
    """First contacts of leads with a mobile number. The lead is looked up for first contacts alone."""
    lead = aliased(Lead)
    on_file = select(lead.captured).where(lead.id == E.lead_id).scalar_subquery()
    return func.count(case((is_(K.FIRST_CONTACT, source) & on_file, 1)))


def unseen_before() -> ColumnElement[bool]:
    """Whether a return visit is its lead's first."""
    earlier = aliased(LeadEvent)
    return ~exists().where(
        earlier.lead_id == E.lead_id, earlier.kind == K.RETURN_VISIT, earlier.superseded_at.is_(None),
        (earlier.at < E.at) | ((earlier.at == E.at) & (earlier.id < E.id)),
    ).correlate(E)  # fmt: skip


def insured_lead() -> ColumnElement[bool]:
    """Whether the event's car holds a new commercial policy, wherever in the group it was issued."""
    lead = aliased(Lead)
    return exists().where(
        lead.id == E.lead_id, Policy.vehicle_id == lead.vehicle_id, Policy.line == PolicyLine.COMMERCIAL,
        Policy.business_type == BusinessType.NEW,
    ).correlate(E)  # fmt: skip


def showroom() -> list[ColumnElement[Any]]:
    """What is counted from lead events at any grain."""
    first = K.FIRST_CONTACT
    return [
        happened(first).label("leads"),
        happened(first, S.WALK_IN).label("first_visits"),
        happened(first, S.CALL).label("calls"),
        happened(first, S.OUTDOOR).label("outdoor_leads"),
        happened(first, S.ONLINE).label("online_leads"),
        happened(first, S.REFERRAL).label("referral_leads"),
        captured(S.WALK_IN).label("captured_visits"),
        happened(K.RETURN_VISIT).label("return_visits"),
        driven_leads().label("test_drives"),
        driven_leads(S.WALK_IN).label("walk_in_test_drives"),
        net_orders().label("orders"),
        net_orders(S.WALK_IN).label("walk_in_orders"),
        net_orders(S.OUTDOOR).label("outdoor_orders"),
        happened(K.DELIVERY).label("deliveries"),
        happened(K.DELIVERY, S.WALK_IN).label("walk_in_deliveries"),
        happened(K.LOST).label("lead_losses"),
    ]


@cache
def numbers(shape: Shape) -> Select[*tuple[Any, ...]]:
    """Every number of the board, in one row."""
    sales = select(
        *showroom(),
        func.count(case((is_(K.DELIVERY) & insured_lead(), 1))).label("insured_deliveries"),
    )
    parts: list[FromClause] = [
        sales.where(*lead_events(shape)).subquery("sales"),
        _invited(shape),
        _consultants(shape),
        _policies(shape),
        _settled(shape),
        _overdue(shape),
    ]
    joined = reduce(lambda left, right: left.join(right, true()), parts[1:], parts[0])
    return select(*parts).select_from(joined)


@cache
def by_day(shape: Shape) -> Select[*tuple[Any, ...]]:
    """The showroom's numbers, one row for each day on which something happened."""
    return select(E.business_on.label("day"), *showroom()).where(*lead_events(shape)).group_by(E.business_on)


@cache
def by_consultant(shape: Shape) -> Select[*tuple[Any, ...]]:
    """The showroom's numbers, one row for each person with an event."""
    sums = (
        select(E.consultant_id.label("user_id"), *showroom())
        .where(*lead_events(shape))
        .group_by(E.consultant_id)
        .subquery()
    )
    return select(User.name, User.active, sums).join(User, User.id == sums.c.user_id)


@cache
def by_consultant_and_day(shape: Shape) -> Select[*tuple[Any, ...]]:
    """Orders and deliveries, one row for each person and day with one."""
    return (
        select(
            E.consultant_id.label("user_id"), E.business_on.label("day"), net_orders().label("orders"),
            happened(K.DELIVERY).label("deliveries"),
        )
        .where(*lead_events(shape), E.kind.in_((K.ORDER, K.ORDER_CANCELLED, K.DELIVERY)))
        .group_by(E.consultant_id, E.business_on)
    )  # fmt: skip


@cache
def by_source(shape: Shape) -> Select[*tuple[Any, ...]]:
    """The showroom's numbers, one row for each source with an event."""
    return select(E.source.label("source"), *showroom()).where(*lead_events(shape)).group_by(E.source)


@cache
def by_hour(shape: Shape) -> Select[*tuple[Any, ...]]:
    """When people come and call: visits and calls by hour of the store's clock."""
    visits = happened(K.FIRST_CONTACT, S.WALK_IN) + happened(K.RETURN_VISIT)
    return (
        select(E.hour, visits.label("visits"), happened(K.FIRST_CONTACT, S.CALL).label("calls"))
        .where(*lead_events(shape), E.kind.in_((K.FIRST_CONTACT, K.RETURN_VISIT)))
        .group_by(E.hour)
    )


@cache
def consultants(shape: Shape) -> Select[*tuple[Any, ...]]:
    """Consultants at work now, at home in the scope."""
    return select(User.id, User.name).where(*_at_work(shape))


def _at_work(shape: Shape) -> list[ColumnElement[bool]]:
    conditions = [User.role == Role.CONSULTANT, User.active.is_(True)]
    if shape.subtree:
        conditions.append(User.channel_id.in_(subtree()))
    if shape.consultants:
        conditions.append(User.id.in_(bindparam("consultants", expanding=True)))
    return conditions


def _consultants(shape: Shape) -> Subquery:
    return select(func.count(User.id).label("consultants")).where(*_at_work(shape)).subquery("people")


def policies(shape: Shape) -> list[ColumnElement[bool]]:
    """The policies issued in the period within the scope; a filter by person is by issuer."""
    conditions: list[ColumnElement[bool]] = [Policy.issued_on.between(bindparam("first"), bindparam("last"))]
    if shape.subtree:
        conditions.append(Policy.channel_id.in_(subtree()))
    if shape.consultants:
        conditions.append(Policy.issuer_id.in_(bindparam("consultants", expanding=True)))
    return conditions


def renewal_events(shape: Shape) -> list[ColumnElement[bool]]:
    """The events of renewals in the period within the scope; a filter by person is by who did it."""
    event = RenewalEvent
    conditions: list[ColumnElement[bool]] = [
        event.superseded_at.is_(None), event.business_on.between(bindparam("first"), bindparam("last"))
    ]  # fmt: skip
    if shape.subtree:
        conditions.append(event.channel_id.in_(subtree()))
    if shape.consultants:
        conditions.append(event.specialist_id.in_(bindparam("consultants", expanding=True)))
    return conditions


def overdue(shape: Shape) -> list[ColumnElement[bool]]:
    """Open renewals, not archived, whose call after a quote was owed before today; a filter by person is by owner."""
    conditions: list[ColumnElement[bool]] = [
        Renewal.closed_at.is_(None), Renewal.call_due_on.is_not(None), Renewal.call_due_on < bindparam("today"),
        Renewal.due_on >= bindparam("archived_before"),
        Renewal.channel_id.in_(subtree() if shape.subtree else select(Channel.id)),
    ]  # fmt: skip
    if shape.consultants:
        conditions.append(Renewal.owner_id.in_(bindparam("consultants", expanding=True)))
    return conditions


def _policies(shape: Shape) -> Subquery:
    premium = func.coalesce(func.sum(Policy.premium_amount), 0)
    counted = select(func.count(Policy.id).label("policies_issued"), premium.label("premium_amount"))
    return counted.where(*policies(shape)).subquery("policies")


def _invited(shape: Shape) -> Subquery:
    """Return visits that are the first of a lead who did not first walk in. Apart, so that the rest needs no row."""
    visits = (E.kind == K.RETURN_VISIT, E.source != S.WALK_IN, unseen_before())
    return select(func.count(E.id).label("invited_visits")).where(*lead_events(shape), *visits).subquery("invited")


def _settled(shape: Shape) -> Subquery:
    """Renewed and lost events of renewals."""
    kind = RenewalEvent.kind
    counted = select(
        func.count(case((kind == RenewalEventKind.RENEWED, 1))).label("renewals_renewed"),
        func.count(case((kind == RenewalEventKind.LOST, 1))).label("renewal_losses"),
    )
    decided = kind.in_((RenewalEventKind.RENEWED, RenewalEventKind.LOST))
    return counted.where(*renewal_events(shape), decided).subquery("settled")


def _overdue(shape: Shape) -> Subquery:
    return select(func.count(Renewal.id).label("calls_overdue")).where(*overdue(shape)).subquery("overdue")
