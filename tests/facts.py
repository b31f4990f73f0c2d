"""Rows made straight in the tables, for tests of figures: leads with their events, policies, renewals, targets."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from db.tables import (
    CalendarDay,
    Customer,
    Forecast,
    Lead,
    LeadEvent,
    LossReason,
    Policy,
    Renewal,
    RenewalEvent,
    Target,
    Vehicle,
)
from db.terms import (
    BusinessType,
    LeadEventKind,
    LeadSource,
    LossDomain,
    PolicyLine,
    RenewalEventKind,
    RenewalStatus,
    RenewalType,
)
from lib import data
from tests.personas import Personas, people

ZONE = ZoneInfo("Asia/Shanghai")
OPEN = {RenewalStatus.PENDING, RenewalStatus.CONTACTING, RenewalStatus.QUOTED, RenewalStatus.PROMISED}


def at(text: str) -> datetime:
    """A moment on the store's clock: `2026-11-20` (noon) or `2026-11-20 18:00`."""
    return datetime.fromisoformat(text if " " in text else f"{text} 12:00").replace(tzinfo=ZONE)


@dataclass
class Facts:
    """Makes rows in one session. Channels and people are those of the personas."""

    session: Session
    personas: Personas
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def put(self, table: Any, **values: Any) -> int:
        return int(self.session.execute(insert(table).values(**values).returning(table.id)).scalar_one())

    def reason(self, domain: LossDomain, slug: str) -> int:
        """The id of a second-level reason."""
        found = select(LossReason.id).where(
            LossReason.domain == domain, LossReason.slug == slug, LossReason.parent_id.is_not(None)
        )
        return int(self.session.execute(found).scalar_one())

    def vehicle(self, **values: Any) -> int:
        return self.put(Vehicle, vin=f"LTESTVIN{next(self.numbers):09d}", **values)

    def lead(
        self, first: str, source: LeadSource = LeadSource.WALK_IN, channel: str = "S1", by: str = "consultant",
        mobile: bool = True, model: str | None = None, **values: Any,
    ) -> int:  # fmt: skip
        """A lead with its first contact."""
        number = next(self.numbers)
        customer = self.put(Customer, name="张三丰", mobile=f"139{number:08d}" if mobile else None)
        lead = self.put(
            Lead, lead_no=f"K{number:05d}", channel_id=self.personas.channels[channel],
            consultant_id=self.personas.actors[by].user_id, source=source, captured=mobile, customer_id=customer,
            car_model_id=self.personas.models[model] if model else None, **values,
        )  # fmt: skip
        self.lead_event(lead, LeadEventKind.FIRST_CONTACT, first)
        return lead

    def lead_event(self, lead_id: int, kind: LeadEventKind, when: str, **values: Any) -> int:
        lead = self.session.execute(
            select(Lead.channel_id, Lead.consultant_id, Lead.source).where(Lead.id == lead_id)
        ).one()
        if kind is LeadEventKind.LOST:
            values.setdefault("loss_reason_id", self.reason(LossDomain.LEAD, "price_gap"))
        moment = at(when)
        return self.put(
            LeadEvent, lead_id=lead_id, kind=kind, at=moment, business_on=moment.date(), hour=moment.hour,
            channel_id=lead.channel_id, consultant_id=lead.consultant_id, source=lead.source, **values,
        )  # fmt: skip

    def policy(
        self, issued: str, vehicle_id: int | None = None, channel: str = "S1",
        line: PolicyLine = PolicyLine.COMMERCIAL, business: BusinessType = BusinessType.NEW, premium: str = "1000.00",
        **values: Any,
    ) -> int:  # fmt: skip
        number = next(self.numbers)
        moment = at(issued)
        values.setdefault("insurer", "平安产险")
        return self.put(
            Policy, policy_no=f"P{number:08d}", line=line, business_type=business,
            vehicle_id=vehicle_id or self.vehicle(), issued_at=moment, issued_on=moment.date(),
            starts_on=moment.date(), expires_on=moment.date() + timedelta(days=364), premium_amount=Decimal(premium),
            channel_id=self.personas.channels[channel], **values,
        )  # fmt: skip

    def renewal(
        self, due: str, status: RenewalStatus = RenewalStatus.PENDING, channel: str = "S1",
        kind: RenewalType = RenewalType.REPEAT, reason: str = "price_direct", **values: Any,
    ) -> int:  # fmt: skip
        if status is RenewalStatus.LOST:
            values["loss_reason_id"] = self.reason(LossDomain.RENEWAL, reason)
        if status is RenewalStatus.VOID:
            values["void_reason"] = "重复"
        if status not in OPEN:
            values.setdefault("closed_at", at(due))
        return self.put(
            Renewal, vehicle_id=values.pop("vehicle_id", None) or self.vehicle(), due_on=date.fromisoformat(due),
            channel_id=self.personas.channels[channel], type=kind, status=status, **values,
        )  # fmt: skip

    def renewal_event(self, renewal_id: int, kind: RenewalEventKind, when: str, **values: Any) -> int:
        channel = self.session.execute(select(Renewal.channel_id).where(Renewal.id == renewal_id)).scalar_one()
        if kind is RenewalEventKind.LOST:
            slug = values.pop("reason", "price_direct")
            values["loss_reason_id"] = self.reason(LossDomain.RENEWAL, slug)
        moment = at(when)
        return self.put(
            RenewalEvent, renewal_id=renewal_id, kind=kind, at=moment, business_on=moment.date(), channel_id=channel,
            **values,
        )  # fmt: skip

    def target(self, subject: str, metric: str, period: str, value: str) -> int:
        """A target of a channel by its code or of a person by their username."""
        person = self.personas.actors.get(subject)
        whose = {"user_id": person.user_id} if person else {"channel_id": self.personas.channels[subject]}
        return self.put(Target, metric=metric, period=period, value=Decimal(value), **whose)

    def put_day(self, day: date, worked: bool) -> None:
        """The admin's word on a day."""
        self.session.execute(insert(CalendarDay).values(day=day, is_workday=worked))

    def forecast(self, channel: str, month: str, model: str, quantity: int, submitted: str) -> int:
        return self.put(
            Forecast, channel_id=self.personas.channels[channel], month=date.fromisoformat(f"{month}-01"),
            car_model_id=self.personas.models[model], quantity=quantity, submitted_at=at(submitted),
        )  # fmt: skip


@contextmanager
def facts(personas: Personas | None = None) -> Iterator[Facts]:
    """Make rows in the open database, with the personas unless they are there."""
    known = personas or people()
    with data.database().turn(), Session(data.database().writing) as session, session.begin():
        yield Facts(session, known)
