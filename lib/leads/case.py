"""One lead with its whole story, as a case shows it: masked, with what may be done next."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row

from db.queries import leads as queries
from db.terms import BuyerKind, IntentionLevel, LeadEventKind, LeadSource, LeadStatus, Origin
from lib import masking
from lib.access import Actor
from lib.leads import rules, steps
from lib.refusals import NotFound

TOLD = ("lead.edited", "lead.handed_over", "lead.undone")  # the other audit rows stand beside an event


@dataclass(frozen=True)
class Entry:
    """One line of the story: an event (`kind`), or a change that is none (`action`, with what it changed)."""

    at: datetime
    who: str
    kind: LeadEventKind | None = None
    action: str | None = None
    consultant: str | None = None
    amount: Decimal | None = None
    note: str | None = None
    reason: tuple[str, str] | None = None
    reason_en: tuple[str, str] | None = None
    competitor: str | None = None
    price_gap: Decimal | None = None
    changed: tuple[tuple[str, str | None, str | None], ...] = ()
    undone: bool = False


@dataclass(frozen=True)
class Touch:
    """One change of the record as the audit has it: which version it made, who, when, what."""

    version: int
    at: datetime
    who: str
    action: str
    changed: tuple[tuple[str, str | None, str | None], ...] = ()


@dataclass(frozen=True)
class Case:
    """A lead as its consultant works on it. Name, mobile and VIN are masked; `version` is what a command is given."""

    id: int
    version: int
    lead_no: str
    status: LeadStatus
    source: LeadSource
    since: datetime
    closed_at: datetime | None
    customer: str | None
    mobile: str | None
    captured: bool
    consultant_id: int
    consultant: str
    channel: str
    car_model_id: int | None
    car_model: str | None
    guide_price: Decimal | None
    intention_level: IntentionLevel | None
    next_contact_on: date | None
    late_days: int | None
    district: str | None
    buyer_kind: BuyerKind | None
    order_price: Decimal | None
    vin: str | None
    steps: tuple[LeadEventKind, ...]
    undo_until: datetime | None
    story: tuple[Entry, ...]
    touches: tuple[Touch, ...]

    def touched_since(self, version: int) -> tuple[Touch, ...]:
        """What others did to the record after somebody saw it at this version, the latest first."""
        return tuple(touch for touch in self.touches if touch.version > version)


def case(connection: Connection, actor: Actor, lead_id: int, today: date, now: datetime) -> Case:
    """One lead within the actor's own reach; `NotFound` for any other, whether it exists or not."""
    scope = actor.own_scope
    row = connection.execute(queries.one(lead_id, scope.path, scope.owner_id)).first()
    if row is None:
        raise NotFound
    changes = connection.execute(queries.changes(lead_id)).all()
    events = connection.execute(queries.history(lead_id)).all()
    story = [_event(each) for each in events] + [_change(each) for each in changes if each.action in TOLD]
    due = row.next_contact_on
    return Case(
        id=row.id, version=row.version, lead_no=row.lead_no, status=row.status, source=row.source, since=row.since,
        closed_at=row.closed_at, customer=masking.name(row.customer), mobile=masking.mobile(row.mobile),
        captured=row.captured, consultant_id=row.consultant_id, consultant=row.consultant, channel=row.channel,
        car_model_id=row.car_model_id, car_model=row.car_model, guide_price=row.guide_price,
        intention_level=row.intention_level, next_contact_on=due,
        late_days=None if due is None else (today - due).days, district=row.district, buyer_kind=row.buyer_kind,
        order_price=row.order_price, vin=masking.vin(row.vin), steps=rules.steps(row.status),
        undo_until=_undo_until(changes, actor, row.version, now),
        story=tuple(sorted(story, key=lambda entry: entry.at, reverse=True)),
        touches=tuple(_touch(each) for each in changes),
    )  # fmt: skip


def _undo_until(changes: Any, actor: Actor, version: int, now: datetime) -> datetime | None:
    last = changes[0] if changes else None
    if last is None or not steps.is_undoable(last, actor.user_id, version, now):
        return None
    until: datetime = last.at + rules.UNDO_WITHIN
    return until


def _event(row: Row[*tuple[Any, ...]]) -> Entry:
    imported = row.origin is Origin.IMPORT
    return Entry(
        at=row.at, who=row.actor or row.consultant, kind=row.kind, consultant=None if imported else row.consultant,
        amount=row.amount, note=masking.text(row.note), competitor=masking.text(row.competitor),
        price_gap=row.price_gap_amount, reason=(row.group, row.reason) if row.reason else None,
        reason_en=(row.group_en, row.reason_en) if row.reason else None, undone=row.superseded_at is not None,
    )  # fmt: skip


def _change(row: Row[*tuple[Any, ...]]) -> Entry:
    return Entry(at=row.at, who=row.actor_name, action=row.action, changed=_changed(row))


def _touch(row: Row[*tuple[Any, ...]]) -> Touch:
    return Touch(row.details["version"], row.at, row.actor_name, row.action, _changed(row))


def _changed(row: Row[*tuple[Any, ...]]) -> tuple[tuple[str, str | None, str | None], ...]:
    details = row.details
    if row.action == "lead.handed_over":
        return (("consultant", details["giver"], details["taker"]),)
    return tuple((name, *pair) for name, pair in details.get("changed", {}).items())
