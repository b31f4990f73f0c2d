"""Taking hold of a lead for a change, and writing what happened to it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import insert

from db.queries import leads as queries
from db.tables import Lead, LeadEvent
from db.terms import LeadEventKind
from lib import clock
from lib.data import Change
from lib.refusals import NotFound


@dataclass(frozen=True)
class Saved:
    """What a command left: the lead's version now, and a sentence to look at again, if any."""

    lead_id: int
    version: int
    warning: str | None = None


def claimed(change: Change, lead_id: int, seen: int) -> Lead:
    """The lead, held for this change: within the actor's reach (else `NotFound`) and as they saw it (else `Conflict`).

    Its version is raised already; what is assigned to it is written with the transaction.
    """
    scope = change.actor.own_scope
    if change.session.scalar(queries.reached(lead_id, scope.path, scope.owner_id)) is None:
        raise NotFound
    change.claim(Lead, lead_id, seen)
    return change.session.get_one(Lead, lead_id, populate_existing=True)


def add_event(change: Change, lead: Lead, kind: LeadEventKind, at: datetime, **facts: Any) -> int:
    """Write one event as it counts: at the store's day and hour, for the lead's present channel and consultant."""
    there = clock.store_time(at, change.zone)
    return put_event(
        change, lead_id=lead.id, kind=kind, at=at, business_on=there.date(), hour=there.hour,
        channel_id=lead.channel_id, consultant_id=lead.consultant_id, source=lead.source, **facts,
    )  # fmt: skip


def put_event(change: Change, **values: Any) -> int:
    """Write the row of an event that somebody records now; its key."""
    row = insert(LeadEvent).values(actor_id=change.actor.user_id, **values)
    return change.session.scalars(row.returning(LeadEvent.id)).one()


def record(change: Change, action: str, lead: Lead, **details: Any) -> None:
    """Write the audit row of a lead; dates and prices as text, nothing personal."""
    plain = {name: _plain(value) for name, value in details.items()}
    change.record(f"lead.{action}", "leads", lead.id, lead.channel_id, version=lead.version, **plain)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
