"""Leads: the open ones to contact, the ones found, one with its history. The scope is always an argument."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select, tuple_
from sqlalchemy.orm import aliased

from db.queries import channels
from db.tables import AuditEntry, CarModel, Channel, Customer, Lead, LeadEvent, LossReason, User, Vehicle
from db.terms import LeadEventKind, LeadSource, LeadStatus

Rows = Select[*tuple[Any, ...]]


def within(path: str | None, owner_id: int | None) -> ColumnElement[bool]:
    """The leads of a subtree and, for some, their own alone. Needs `Channel` joined."""
    return channels.within(path) if owner_id is None else and_(channels.within(path), Lead.consultant_id == owner_id)


def reached(lead_id: int, path: str | None, owner_id: int | None) -> Select[int]:
    """The lead's key if it lies within the scope."""
    return (
        select(Lead.id).join(Channel, Channel.id == Lead.channel_id).where(Lead.id == lead_id, within(path, owner_id))
    )


def numbered(lead_no: str) -> Select[int]:
    """The lead with this number."""
    return select(Lead.id).where(Lead.lead_no == lead_no)


def first_contact(lead_id: Any) -> Select[datetime]:
    """When a lead was first met."""
    return select(func.min(LeadEvent.at)).where(
        LeadEvent.lead_id == lead_id,
        LeadEvent.kind == LeadEventKind.FIRST_CONTACT,
        LeadEvent.superseded_at.is_(None),
    )


def latest(lead_id: Any, *kinds: LeadEventKind) -> Select[datetime]:
    """When something (of these kinds) last happened to a lead."""
    found = select(func.max(LeadEvent.at)).where(LeadEvent.lead_id == lead_id, LeadEvent.superseded_at.is_(None))
    return found.where(LeadEvent.kind.in_(kinds)) if kinds else found


def open_with_mobile(mobile: str, path: str | None, but: int | None = None) -> Rows:
    """Open leads of a number: who has them, since when."""
    since = first_contact(Lead.id).scalar_subquery()
    found = (
        select(Lead.lead_no, User.name.label("consultant"), since.label("since"), Customer.name.label("customer"))
        .join(Customer, Customer.id == Lead.customer_id)
        .join(Channel, Channel.id == Lead.channel_id)
        .join(User, User.id == Lead.consultant_id)
        .where(Customer.mobile == mobile, Lead.closed_at.is_(None), channels.within(path))
        .order_by(Lead.id.desc())
        .limit(5)
    )
    return found if but is None else found.where(Lead.id != but)


def rows(
    path: str | None, owner_id: int | None, consultant_id: int | None = None, source: LeadSource | None = None,
    car_model_id: int | None = None,
) -> Rows:  # fmt: skip
    """What a list shows of the leads of a scope: no order, no limit yet."""
    found = (
        select(
            Lead.id, Lead.lead_no, Lead.status, Lead.intention_level, Lead.next_contact_on, Lead.source, Lead.closed_at,
            CarModel.name.label("car_model"), Customer.name.label("customer"), Customer.mobile,
            User.name.label("consultant"), latest(Lead.id).scalar_subquery().label("last_at"),
        )
        .join(Channel, Channel.id == Lead.channel_id)
        .join(User, User.id == Lead.consultant_id)
        .outerjoin(Customer, Customer.id == Lead.customer_id)
        .outerjoin(CarModel, CarModel.id == Lead.car_model_id)
        .where(within(path, owner_id))
    )  # fmt: skip
    wanted = ((Lead.consultant_id, consultant_id), (Lead.source, source), (Lead.car_model_id, car_model_id))
    return found.where(*(column == value for column, value in wanted if value is not None))


def to_contact(found: Rows, first: date | None, last: date | None, after: tuple[date, int] | None, limit: int) -> Rows:
    """Of these, the open ones with a next contact from `first` to `last`, soonest first, past the row `after`."""
    found = found.where(Lead.closed_at.is_(None), Lead.next_contact_on.is_not(None))
    if first is not None:
        found = found.where(Lead.next_contact_on >= first)
    if last is not None:
        found = found.where(Lead.next_contact_on <= last)
    if after is not None:
        found = found.where(
            Lead.next_contact_on >= after[0], tuple_(Lead.next_contact_on, Lead.id) > tuple_(after[0], after[1])
        )
    return found.order_by(Lead.next_contact_on, Lead.id).limit(limit)


def undated(found: Rows, after: int, limit: int) -> Rows:
    """Of these, the open ones without a next contact, past the key `after`."""
    open_ones = found.where(Lead.closed_at.is_(None), Lead.next_contact_on.is_(None), Lead.id > after)
    return open_ones.order_by(Lead.id).limit(limit)


def ordered(found: Rows, after: int, limit: int) -> Rows:
    """Of these, the ones that wait for their car, past the key `after`."""
    waiting = found.where(Lead.closed_at.is_(None), Lead.status == LeadStatus.ORDERED, Lead.id > after)
    return waiting.order_by(Lead.id).limit(limit)


def closed(found: Rows, since: date, before: tuple[datetime, int] | None, limit: int) -> Rows:
    """Of these, the ones delivered or lost since a day, latest first. The days' events lead to them, not all leads."""
    recent = select(LeadEvent.lead_id).where(
        LeadEvent.business_on >= since,
        LeadEvent.kind.in_((LeadEventKind.DELIVERY, LeadEventKind.LOST)),
        LeadEvent.superseded_at.is_(None),
    )
    found = found.where(Lead.id.in_(recent), Lead.closed_at.is_not(None))
    if before is not None:
        found = found.where(tuple_(Lead.closed_at, Lead.id) < tuple_(before[0], before[1]))
    return found.order_by(Lead.closed_at.desc(), Lead.id.desc()).limit(limit)


