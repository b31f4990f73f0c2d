"""The cases behind the numbers of the loss analysis, a page at a time by key.

Parameters as in `db.queries.losses.decided`; `before_at`, `before_id` or `after_on`, `after_id` (the last row seen),
`limit`; of a window `today`, and `lost_for` (a reason) where only those lost for one are wanted; `group`, the key of
the one group that is wanted, or the keys of several.
"""

from dataclasses import dataclass
from enum import StrEnum, auto
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, case, literal, select, tuple_
from sqlalchemy.orm import aliased

from db.base import Instant
from db.queries.insurers import insurer_of
from db.queries.loss_reviews import REVIEWED, UNCLEAR
from db.queries.losses.decided import EVENTS, LOST, WON, in_scope, lost_only, person, thing
from db.queries.losses.shape import Shape
from db.queries.losses.windows import in_window
from db.queries.renewal_figures import outcomes
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
from db.terms import LossDomain, LossReviewState, RenewalStatus

Rows = Select[*tuple[Any, ...]]
REASON, GROUP = LossReason, aliased(LossReason)


class Which(StrEnum):
    """Which decided cases are listed."""

    LOST = auto()
    WON = auto()
    DECIDED = auto()
    CLEAR = auto()  # lost, with a clear reason that a manager accepted


class Went(StrEnum):
    """Where the listed renewals of a window went."""

    DUE = auto()
    RENEWED = auto()
    LOST = auto()
    LAPSED = auto()
    OPEN = auto()  # quoted or not
    OPEN_QUOTED = auto()
    OPEN_UNQUOTED = auto()


@dataclass(frozen=True)
class Within:
    """One group alone: of a `person`, `thing`, `type` or `channel` by its key, or of those that have none; or several
    groups together."""

    grain: str
    keyed: bool
    several: bool = False


@cache
def decided(shape: Shape, which: Which, further: bool, within: Within | None = None) -> Rows:
    """Lost and won events with their cases, the latest first."""
    event = EVENTS[shape.domain]
    query = (_leads() if shape.domain is LossDomain.LEAD else _renewals()).where(*in_scope(shape))
    query = query.where(_kind(shape, which)).outerjoin(LossReview, REVIEWED[shape.domain] == event.id)
    if which in (Which.LOST, Which.CLEAR):
        query = query.where(*lost_only(shape))
    if which is Which.CLEAR:
        query = query.where(LossReview.state == LossReviewState.ACCEPTED, REASON.slug != UNCLEAR, GROUP.slug != UNCLEAR)
    if within is not None:
        columns = {"person": person(shape.domain), "thing": thing(shape.domain), "type": Renewal.type}
        query = query.where(_alone(columns.get(within.grain, event.channel_id), within))
    if further:
        seen = tuple_(bindparam("before_at", type_=Instant()), bindparam("before_id"))
        query = query.where(tuple_(event.at, event.id) < seen)
    return query.order_by(event.at.desc(), event.id.desc()).limit(bindparam("limit"))


@cache
def window(shape: Shape, went: Went, of_reason: bool, further: bool, within: Within | None = None) -> Rows:
    """Renewals of a window, the earliest due first; of the lost ones, where wanted, those lost for one reason."""
    query = (
        select(
            Renewal.id, Renewal.id.label("case_id"), Renewal.due_on, Renewal.status, Vehicle.plate.label("number"),
            Customer.name.label("customer"), User.name.label("person"), insurer_of(Renewal.id).label("thing"),
            Channel.name.label("channel"), *_reason(),
        )
        .join(Vehicle, Vehicle.id == Renewal.vehicle_id)
        .join(Channel, Channel.id == Renewal.channel_id)
        .outerjoin(Customer, Customer.id == Vehicle.customer_id)
        .outerjoin(User, User.id == Renewal.owner_id)
        .outerjoin(REASON, and_(REASON.id == Renewal.loss_reason_id, Renewal.status == RenewalStatus.LOST))
        .outerjoin(GROUP, GROUP.id == REASON.parent_id)
        .where(*in_window(shape), _went(went))
    )  # fmt: skip
    if of_reason:
        query = query.where(REASON.id.in_(bindparam("lost_for", expanding=True)))
    if within is not None:
        columns = {"person": Renewal.owner_id, "thing": insurer_of(Renewal.id), "type": Renewal.type}
        query = query.where(_alone(columns.get(within.grain, Renewal.channel_id), within))
    if further:
        seen = tuple_(bindparam("after_on", type_=Date()), bindparam("after_id"))
        query = query.where(tuple_(Renewal.due_on, Renewal.id) > seen)
    return query.order_by(Renewal.due_on, Renewal.id).limit(bindparam("limit"))


def _alone(column: Any, within: Within) -> ColumnElement[bool]:
    if within.several:
        several: ColumnElement[bool] = column.in_(bindparam("group", expanding=True))
        return several
    alone: ColumnElement[bool] = column == bindparam("group") if within.keyed else column.is_(None)
    return alone


def _kind(shape: Shape, which: Which) -> ColumnElement[bool]:
    lost, won = LOST[shape.domain], WON[shape.domain]
    kinds = {Which.WON: (won,), Which.DECIDED: (lost, won)}.get(which, (lost,))
    found: ColumnElement[bool] = EVENTS[shape.domain].kind.in_(kinds)
    return found


def _went(went: Went) -> ColumnElement[bool]:
    said = outcomes()
    if went is Went.OPEN_UNQUOTED:
        return and_(said["open"], ~said["open_quoted"])
    return said[went.value]


def _leads() -> Rows:
    return _told(
        select(*_columns(LossDomain.LEAD), Lead.id.label("case_id"), Lead.lead_no.label("number"),
               CarModel.name.label("thing"))
        .join(Lead, Lead.id == LeadEvent.lead_id)
        .join(User, User.id == LeadEvent.consultant_id)
        .outerjoin(Customer, Customer.id == Lead.customer_id)
        .outerjoin(CarModel, CarModel.id == Lead.car_model_id),
        LeadEvent,
    )  # fmt: skip


def _renewals() -> Rows:
    return _told(
        select(*_columns(LossDomain.RENEWAL), Renewal.id.label("case_id"), Vehicle.plate.label("number"),
               insurer_of(Renewal.id).label("thing"))
        .join(Renewal, Renewal.id == RenewalEvent.renewal_id)
        .join(Vehicle, Vehicle.id == Renewal.vehicle_id)
        .outerjoin(User, User.id == person(LossDomain.RENEWAL))
        .outerjoin(Customer, Customer.id == Vehicle.customer_id),
        RenewalEvent,
    )  # fmt: skip


def _told(query: Rows, event: Any) -> Rows:
    return (
        query.join(Channel, Channel.id == event.channel_id)
        .outerjoin(REASON, REASON.id == event.loss_reason_id)
        .outerjoin(GROUP, GROUP.id == REASON.parent_id)
    )


def _columns(domain: LossDomain) -> tuple[Any, ...]:
    event = EVENTS[domain]
    return (
        literal(domain.value).label("domain"), event.id, event.at,
        case((event.kind == LOST[domain], 1), else_=0).label("lost"), event.competitor,
        event.price_gap_amount, User.name.label("person"), Customer.name.label("customer"),
        Channel.name.label("channel"), LossReview.state.label("review"), *_reason(),
    )  # fmt: skip


def _reason() -> tuple[Any, ...]:
    return (
        REASON.name.label("reason"), REASON.name_en.label("reason_en"), GROUP.name.label("group"),
        GROUP.name_en.label("group_en"),
    )  # fmt: skip
