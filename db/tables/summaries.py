"""Sums of whole months, kept so that a year's analysis need not count every event (performance.md).

They hold nothing that could not be counted anew from the rows: no reference binds them, and a month that has a mark is
counted from the rows until it is summed up again (`db/marks.py`, `lib/summaries/`). A month is its year times twelve
plus its number. `scope_id` is the channel, its own cases alone, or `GROUP` for all channels together.
"""

from decimal import Decimal
from enum import StrEnum

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Key, Money, Term
from db.terms import LossDomain

GROUP = 0


class MonthKind(StrEnum):
    """What a month's sums are of: each kind is marked, and summed up anew, by itself."""

    SALES = "sales"  # leads: what they did, and those lost or delivered
    DECIDED = "decided"  # renewals renewed or lost, by the day of the event
    DUE = "due"  # where renewals went, by their due_on


class SumGrain(StrEnum):
    """By what a month's sums are kept beside the reason."""

    WHOLE = "whole"
    PERSON = "person"
    THING = "thing"  # a lead's car model, a renewal's insurer
    TYPE = "type"  # of renewals
    REASON = "reason"  # of renewals due: those lost for it


class StaleMonth(Base):
    """A mark: something of this month and channel was written since it was summed up. Marks are added by triggers, and
    deleted one by one by whoever summed up what they stand for, so that none is lost between two transactions."""

    __tablename__ = "stale_months"
    __table_args__ = (Index("ix_stale_months_month", "kind", "month", "channel_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    kind: Mapped[MonthKind] = mapped_column(Term(MonthKind))
    month: Mapped[int]
    channel_id: Mapped[int] = mapped_column(BigInteger)


class DecidedMonth(Base):
    """Cases lost and won in a month, by reason (none: won) and one more: a person, a car model or insurer, a type."""

    __tablename__ = "decided_months"
    __table_args__ = (Index("ix_decided_months_scope", "domain", "grain", "month", "scope_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    domain: Mapped[LossDomain] = mapped_column(Term(LossDomain))
    grain: Mapped[SumGrain] = mapped_column(Term(SumGrain))
    month: Mapped[int]
    scope_id: Mapped[int] = mapped_column(BigInteger)
    key_id: Mapped[int | None] = mapped_column(BigInteger)
    key_text: Mapped[str | None] = mapped_column(String(100))
    reason_id: Mapped[int | None] = mapped_column(BigInteger)
    lost: Mapped[int]
    won: Mapped[int]


class DueMonth(Base):
    """Where the renewals due in a month went. Which of the undecided ones lapsed is for the clock to say."""

    __tablename__ = "due_months"
    __table_args__ = (Index("ix_due_months_scope", "grain", "month", "scope_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    grain: Mapped[SumGrain] = mapped_column(Term(SumGrain))
    month: Mapped[int]
    scope_id: Mapped[int] = mapped_column(BigInteger)
    key_id: Mapped[int | None] = mapped_column(BigInteger)
    key_text: Mapped[str | None] = mapped_column(String(100))
    renewed: Mapped[int]
    lost: Mapped[int]
    recovered: Mapped[int]
    quoted: Mapped[int]
    unquoted: Mapped[int]


class ChannelMonth(Base):
    """What a channel's leads did in a month, its own. Orders are net; prices are those of the cars delivered."""

    __tablename__ = "channel_months"
    __table_args__ = (Index("ix_channel_months_month", "month", "channel_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    month: Mapped[int]
    channel_id: Mapped[int] = mapped_column(BigInteger)
    leads: Mapped[int]
    captured: Mapped[int]
    first_visits: Mapped[int]
    orders: Mapped[int]
    deliveries: Mapped[int]
    revenue: Mapped[Decimal] = mapped_column(Money())
    guided_revenue: Mapped[Decimal] = mapped_column(Money())
    guide_amount: Mapped[Decimal] = mapped_column(Money())