def counts(
    path: str | None, owner_id: int | None, consultant_id: int | None, source: LeadSource | None,
    car_model_id: int | None, today: date, soon: date,
) -> Select[*tuple[int, ...]]:  # fmt: skip
    """How many open leads are overdue, due today, due soon, without a day, ordered, and all."""
    base = rows(path, owner_id, consultant_id, source, car_model_id).where(Lead.closed_at.is_(None))

    def number(condition: ColumnElement[bool], name: str) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0).label(name)

    return base.with_only_columns(
        number(Lead.next_contact_on < today, "overdue"),
        number(Lead.next_contact_on == today, "today"),
        number(and_(Lead.next_contact_on > today, Lead.next_contact_on <= soon), "soon"),
        number(Lead.next_contact_on.is_(None), "undated"),
        number(Lead.status == LeadStatus.ORDERED, "ordered"),
        func.count().label("all_open"),
    )


def with_number(found: Rows, lead_no: str, limit: int) -> Rows:
    """Of these, the one with this number, typed in capitals or not."""
    return _latest_first(found.where(Lead.lead_no.in_((lead_no, lead_no.upper()))), limit)


def with_mobile(found: Rows, digits: str, limit: int) -> Rows:
    """Of these, the ones whose number is, or ends in, these digits (eleven, or four)."""
    column = Customer.mobile if len(digits) == 11 else Customer.mobile_tail
    return _latest_first(found.where(column == digits), limit)


def named(found: Rows, start: str, limit: int) -> Rows:
    """Of these, the ones whose customer's name begins so."""
    return _latest_first(found.where(Customer.name.startswith(start, autoescape=True)), limit)


def _latest_first(found: Rows, limit: int) -> Rows:
    return found.order_by(Lead.closed_at.is_not(None), Lead.id.desc()).limit(limit)


def one(lead_id: int, path: str | None, owner_id: int | None) -> Rows:
    """One lead of the scope with all that its case shows."""
    since = first_contact(Lead.id).scalar_subquery()
    return rows(path, owner_id).where(Lead.id == lead_id).outerjoin(Vehicle, Vehicle.id == Lead.vehicle_id).add_columns(
        Lead.version, Lead.channel_id, Channel.name.label("channel"), Lead.consultant_id, Lead.customer_id,
        Lead.captured, Lead.car_model_id, Lead.district, Lead.buyer_kind, Lead.order_price, CarModel.guide_price,
        Vehicle.vin, since.label("since"),
    )  # fmt: skip


def history(lead_id: int) -> Rows:
    """Everything that happened to a lead, latest first, what was taken back included; of one moment what counts."""
    actor, consultant, group = aliased(User), aliased(User), aliased(LossReason)
    return (
        select(
            LeadEvent.id, LeadEvent.kind, LeadEvent.at, LeadEvent.amount, LeadEvent.note, LeadEvent.competitor,
            LeadEvent.price_gap_amount, LeadEvent.origin, LeadEvent.superseded_at, actor.name.label("actor"),
            consultant.name.label("consultant"), LossReason.name.label("reason"), LossReason.name_en.label("reason_en"),
            group.name.label("group"), group.name_en.label("group_en"),
        )
        .join(consultant, consultant.id == LeadEvent.consultant_id)
        .outerjoin(actor, actor.id == LeadEvent.actor_id)
        .outerjoin(LossReason, LossReason.id == LeadEvent.loss_reason_id)
        .outerjoin(group, group.id == LossReason.parent_id)
        .where(LeadEvent.lead_id == lead_id)
        .order_by(LeadEvent.at.desc(), LeadEvent.superseded_at.is_not(None), LeadEvent.id.desc())
    )  # fmt: skip


def changes(lead_id: int) -> Rows:
    """The audit rows of a lead's changes, latest first; who looked at it is not among them."""
    return (
        select(
            AuditEntry.id, AuditEntry.at, AuditEntry.action, AuditEntry.actor_id, AuditEntry.actor_name,
            AuditEntry.details,
        )
        .where(
            AuditEntry.subject == "leads", AuditEntry.subject_id == lead_id, AuditEntry.action.startswith("lead.")
        )
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
    )  # fmt: skip


def holders(path: str | None) -> Rows:
    """Who holds open leads in a subtree, and how many; those who left among them."""
    return (
        select(User.id, User.name, User.active, func.count().label("open_leads"))
        .join(Lead, Lead.consultant_id == User.id)
        .join(Channel, Channel.id == Lead.channel_id)
        .where(Lead.closed_at.is_(None), channels.within(path))
        .group_by(User.id, User.name, User.active)
        .order_by(User.active, User.name, User.id)
    )


def held_by(user_id: int, path: str | None) -> Rows:
    """The open leads of a person in a subtree, each with the path that it counts for; in one order for all writers."""
    return (
        select(Lead, Channel.path)
        .join(Channel, Channel.id == Lead.channel_id)
        .where(Lead.closed_at.is_(None), Lead.consultant_id == user_id, channels.within(path))
        .order_by(Lead.id)
        .with_for_update(of=Lead)
    )
