"""Potential buyers and what happens to them."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import SQLITE_KEYS, Base, Instant, Key, Money, Term
from db.terms import BuyerKind, IntentionLevel, LeadEventKind, LeadSource, LeadStatus, Origin


class Lead(Base):
    """One potential buyer from first contact to delivery or loss. `captured` is whether a mobile number is on file."""

    __tablename__ = "leads"
    __table_args__ = (
        CheckConstraint("order_price IS NULL OR order_price >= 0", name="order_price"),
        Index(
            "ix_leads_to_contact", "consultant_id", "next_contact_on", "id",
            sqlite_where=text("closed_at IS NULL"), postgresql_where=text("closed_at IS NULL"),
        ),
        SQLITE_KEYS,
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    lead_no: Mapped[str] = mapped_column(String(64), unique=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channels.id"), index=True)
    consultant_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    source: Mapped[LeadSource] = mapped_column(Term(LeadSource))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"), index=True)
    captured: Mapped[bool] = mapped_column(default=False)
    car_model_id: Mapped[int | None] = mapped_column(ForeignKey("car_models.id"), index=True)
    intention_level: Mapped[IntentionLevel | None] = mapped_column(Term(IntentionLevel))
    next_contact_on: Mapped[date | None]
    district: Mapped[str | None] = mapped_column(String(50))
    buyer_kind: Mapped[BuyerKind | None] = mapped_column(Term(BuyerKind))
    status: Mapped[LeadStatus] = mapped_column(Term(LeadStatus), default=LeadStatus.OPEN)
    order_price: Mapped[Decimal | None] = mapped_column(Money())
    vehicle_id: Mapped[int | None] = mapped_column(ForeignKey("vehicles.id"), index=True)
    note: Mapped[str | None] = mapped_column(String(2000))
    closed_at: Mapped[datetime | None] = mapped_column(Instant())
    version: Mapped[int] = mapped_column(default=1)


DECIDED = text("superseded_at IS NULL AND (kind = 'lost' OR kind = 'delivery')")  # what the loss analysis counts


class LeadEvent(Base):
    """Something that happened to a lead, never deleted: a correction supersedes it.

    Channel, consultant and source are those it counts for; `business_on` and `hour` are the store's.
    """

    __tablename__ = "lead_events"
    __table_args__ = (
        CheckConstraint("kind <> 'lost' OR loss_reason_id IS NOT NULL", name="loss_has_reason"),
        CheckConstraint("hour BETWEEN 0 AND 23", name="hour"),
        # SQLite reads an index alone only where it holds the column of its own condition too.
        Index(
            "ix_lead_events_board", "channel_id", "business_on", "kind", "source", "consultant_id", "lead_id",
            "superseded_at", sqlite_where=text("superseded_at IS NULL"), postgresql_where=text("superseded_at IS NULL"),
        ),
        Index(
            "ix_lead_events_days", "business_on", "kind", "source", "consultant_id", "lead_id", "channel_id",
            "superseded_at", sqlite_where=text("superseded_at IS NULL"), postgresql_where=text("superseded_at IS NULL"),
        ),
        Index(
            "ix_lead_events_decided", "channel_id", "business_on", "kind", "loss_reason_id", "consultant_id", "lead_id",
            "superseded_at", sqlite_where=DECIDED, postgresql_where=DECIDED,
        ),
        Index(
            "ix_lead_events_decided_days", "business_on", "kind", "loss_reason_id", "channel_id", "consultant_id",
            "lead_id", "superseded_at", sqlite_where=DECIDED, postgresql_where=DECIDED,
        ),
        Index("ix_lead_events_history", "lead_id", "kind", "at"),
        Index(
            "uq_lead_events_imported", "lead_id", "kind", unique=True,
            sqlite_where=text("superseded_at IS NULL AND origin = 'import'"),
            postgresql_where=text("superseded_at IS NULL AND origin = 'import'"),
        ),
        SQLITE_KEYS,
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id"))
    kind: Mapped[LeadEventKind] = mapped_column(Term(LeadEventKind))
    at: Mapped[datetime] = mapped_column(Instant())
    business_on: Mapped[date]
    hour: Mapped[int]
    channel_id: Mapped[int] = mapped_column(ForeignKey("channels.id"))
    consultant_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    source: Mapped[LeadSource] = mapped_column(Term(LeadSource))
    loss_reason_id: Mapped[int | None] = mapped_column(ForeignKey("loss_reasons.id"))
    competitor: Mapped[str | None] = mapped_column(String(100))
    price_gap_amount: Mapped[Decimal | None] = mapped_column(Money())
    amount: Mapped[Decimal | None] = mapped_column(Money())
    note: Mapped[str | None] = mapped_column(String(2000))
    origin: Mapped[Origin] = mapped_column(Term(Origin), default=Origin.APP)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    superseded_at: Mapped[datetime | None] = mapped_column(Instant())
