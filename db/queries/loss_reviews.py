"""Lost events and the managers' word on them. What was taken back or corrected since is not among them."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    bindparam,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.orm import aliased

from db.queries.channels import subtree
from db.queries.hints import among, unindexed
from db.queries.insurers import insurer_of
from db.queries.losses.decided import decided_kinds
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


@dataclass(frozen=True)
class Sight:
    """Whose losses are seen: of one domain, in a subtree (`path`, `path_end`) or anywhere, of the cases of one person
    (`owner`; of renewals, the unassigned ones too) or of everybody. Its sentences are put together once."""

    domain: LossDomain
    scoped: bool
    owned: bool


@cache
def page(sight: Sight, state: LossReviewState | None, beyond: bool) -> Rows:
    """The latest `size` losses since a day (`since`) whose review stands so (`None`: nobody has looked at them), before
    the row `before_at`, `before_id` or from the top; by day first, as an index has them."""
    event = EVENTS[sight.domain]
    held = REVIEWED[sight.domain].is_(None) if state is None else LossReview.state == state
    found = in_scope(sight, event.id).where(event.business_on >= bindparam("since"), held)
    if beyond:
        edge = tuple_(bindparam("before_at", type_=event.at.type), bindparam("before_id", type_=event.id.type))
        found = found.where(tuple_(event.at, event.id) < edge)
    order = (event.business_on.desc(), event.at.desc(), event.id.desc())
    return _losses(sight.domain, found.order_by(*order).limit(bindparam("size"))).order_by(*order)


@cache
def waiting(sight: Sight) -> Rows:
    """The ones that came back with a question, whenever they were lost, the latest loss on top; `size` of them."""
    event = EVENTS[sight.domain]
    order = (event.at.desc(), event.id.desc())
    returned = in_scope(sight, event.id).where(LossReview.state == LossReviewState.RETURNED)
    if not sight.scoped:  # in a whole group these are found sooner than among all that was ever lost
        column = REVIEWED[sight.domain]
        few = select(column).where(LossReview.state == LossReviewState.RETURNED, column.is_not(None))
        returned = returned.where(among(event.id, few))
    return _losses(sight.domain, returned.order_by(*order).limit(bindparam("size"))).order_by(*order)


@cache
def of_event(sight: Sight) -> Rows:
    """One by its event (`event_id`)."""
    event = EVENTS[sight.domain]
    return _losses(sight.domain, in_scope(sight, event.id).where(event.id == bindparam("event_id")))


@cache
def of_case(sight: Sight) -> Rows:
    """The latest one of a case (`case_id`)."""
    event = EVENTS[sight.domain]
    found = in_scope(sight, event.id).where(NAMED[sight.domain] == bindparam("case_id"))
    return _losses(sight.domain, found.order_by(event.at.desc(), event.id.desc()).limit(1))


@cache
def counts(sight: Sight) -> Rows:
    """How many losses since a day (`since`) nobody has looked at, and how many stand in each state; one row each."""
    found = in_scope(sight, func.count().label("cases"), LossReview.state)
    return found.where(EVENTS[sight.domain].business_on >= bindparam("since")).group_by(LossReview.state)


def in_scope(sight: Sight, *columns: Any) -> Rows:
    """These columns of the losses that are seen, with the review joined, and the case where a person is asked for."""
    domain = sight.domain
    event, held = EVENTS[domain], CASES[domain]
    found = select(*columns).select_from(event).outerjoin(LossReview, REVIEWED[domain] == event.id).where(*_lost(sight))
    if not sight.owned:
        return found
    found = found.join(held, held.id == NAMED[domain])
    if domain is LossDomain.LEAD:
        return found.where(Lead.consultant_id == bindparam("owner"))
    owner = unindexed(Renewal.owner_id)  # all that a person ever had are more than what waits for a word
    return found.where(or_(owner == bindparam("owner"), Renewal.owner_id.is_(None)))


def _lost(sight: Sight) -> list[ColumnElement[bool]]:
    """Lost in the scope, said as the indexes of decided cases say it: by channel and day, or by day."""
    event = EVENTS[sight.domain]
    lost = event.kind == literal_column(f"'{KINDS[sight.domain].value}'")
    here = among(event.channel_id, subtree()) if sight.scoped else true()
    return [lost, decided_kinds(sight.domain), event.superseded_at.is_(None), here]


def _losses(domain: LossDomain, keys: Rows) -> Rows:
    """What is told of the losses with these keys. The keys are found first, and the rest hangs on them: the planner,
    which takes losses without a review for fewer than they are, would otherwise describe thousands to show fifty."""
    wanted = keys.subquery("wanted")
    return _lead_losses(wanted) if domain is LossDomain.LEAD else _renewal_losses(wanted)


def _lead_losses(wanted: FromClause) -> Rows:
    person = aliased(User)
    columns = (
        Lead.lead_no.label("number"), CarModel.name.label("car_model"), person.name.label("person"),
        null().label("countermeasure"), null().label("insurer"),
    )  # fmt: skip
    return (
        _told(LossDomain.LEAD, wanted, *columns)
        .join(person, person.id == LeadEvent.consultant_id)
        .outerjoin(Customer, Customer.id == Lead.customer_id)
        .outerjoin(CarModel, CarModel.id == Lead.car_model_id)
    )


def _renewal_losses(wanted: FromClause) -> Rows:
    person = aliased(User)
    columns = (
        Vehicle.plate.label("number"), Vehicle.car_model, person.name.label("person"), RenewalEvent.countermeasure,
        insurer_of(Renewal.id).label("insurer"),
    )  # fmt: skip
    return (
        _told(LossDomain.RENEWAL, wanted, *columns)
        .join(Vehicle, Vehicle.id == Renewal.vehicle_id)
        .outerjoin(person, person.id == func.coalesce(RenewalEvent.specialist_id, Renewal.owner_id))
        .outerjoin(Customer, Customer.id == Vehicle.customer_id)
    )


REASON, GROUP = LossReason, aliased(LossReason)
REVIEWER, ANSWERER = aliased(User), aliased(User)


def _told(domain: LossDomain, wanted: FromClause, *more: Any) -> Rows:
    """The wanted events with case, channel, reason and review."""
    event, held = EVENTS[domain], CASES[domain]
    columns = (
        literal(domain.value).label("domain"), event.id.label("event_id"), NAMED[domain].label("case_id"),
        held.version.label("case_version"), event.at, event.loss_reason_id, event.competitor,
        event.price_gap_amount, event.note, event.channel_id, Channel.name.label("channel"),
        Customer.name.label("customer"), REASON.name.label("reason"), REASON.name_en.label("reason_en"),
        GROUP.name.label("group"), GROUP.name_en.label("group_en"),
        LossReview.id.label("review_id"), LossReview.version.label("review_version"), LossReview.state,
        LossReview.question, LossReview.reviewed_at, LossReview.answer, LossReview.answered_at,
        REVIEWER.name.label("reviewed_by"), ANSWERER.name.label("answered_by"),
    )  # fmt: skip
    return (
        select(*columns, *more)
        .select_from(wanted)
        .join(event, event.id == wanted.c.id)
        .join(held, held.id == NAMED[domain])
        .join(Channel, Channel.id == event.channel_id)
        .join(REASON, REASON.id == event.loss_reason_id)
        .outerjoin(GROUP, GROUP.id == REASON.parent_id)
        .outerjoin(LossReview, REVIEWED[domain] == event.id)
        .outerjoin(REVIEWER, REVIEWER.id == LossReview.reviewed_by_id)
        .outerjoin(ANSWERER, ANSWERER.id == LossReview.answered_by_id)
    )
