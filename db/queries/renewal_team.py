"""Sentences about the renewal specialists' work."""

from datetime import date
from typing import Any

from sqlalchemy import Select, and_, case, func, select

from db.queries.channels import at_home, within
from db.tables import Channel, Renewal, RenewalEvent
from db.terms import ContactMethod, ContactOutcome

Rows = Select[*tuple[Any, ...]]


def contacts(path: str | None, first: date, last: date) -> Rows:
    """How often each specialist contacted customers in a period; how many were calls, and how many were answered."""
    call = RenewalEvent.method == ContactMethod.PHONE
    answered = and_(call, RenewalEvent.outcome.is_distinct_from(ContactOutcome.NO_ANSWER))
    return (
        select(
            RenewalEvent.specialist_id, func.count().label("contacts"),
            func.sum(case((call, 1), else_=0)).label("calls"),
            func.sum(case((answered, 1), else_=0)).label("connected"),
        )
        .where(
            RenewalEvent.business_on.between(first, last), RenewalEvent.method.is_not(None),
            RenewalEvent.superseded_at.is_(None), RenewalEvent.specialist_id.is_not(None),
            at_home(RenewalEvent.channel_id, path),
        )
        .group_by(RenewalEvent.specialist_id)
    )  # fmt: skip


def loads(path: str | None, today: date, oldest: date) -> Rows:
    """How many cases each owner (none: nobody) has in the queue, due by today, and with an overdue call."""
    due = case((Renewal.queue_on <= today, 1), else_=0)
    overdue = case((Renewal.call_due_on < today, 1), else_=0)
    return (
        select(
            Renewal.owner_id, func.count().label("load"), func.sum(due).label("due"),
            func.sum(overdue).label("overdue"),
        )
        .join(Channel, Channel.id == Renewal.channel_id)
        .where(Renewal.queue_on.is_not(None), Renewal.due_on >= oldest, within(path))
        .group_by(Renewal.owner_id)
    )  # fmt: skip
