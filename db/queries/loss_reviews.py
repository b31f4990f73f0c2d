"""Lost events and the managers' word on them. What was taken back or corrected since is not among them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, null, or_, select, tuple_
from sqlalchemy.orm import aliased

from db.queries.channels import within
from db.queries.insurers import insurer_of
from db.tables import (
    CarModel,
    Channel,
    Customer,
    Lead,
    LeadEvent,
    LossReason,
    LossReview,
    Renewal,
    RenewalEvent,
    User,
    Vehicle,
)
from db.terms import LeadEventKind, LossDomain, LossReviewState, RenewalEventKind

Rows = Select[*tuple[Any, ...]]

EVENTS: dict[LossDomain, Any] = {LossDomain.LEAD: LeadEvent, LossDomain.RENEWAL: RenewalEvent}
CASES: dict[LossDomain, Any] = {LossDomain.LEAD: Lead, LossDomain.RENEWAL: Renewal}
KINDS = {LossDomain.LEAD: LeadEventKind.LOST, LossDomain.RENEWAL: RenewalEventKind.LOST}
REVIEWED = {LossDomain.LEAD: LossReview.lead_event_id, LossDomain.RENEWAL: LossReview.renewal_event_id}
NAMED = {LossDomain.LEAD: LeadEvent.lead_id, LossDomain.RENEWAL: RenewalEvent.renewal_id}
UNCLEAR = "other"  # the slug of the reason that says nothing


def losses(domain: LossDomain, path: str | None, owner_id: int | None) -> Rows:
    """The losses of a scope that count, each with its review if it has one: no order, no limit yet.

    `owner_id` narrows them to the cases of one person; of renewals, to the unassigned ones too.
    """
    return _lead_losses(path, owner_id) if domain is LossDomain.LEAD else _renewal_losses(path, owner_id)


def in_state(found: Rows, domain: LossDomain, state: LossReviewState | None, since: date) -> Rows:
    """Of these, the ones lost since a day whose review stands so; `None`: nobody has looked at them."""
    held = LossReview.id.is_(None) if state is None else LossReview.state == state
    return found.where(EVENTS[domain].business_on >= since, held)


def page(found: Rows, domain: LossDomain, before: tuple[datetime, int] | None, limit: int) -> Rows:
    """Of these, the latest ones that were lost before the row `before`."""
    event = EVENTS[domain]
    if before is not None:
        found = found.where(tuple_(event.at, event.id) < tuple_(before[0], before[1]))
    return found.order_by(event.at.desc(), event.id.desc()).limit(limit)


def of_event(found: Rows, domain: LossDomain, event_id: int) -> Rows:
    """Of these, one by its event."""
    return found.where(EVENTS[domain].id == event_id)


def of_case(found: Rows, domain: LossDomain, case_id: int) -> Rows:
    """Of these, the latest one of a case."""
    event = EVENTS[domain]
    return found.where(NAMED[domain] == case_id).order_by(event.at.desc(), event.id.desc()).limit(1)


def counts(domain: LossDomain, path: str | None, owner_id: int | None, since: date) -> Rows:
    """How many losses since a day nobody has looked at, and how many stand in each state; one row each."""
    found = in_scope(domain, path, owner_id, func.count().label("cases"), LossReview.state)
    return found.where(EVENTS[domain].business_on >= since).group_by(LossReview.state)


def in_scope(domain: LossDomain, path: str | None, owner_id: int | None, *columns: Any) -> Rows:
    """These columns of the losses of a scope, with case, channel and review joined."""
    event, held = EVENTS[domain], CASES[domain]
    found = (
        select(*columns)
        .select_from(event)
        .join(held, held.id == NAMED[domain])
        .join(Channel, Channel.id == event.channel_id)
        .outerjoin(LossReview, REVIEWED[domain] == event.id)
        .where(*_counted(domain, path))
    )
    if owner_id is None:
        return found
    if domain is LossDomain.LEAD:
        return found.where(Lead.consultant_id == owner_id)
    return found.where(or_(Renewal.owner_id == owner_id, Renewal.owner_id.is_(None)))


def _counted(domain: LossDomain, path: str | None) -> list[ColumnElement[bool]]:
    event = EVENTS[domain]
    return [event.kind == KINDS[domain], event.superseded_at.is_(None), within(path)]


def _lead_losses(path: str | None, owner_id: int | None) -> Rows:
    person = aliased(User)
    columns = (
        Lead.lead_no.label("number"), CarModel.name.label("car_model"), person.name.label("person"),
        null().label("countermeasure"), null().label("insurer"),
    )  # fmt: skip
    found = in_scope(LossDomain.LEAD, path, owner_id, *_columns(LossDomain.LEAD), *columns)
    return _described(
        found.join(person, person.id == LeadEvent.consultant_id)
        .outerjoin(Customer, Customer.id == Lead.customer_id)
        .outerjoin(CarModel, CarModel.id == Lead.car_model_id),
        LeadEvent,
    )


def _renewal_losses(path: str | None, owner_id: int | None) -> Rows:
    person = aliased(User)
    columns = (
        Vehicle.plate.label("number"), Vehicle.car_model, person.name.label("person"), RenewalEvent.countermeasure,
        insurer_of(Renewal.id).label("insurer"),
    )  # fmt: skip
    found = in_scope(LossDomain.RENEWAL, path, owner_id, *_columns(LossDomain.RENEWAL), *columns)
    return _described(
        found.join(Vehicle, Vehicle.id == Renewal.vehicle_id)
        .outerjoin(person, person.id == func.coalesce(RenewalEvent.specialist_id, Renewal.owner_id))
        .outerjoin(Customer, Customer.id == Vehicle.customer_id),
        RenewalEvent,
    )


REASON, GROUP = LossReason, aliased(LossReason)
REVIEWER, ANSWERER = aliased(User), aliased(User)


def _columns(domain: LossDomain) -> tuple[Any, ...]:
    event = EVENTS[domain]
    return (
        literal(domain.value).label("domain"), event.id.label("event_id"), NAMED[domain].label("case_id"),
        CASES[domain].version.label("case_version"), event.at, event.loss_reason_id, event.competitor,
        event.price_gap_amount, event.note, event.channel_id, Channel.name.label("channel"),
        Customer.name.label("customer"), REASON.name.label("reason"), REASON.name_en.label("reason_en"),
        GROUP.name.label("group"), GROUP.name_en.label("group_en"),
        LossReview.id.label("review_id"), LossReview.version.label("review_version"), LossReview.state,
        LossReview.question, LossReview.reviewed_at, LossReview.answer, LossReview.answered_at,
        REVIEWER.name.label("reviewed_by"), ANSWERER.name.label("answered_by"),
    )  # fmt: skip


def _described(found: Rows, event: Any) -> Rows:
    return (
        found.join(REASON, REASON.id == event.loss_reason_id)
        .outerjoin(GROUP, GROUP.id == REASON.parent_id)
        .outerjoin(REVIEWER, REVIEWER.id == LossReview.reviewed_by_id)
        .outerjoin(ANSWERER, ANSWERER.id == LossReview.answered_by_id)
    )
