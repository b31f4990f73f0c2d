"""Sentences about SMS: texts, the outbox, what a message needs to go out."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from db.queries.channels import within
from db.tables import Channel, Customer, Message, MessageTemplate, OptOut, Quote, Renewal, RenewalEvent, User, Vehicle
from db.terms import ContactMethod, MessageStatus, RenewalEventKind

Rows = Select[*tuple[Any, ...]]


def templates() -> Rows:
    """The texts in use, by kind and name."""
    table = MessageTemplate
    columns = (table.id, table.kind, table.name, table.body, table.provider_code, table.active, table.version)
    return select(*columns).where(table.active).order_by(table.kind, table.id)


def template(template_id: int) -> Rows:
    """One text."""
    table = MessageTemplate
    return select(table.id, table.kind, table.name, table.body, table.active).where(table.id == template_id)


def quote(quote_id: int) -> Rows:
    """One saved trial, as far as a message tells it."""
    return select(Quote.plan, Quote.total_amount, Quote.renewal_id).where(Quote.id == quote_id)


def recipient(renewal_id: int, path: str | None, owner_id: int | None) -> Rows:
    """Whom a message about a renewal of the scope goes to, and what of the case its text may say."""
    found = (
        select(
            Renewal.id, Renewal.channel_id, Renewal.due_on, Channel.path, Customer.id.label("customer_id"),
            Customer.name.label("customer"), Customer.mobile, Vehicle.plate,
        )
        .join(Channel, Channel.id == Renewal.channel_id)
        .join(Vehicle, Vehicle.id == Renewal.vehicle_id)
        .outerjoin(Customer, Customer.id == Vehicle.customer_id)
        .where(Renewal.id == renewal_id, within(path))
    )  # fmt: skip
    return found if owner_id is None else found.where(_reached_by(owner_id))


def store_name(path: str) -> Select[str]:
    """The name of the 4S store that a channel's path begins with."""
    return select(Channel.name).where(Channel.path == path[: path.index(".") + 1])


def plans_beside(quote_id: int) -> Rows:
    """The quotes saved together with one, the cheapest first."""
    beside = select(Quote.renewal_id, Quote.made_at).where(Quote.id == quote_id).subquery()
    return (
        select(Quote.id, Quote.plan, Quote.total_amount)
        .join(beside, and_(Quote.renewal_id == beside.c.renewal_id, Quote.made_at == beside.c.made_at))
        .order_by(Quote.total_amount, Quote.id)
    )


def due(now: datetime, limit: int) -> Select[int]:
    """The messages that wait for a worker, the longest waiting first."""
    found = select(Message.id).where(Message.status == MessageStatus.WAITING, Message.next_attempt_at <= now)
    return found.order_by(Message.next_attempt_at, Message.id).limit(limit)


def outgoing(message_id: int) -> Rows:
    """Everything that sending one message depends on, as it is now."""
    return (
        select(
            Message.id, Message.public_key, Message.status, Message.version, Message.attempts, Message.claimed_at,
            Message.error, Message.signature, Message.variables, Message.renewal_id, Message.channel_id,
            Message.event_id, MessageTemplate.body, MessageTemplate.provider_code, Customer.name.label("customer"),
            Customer.mobile, Customer.sms_consent, OptOut.at.label("opted_out_at"), Vehicle.plate, Renewal.closed_at,
            Renewal.version.label("renewal_version"),
        )
        .join(MessageTemplate, MessageTemplate.id == Message.template_id)
        .join(Customer, Customer.id == Message.customer_id)
        .join(Renewal, Renewal.id == Message.renewal_id)
        .join(Vehicle, Vehicle.id == Renewal.vehicle_id)
        .outerjoin(OptOut, OptOut.mobile == Customer.mobile)
        .where(Message.id == message_id)
    )  # fmt: skip


def of_renewal(renewal_id: int) -> Rows:
    """The messages of a case, the latest first."""
    return _listed().where(Message.renewal_id == renewal_id).order_by(Message.id.desc())


def outbox(
    path: str | None, owner_id: int | None, statuses: Collection[MessageStatus], before: int | None, limit: int
) -> Rows:
    """A page of the messages in some states, the latest first."""
    found = _listed().where(within(path), Message.status.in_(statuses)).order_by(Message.id.desc()).limit(limit)
    if before is not None:
        found = found.where(Message.id < before)
    return found if owner_id is None else found.where(_reached_by(owner_id))


def counts(path: str | None, owner_id: int | None, statuses: Collection[MessageStatus]) -> Rows:
    """How many messages are in each of some states."""
    found = (
        select(Message.status, func.count().label("messages"))
        .join(Channel, Channel.id == Message.channel_id)
        .join(Renewal, Renewal.id == Message.renewal_id)
        .where(within(path), Message.status.in_(statuses))
        .group_by(Message.status)
    )
    return found if owner_id is None else found.where(_reached_by(owner_id))


def of_event(event_id: int) -> Rows:
    """The message that an event announced."""
    return select(Message.id, Message.status, Message.version).where(Message.event_id == event_id)


def counting(event_id: int) -> Rows:
    """An event, while it still counts."""
    return select(RenewalEvent.kind).where(RenewalEvent.id == event_id, RenewalEvent.superseded_at.is_(None))


def quoted_before(event_id: int, day: date) -> Rows:
    """A quote by SMS of an earlier day, while it still counts."""
    return select(RenewalEvent.id).where(
        RenewalEvent.id == event_id, RenewalEvent.kind == RenewalEventKind.QUOTED, RenewalEvent.business_on < day,
        RenewalEvent.method == ContactMethod.SMS, RenewalEvent.superseded_at.is_(None),
    )  # fmt: skip


def _listed() -> Rows:
    return (
        select(
            Message.id, Message.renewal_id, Message.status, Message.attempts, Message.next_attempt_at,
            Message.claimed_at, Message.gateway, Message.error, Message.created_at, Message.sent_at, Message.version,
            Message.signature, Message.variables, MessageTemplate.kind, MessageTemplate.name.label("template"),
            MessageTemplate.body, Customer.name.label("customer"), Customer.mobile, Vehicle.plate,
            User.name.label("author"), Renewal.owner_id,
        )
        .join(MessageTemplate, MessageTemplate.id == Message.template_id)
        .join(Channel, Channel.id == Message.channel_id)
        .join(Renewal, Renewal.id == Message.renewal_id)
        .join(Vehicle, Vehicle.id == Renewal.vehicle_id)
        .join(Customer, Customer.id == Message.customer_id)
        .outerjoin(User, User.id == Message.created_by_id)
    )  # fmt: skip


def _reached_by(owner_id: int) -> ColumnElement[bool]:
    return or_(Renewal.owner_id == owner_id, Renewal.owner_id.is_(None))
