"""Whatever can happen to rows that are summed up, made straight in the tables, each chosen by three small numbers."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, case, delete, func, select, update

from db.tables import CarModel, Channel, Lead, LeadEvent, Policy, Renewal, RenewalEvent
from db.terms import LeadEventKind, LeadSource, LossDomain, PolicyLine, RenewalEventKind, RenewalStatus, RenewalType
from tests.facts import OPEN, Facts, at

DAYS = ("2026-07-31", "2026-08-01", "2026-09-10", "2026-09-30", "2026-10-15", "2026-11-02", "2026-11-26", "2026-12-20")
CHANNELS = ("S1", "S1-C1-A1", "S2")
CONSULTANTS, SPECIALISTS = ("consultant", "colleague", "other_consultant"), ("specialist", "other_specialist")
MODELS = ("远途A7", "星河E", None)
INSURERS = ("人保财险", "太保产险", None)
LEAD_REASONS, RENEWAL_REASONS = ("price_gap", "no_stock", "plate_quota"), ("price_direct", "broker", "vehicle_sold")
LEAD_KINDS = (
    LeadEventKind.LOST, LeadEventKind.ORDER, LeadEventKind.ORDER_CANCELLED, LeadEventKind.DELIVERY,
    LeadEventKind.TEST_DRIVE,
)  # fmt: skip

Happening = Callable[[Facts, int, int, int], None]


def pick(among: Sequence[Any], number: int) -> Any:
    return among[number % len(among)]


def a_lead(f: Facts, a: int, b: int, c: int) -> None:
    """A lead, and one thing that happened to it."""
    lead = f.lead(
        pick(DAYS, a), channel=pick(CHANNELS, b), by=pick(CONSULTANTS, c), model=pick(MODELS, a + c),
        order_price=None if c % 3 == 0 else Decimal(100_000 + c),
    )  # fmt: skip
    kind = pick(LEAD_KINDS, c)
    lost = {"loss_reason_id": f.reason(LossDomain.LEAD, pick(LEAD_REASONS, a))} if kind is LeadEventKind.LOST else {}
    f.lead_event(lead, kind, pick(DAYS, b), **lost)


def a_renewal(f: Facts, a: int, b: int, c: int) -> None:
    """A renewal in any status, with the event that decided it; some with a policy of each line."""
    status = pick(tuple(RenewalStatus), c)
    renewal = f.renewal(
        pick(DAYS, a), status=status, channel=pick(CHANNELS, a + b), owner_id=owner(f, c),
        kind=pick(tuple(RenewalType), b), reason=pick(RENEWAL_REASONS, a),
        quoted_at=at("2026-08-03") if a % 2 else None,
    )  # fmt: skip
    if a % 2:
        f.policy("2025-12-30", line=PolicyLine.COMPULSORY, expiring_renewal_id=renewal, insurer="中华财险")
    if insurer := pick(INSURERS, b):
        f.policy("2025-12-30", expiring_renewal_id=renewal, insurer=insurer)
    who = owner(f, a)
    if status is RenewalStatus.LOST:
        reason = pick(RENEWAL_REASONS, a)
        f.renewal_event(renewal, RenewalEventKind.LOST, pick(DAYS, b), reason=reason, specialist_id=who)
    if status in (RenewalStatus.RENEWED, RenewalStatus.RECOVERED):
        f.renewal_event(renewal, RenewalEventKind.RENEWED, pick(DAYS, b), specialist_id=who)


def owner(f: Facts, number: int) -> int | None:
    name = pick((*SPECIALISTS, None), number)
    return None if name is None else f.personas.actors[name].user_id


def one_of(f: Facts, table: Any, number: int) -> int | None:
    """The key of some row; none of an empty table."""
    keys: Select[int] = select(table.id).order_by(table.id)
    found = f.session.scalars(keys).all()
    return pick(found, number) if found else None


def changed(table: Any, **columns: Callable[[Facts, int, int], Any]) -> Happening:
    """Some row of a table gets new values."""

    def happening(f: Facts, a: int, b: int, c: int) -> None:
        values = {name: value(f, b, c) for name, value in columns.items()}
        f.session.execute(update(table).where(table.id == one_of(f, table, a)).values(**values))

    return happening


def reopened(f: Facts, a: int, b: int, c: int) -> None:
    """Some renewal becomes open again, or voided."""
    values = (
        {"status": pick(sorted(OPEN), b), "closed_at": None, "quoted_at": at("2026-09-09") if c % 2 else None}
        if b % 2
        else {"status": RenewalStatus.VOID, "closed_at": at("2026-09-09"), "void_reason": "重复"}
    )
    f.session.execute(update(Renewal).where(Renewal.id == one_of(f, Renewal, a)).values(**values))


def quoted_or_not(f: Facts, a: int, _b: int, _c: int) -> None:
    """Some open renewal had its first quote, or had none after all."""
    undecided = f.session.scalars(select(Renewal.id).where(Renewal.closed_at.is_(None)).order_by(Renewal.id)).all()
    if undecided:
        other = case((Renewal.quoted_at.is_(None), at("2026-09-09")), else_=None)
        f.session.execute(update(Renewal).where(Renewal.id == pick(undecided, a)).values(quoted_at=other))


def reasoned(table: Any, domain: LossDomain, slugs: Sequence[str]) -> Happening:
    """Some loss gets another reason, in this table alone."""

    def happening(f: Facts, a: int, b: int, _c: int) -> None:
        lost = f.session.scalars(select(table.id).where(table.loss_reason_id.is_not(None)).order_by(table.id)).all()
        if lost:
            reason = f.reason(domain, pick(slugs, b))
            f.session.execute(update(table).where(table.id == pick(lost, a)).values(loss_reason_id=reason))

    return happening


def gone(table: Any) -> Happening:
    def happening(f: Facts, a: int, b: int, c: int) -> None:
        f.session.execute(delete(table).where(table.id == one_of(f, table, a)))

    return happening


def moved_channel(f: Facts, a: int, b: int, c: int) -> None:
    """A branch hangs under another store."""
    root = f.personas.channels[pick(("S1", "S2"), a)]
    own = f.personas.channels["S1-C1-A1"]
    path = select(func.max(Channel.path)).where(Channel.id == root).scalar_subquery()
    f.session.execute(update(Channel).where(Channel.id == own).values(path=f.session.scalar(select(path)) + f"{own}."))


HAPPENINGS: dict[str, Happening] = {
    "a lead": a_lead,
    "a renewal": a_renewal,
    "a lead's event no longer counts": changed(
        LeadEvent, superseded_at=lambda _f, b, _c: at("2026-11-26") if b % 2 else None
    ),
    "a renewal's event no longer counts": changed(
        RenewalEvent, superseded_at=lambda _f, b, _c: at("2026-11-26") if b % 2 else None
    ),
    "a lead's event was another day's": changed(LeadEvent, business_on=lambda _f, b, _c: day(b)),
    "a renewal's event was another day's": changed(RenewalEvent, business_on=lambda _f, b, _c: day(b)),
    "a lead's event is another's": changed(
        LeadEvent,
        channel_id=lambda f, b, _c: f.personas.channels[pick(CHANNELS, b)],
        consultant_id=lambda f, b, c: f.personas.actors[pick(CONSULTANTS, b + c)].user_id,
    ),
    "a lead was lost for another reason": reasoned(LeadEvent, LossDomain.LEAD, LEAD_REASONS),
    "a renewal's event is another's": changed(
        RenewalEvent,
        channel_id=lambda f, b, _c: f.personas.channels[pick(CHANNELS, b)],
        specialist_id=lambda f, b, c: owner(f, b + c),
    ),
    "a lead's event is another lead's": changed(LeadEvent, lead_id=lambda f, b, c: one_of(f, Lead, b + c)),
    "a renewal's event is another renewal's": changed(
        RenewalEvent, renewal_id=lambda f, b, c: one_of(f, Renewal, b + c)
    ),
    "a renewal's event has another specialist": changed(RenewalEvent, specialist_id=lambda f, b, _c: owner(f, b)),
    "a renewal's event was a contact": changed(
        RenewalEvent,
        kind=lambda *_: case(
            (RenewalEvent.kind == RenewalEventKind.RENEWED, RenewalEventKind.CONTACT), else_=RenewalEvent.kind
        ),
    ),
    "a lost renewal has another reason": reasoned(Renewal, LossDomain.RENEWAL, RENEWAL_REASONS),
    "a renewal was quoted or not": quoted_or_not,
    "a renewal was lost for another reason": reasoned(RenewalEvent, LossDomain.RENEWAL, RENEWAL_REASONS),
    "a lead wants another model": changed(
        Lead, car_model_id=lambda f, b, _c: f.personas.models.get(pick(MODELS, b) or "")
    ),
    "a lead's event has another source": changed(LeadEvent, source=lambda _f, b, _c: pick(tuple(LeadSource), b)),
    "a lead has its number on file or not": changed(Lead, captured=lambda _f, b, _c: b % 2 == 0),
    "a lead has another price": changed(Lead, order_price=lambda _f, b, _c: Decimal(90_000 + b)),
    "a guide price is another": changed(CarModel, guide_price=lambda _f, b, _c: Decimal(150_000 + b)),
    "a renewal has another owner": changed(Renewal, owner_id=lambda f, b, _c: owner(f, b)),
    "a renewal is of another type": changed(Renewal, type=lambda _f, b, _c: pick(tuple(RenewalType), b)),
    "a renewal is due another day": changed(Renewal, due_on=lambda _f, b, _c: day(b)),
    "a renewal is another channel's": changed(
        Renewal, channel_id=lambda f, b, _c: f.personas.channels[pick(CHANNELS, b)]
    ),
    "a renewal is open or void": reopened,
    "a policy is another insurer's": changed(
        Policy, insurer=lambda _f, b, _c: pick(("平安产险", "大地财险"), b)
    ),
    "a policy is of another line": changed(
        Policy,
        line=lambda *_: case(
            (Policy.line == PolicyLine.COMMERCIAL, PolicyLine.COMPULSORY), else_=PolicyLine.COMMERCIAL
        ),
    ),
    "a policy expires into another renewal": changed(
        Policy, expiring_renewal_id=lambda f, b, c: one_of(f, Renewal, b) if c % 3 else None
    ),
    "a lead's event is gone": gone(LeadEvent),
    "a renewal's event is gone": gone(RenewalEvent),
    "a policy is gone": gone(Policy),
    "a branch hangs elsewhere": moved_channel,
}  # fmt: skip


def day(number: int) -> date:
    return date.fromisoformat(pick(DAYS, number))
