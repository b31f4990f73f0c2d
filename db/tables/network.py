"""The work on the network: frozen forecasts, settled alerts, market feedback, partners under evaluation (C1, C5-C7)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import SQLITE_KEYS, Base, Instant, Key, Term
from db.terms import (
    AlertKind,
    AlertState,
    ChannelKind,
    FeedbackTopic,
    MarketTier,
    PartnerCriterion,
    PartnerState,
)

FROZEN = text("thawed_at IS NULL")


class ForecastFreeze(Base):
    """A store's forecast of a month (its first day) is closed, with everything below it, until a manager thaws it."""

    __tablename__ = "forecast_freezes"
    __table_args__ = (
        CheckConstraint("thawed_at IS NULL OR reason IS NOT NULL", name="thawed_with_reason"),
        Index(
            "uq_forecast_freezes_standing", "channel_id", "month", unique=True,
            sqlite_where=FROZEN, postgresql_where=FROZEN,
        ),
        SQLITE_KEYS,
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channels.id"))
    month: Mapped[date]
    frozen_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    frozen_at: Mapped[datetime] = mapped_column(Instant())
    thawed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    thawed_at: Mapped[datetime | None] = mapped_column(Instant())
    reason: Mapped[str | None] = mapped_column(String(500))
    version: Mapped[int] = mapped_column(default=1)


class AlertSettlement(Base):
    """How one alert was settled. Alerts are derived from the data; `case` names what one is about, within its kind."""

    __tablename__ = "alert_settlements"
    __table_args__ = (UniqueConstraint("kind", "channel_id", "case"), SQLITE_KEYS)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    kind: Mapped[AlertKind] = mapped_column(Term(AlertKind))
    channel_id: Mapped[int] = mapped_column(ForeignKey("channels.id"))
    case: Mapped[str] = mapped_column(String(64))
    state: Mapped[AlertState] = mapped_column(Term(AlertState))
    note: Mapped[str] = mapped_column(String(500))
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    settled_at: Mapped[datetime] = mapped_column(Instant())
    version: Mapped[int] = mapped_column(default=1)


class Feedback(Base):
    """What a node reports of its market, and what was done with it (C7, W2)."""

    __tablename__ = "feedback"
    __table_args__ = (Index("ix_feedback_channel", "channel_id", "at"), SQLITE_KEYS)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channels.id"))
    topic: Mapped[FeedbackTopic] = mapped_column(Term(FeedbackTopic))
    text: Mapped[str] = mapped_column(String(1000))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(Instant())
    action: Mapped[str | None] = mapped_column(String(1000))
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Instant())
    version: Mapped[int] = mapped_column(default=1)


class Partner(Base):
    """A business that wants to join the network, until the decision; an accepted one may have become a channel (C1)."""

    __tablename__ = "partners"
    __table_args__ = (
        CheckConstraint("(state = 'visiting') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("state = 'visiting' OR decision IS NOT NULL", name="decided_with_reason"),
        Index("ix_partners_state", "state", "created_at"),
        SQLITE_KEYS,
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    kind: Mapped[ChannelKind] = mapped_column(Term(ChannelKind))
    parent_id: Mapped[int] = mapped_column(ForeignKey("channels.id"), index=True)
    territory: Mapped[str | None] = mapped_column(String(100))
    market_tier: Mapped[MarketTier | None] = mapped_column(Term(MarketTier))
    state: Mapped[PartnerState] = mapped_column(Term(PartnerState), default=PartnerState.VISITING)
    decision: Mapped[str | None] = mapped_column(String(1000))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant())
    channel_id: Mapped[int | None] = mapped_column(ForeignKey("channels.id"))
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(Instant())
    version: Mapped[int] = mapped_column(default=1)


class PartnerMark(Base):
    """A partner's mark, 0 to 100, on one criterion, and why."""

    __tablename__ = "partner_marks"
    __table_args__ = (
        UniqueConstraint("partner_id", "criterion"),
        CheckConstraint("mark BETWEEN 0 AND 100", name="mark"),
        SQLITE_KEYS,
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id"))
    criterion: Mapped[PartnerCriterion] = mapped_column(Term(PartnerCriterion))
    mark: Mapped[int]
    evidence: Mapped[str] = mapped_column(String(500), default="")


class PartnerVisit(Base):
    """A visit to a partner and what was found. Only ever added."""

    __tablename__ = "partner_visits"
    __table_args__ = (Index("ix_partner_visits_partner", "partner_id", "visited_on"), SQLITE_KEYS)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id"))
    visited_on: Mapped[date]
    findings: Mapped[str] = mapped_column(String(1000))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(Instant())
