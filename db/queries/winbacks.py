"""Lost customers worth another try: win-back renewals that come due, and lost leads worth another call."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal_column, or_, select, tuple_
from sqlalchemy.orm import aliased

from db.queries import leads
from db.queries.channels import at_home
from db.tables import (
    CarModel,
    Channel,
    Customer,
    Lead,
    LeadEvent,
    LossReason,
    OptOut,
    Renewal,
    RenewalEvent,
    User,
    Vehicle,
)
from db.terms import Controllable, LeadEventKind, LeadStatus, RenewalEventKind, RenewalStatus, RenewalType

Rows = Select[*tuple[Any, ...]]

WITHIN_REACH = (Controllable.YES, Controllable.PARTLY)
POSTPONED = "postponed"  # the one reason beyond us that passes by itself
GROUP = aliased(LossReason)
BEFORE = aliased(Renewal)
COUNTED_TO = 1000  # a list's count stops here and is shown as 999+


def _renewals(path: str | None) -> Rows:
    """The win-back renewals of a scope with how they were lost the year before: no narrowing yet."""
    lost = {name: _last_loss(getattr(RenewalEvent, name)).label(name) for name in ("competitor", "price_gap_amount")}
    return (
        select(
            Renewal.id, Renewal.due_on, Renewal.status, Vehicle.plate.label("number"), Vehicle.car_model,
            Customer.name.label("customer"), Channel.name.label("channel"), User.name.label("person"),
            LossReason.name.label("reason"), LossReason.name_en.label("reason_en"), GROUP.name.label("group"),
            GROUP.name_en.label("group_en"), *lost.values(),
        )
        .select_from(Renewal)
        .join(Channel, Channel.id == Renewal.channel_id)
        .join(Vehicle, Vehicle.id == Renewal.vehicle_id)
        .outerjoin(Customer, Customer.id == Vehicle.customer_id)
        .outerjoin(User, User.id == Renewal.owner_id)
        .outerjoin(BEFORE, BEFORE.id == Renewal.won_back_from_id)
        .outerjoin(LossReason, LossReason.id == BEFORE.loss_reason_id)
        .outerjoin(GROUP, GROUP.id == LossReason.parent_id)
        .where(Renewal.type == RenewalType.WINBACK, at_home(Renewal.channel_id, path))
    )  # fmt: skip


def to_work(path: str | None, owner_id: int | None, first: date, last: date, unassigned: bool) -> Rows:
    """The ones in the queue that are due in these days; nobody's alone, if wanted.

    `owner_id` narrows them to one person's and the unassigned.
    """
    found = _renewals(path).where(
        Renewal.queue_on.is_not(None), Renewal.closed_at.is_(None), Renewal.due_on.between(first, last)
    )
    if unassigned:
        return found.where(Renewal.owner_id.is_(None))
    return found if owner_id is None else found.where(or_(Renewal.owner_id == owner_id, Renewal.owner_id.is_(None)))


def due(path: str | None, owner_id: int | None, first: date, last: date) -> Rows:
    """The ones that the rate of a period counts, whatever became of them."""
    return _renewals(path).where(*_due(owner_id, first, last))


def renewed(path: str | None, owner_id: int | None, first: date, last: date) -> Rows:
    """How many win-back renewals come due in a period, and how many of them were renewed; one row."""
    renewed = func.count(case((Renewal.status == RenewalStatus.RENEWED, 1)))
    return select(func.count().label("winback_due"), renewed.label("winback_renewed")).where(
        Renewal.type == RenewalType.WINBACK, at_home(Renewal.channel_id, path), *_due(owner_id, first, last)
    )


def by_due(found: Rows, after: tuple[date, int] | None, limit: int) -> Rows:
    """Of these, the ones past a row, what is due first on top."""
    if after is not None:
        found = found.where(tuple_(Renewal.due_on, Renewal.id) > tuple_(after[0], after[1]))
    return found.order_by(Renewal.due_on, Renewal.id).limit(limit)


def lost_leads(path: str | None, owner_id: int | None) -> Rows:
    """The lost leads of a scope, each with the loss that stands: no narrowing yet."""
    return _leads(path, owner_id, LeadEventKind.LOST).where(Lead.status == LeadStatus.LOST)


def reopened_leads(path: str | None, owner_id: int | None) -> Rows:
    """The leads of a scope that were taken up again, each with the last time, and whether they ordered since."""
    return _leads(path, owner_id, LeadEventKind.REOPENED).add_columns(_ordered_since().label("ordered"))


def worth_a_call(found: Rows, first: date, last: date) -> Rows:
    """Of the lost ones, those lost in these days for a reason that we can do something about or that time mends.

    Their number is on file, has not opted out, and belongs to nobody who is followed up or who bought since.
    """
    return found.where(
        LeadEvent.business_on.between(first, last),
        or_(LossReason.controllable.in_(WITHIN_REACH), LossReason.slug == POSTPONED),
        Customer.mobile.is_not(None),
        ~exists().where(OptOut.mobile == Customer.mobile),
        ~_came_again(),
    )


def in_days(found: Rows, first: date, last: date) -> Rows:
    """Of these, the ones whose event lies in a period."""
    return found.where(LeadEvent.business_on.between(first, last))


def latest(found: Rows, before: tuple[datetime, int] | None, limit: int) -> Rows:
    """Of these, the ones before a row, the latest event on top. The day goes first: its index is in this order."""
    if before is not None:
        found = found.where(tuple_(LeadEvent.at, LeadEvent.id) < tuple_(before[0], before[1]))
    return found.order_by(LeadEvent.business_on.desc(), LeadEvent.at.desc(), LeadEvent.id.desc()).limit(limit)


def number_of(found: Rows) -> Select[int]:
    """How many of these there are, up to `COUNTED_TO`."""
    some = found.with_only_columns(literal_column("1")).order_by(None).limit(COUNTED_TO).subquery("some")
    return select(func.count()).select_from(some)


def taken_up(path: str | None, owner_id: int | None, first: date, last: date) -> Rows:
    """How many lost leads were taken up again in a period, and how many of them ordered since; one row."""
    again = (
        select(LeadEvent.lead_id, func.min(LeadEvent.at).label("at"))
        .where(
            LeadEvent.kind == LeadEventKind.REOPENED, LeadEvent.superseded_at.is_(None),
            LeadEvent.business_on.between(first, last), at_home(LeadEvent.channel_id, path),
        )
        .group_by(LeadEvent.lead_id)
    )  # fmt: skip
    if owner_id is not None:
        again = again.join(Lead, Lead.id == LeadEvent.lead_id).where(Lead.consultant_id == owner_id)
    each, order = again.subquery("again"), aliased(LeadEvent)
    ordered = exists().where(
        order.lead_id == each.c.lead_id, order.kind == LeadEventKind.ORDER, order.superseded_at.is_(None),
        order.at >= each.c.at,
    )  # fmt: skip
    since = select(each.c.lead_id).where(ordered).subquery("since")
    return select(
        func.count().label("reopened"), func.count(since.c.lead_id).label("reopened_ordered")
    ).select_from(each.outerjoin(since, since.c.lead_id == each.c.lead_id))  # fmt: skip


def _leads(path: str | None, owner_id: int | None, kind: LeadEventKind) -> Rows:
    """The leads of a scope, each with its last event of a kind, and the reason of its last loss."""
    lost, later = aliased(LeadEvent), aliased(LeadEvent)
    last_loss = (
        select(func.max(lost.id))
        .where(lost.lead_id == Lead.id, lost.kind == LeadEventKind.LOST, lost.superseded_at.is_(None))
        .correlate(Lead)
        .scalar_subquery()
    )
    loss = aliased(LeadEvent, name="loss")
    overtaken = exists().where(
        later.lead_id == LeadEvent.lead_id, later.kind == kind, later.superseded_at.is_(None),
        tuple_(later.at, later.id) > tuple_(LeadEvent.at, LeadEvent.id),
    )  # fmt: skip
    return (
        select(
            Lead.id, Lead.version, Lead.lead_no.label("number"), Lead.status, LeadEvent.id.label("event_id"),
            LeadEvent.at, Customer.name.label("customer"), CarModel.name.label("car_model"),
            Channel.name.label("channel"), User.name.label("person"), User.active.label("works"), loss.competitor,
            loss.price_gap_amount, LossReason.name.label("reason"), LossReason.name_en.label("reason_en"),
            GROUP.name.label("group"), GROUP.name_en.label("group_en"),
        )
        .select_from(LeadEvent)
        .join(Lead, Lead.id == LeadEvent.lead_id)
        .join(Channel, Channel.id == Lead.channel_id)
        .join(User, User.id == Lead.consultant_id)
        .outerjoin(Customer, Customer.id == Lead.customer_id)
        .outerjoin(CarModel, CarModel.id == Lead.car_model_id)
        .join(loss, loss.id == last_loss)
        .join(LossReason, LossReason.id == loss.loss_reason_id)
        .outerjoin(GROUP, GROUP.id == LossReason.parent_id)
        .where(
            LeadEvent.kind == kind, LeadEvent.superseded_at.is_(None), ~overtaken, leads.within(path, owner_id),
            at_home(LeadEvent.channel_id, path),
        )
    )  # fmt: skip


def _due(owner_id: int | None, first: date, last: date) -> list[ColumnElement[bool]]:
    conditions = [Renewal.due_on.between(first, last), Renewal.status != RenewalStatus.VOID]
    return conditions if owner_id is None else [*conditions, Renewal.owner_id == owner_id]


def _came_again() -> ColumnElement[bool]:
    """Whether the customer's number belongs to another lead that is open, or that bought after the loss."""
    other, owner = aliased(Lead), aliased(Customer)
    return exists(
        select(other.id)
        .join(owner, owner.id == other.customer_id)
        .where(
            owner.mobile == Customer.mobile, other.id != Lead.id,
            or_(
                other.closed_at.is_(None),
                and_(other.status == LeadStatus.DELIVERED, other.closed_at > LeadEvent.at),
            ),
        )
        .correlate(Customer, Lead, LeadEvent)
    )  # fmt: skip


def _ordered_since() -> ColumnElement[bool]:
    order = aliased(LeadEvent)
    return exists().where(
        order.lead_id == LeadEvent.lead_id, order.kind == LeadEventKind.ORDER, order.superseded_at.is_(None),
        order.at >= LeadEvent.at,
    )  # fmt: skip


def _last_loss(column: Any) -> ColumnElement[Any]:
    return (
        select(column)
        .where(
            RenewalEvent.renewal_id == Renewal.won_back_from_id, RenewalEvent.kind == RenewalEventKind.LOST,
            RenewalEvent.superseded_at.is_(None),
        )
        .order_by(RenewalEvent.at.desc(), RenewalEvent.id.desc())
        .limit(1)
        .correlate(Renewal)
        .scalar_subquery()
    )  # fmt: skip
