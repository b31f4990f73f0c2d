"""Coming expiries of vehicles and the work on them."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import SQLITE_KEYS, Base, Instant, Key, Money, Term
from db.terms import (
    ContactMethod,
    ContactOutcome,
    NextAction,
    Origin,
    RenewalEventKind,
    RenewalStatus,
    RenewalType,
)

UNOWNED = "owner_id IS NULL"
NO_TIER = 9  # sorts behind every tier


def _queue(name: str, *columns: str, also: str = "") -> Index:
    """An index over what is in the queue, and over nothing else."""
    condition = text(" AND ".join(filter(None, ("queue_on IS NOT NULL", also))))
    return Index(name, *columns, sqlite_where=condition, postgresql_where=condition)


class Renewal(Base):
    """One vehicle's coming expiry. Undecided while `closed_at` is null; late and lapsed are derived from the clock.

    `queue_on` and `tier_rank` are what the queue is sorted by: the day on which it calls for the renewal (null outside
    the queue), and the customer's tier as a number. They are kept so that a page of the queue is one range of an index.
    """

    __tablename__ = "renewals"
    __table_args__ = (
        CheckConstraint("status <> 'lost' OR loss_reason_id IS NOT NULL", name="loss_has_reason"),
        CheckConstraint("status <> 'void' OR void_reason IS NOT NULL", name="void_has_reason"),
        CheckConstraint(
            "(closed_at IS NULL) = (status IN ('pending', 'contacting', 'quoted', 'promised'))",
            name="closed_is_decided",
        ),
        Index("ix_renewals_window", "channel_id", "due_on", "status", "type"),
        Index("ix_renewals_due", "due_on", "channel_id", "status", "type"),
        Index("ix_renewals_vehicle", "vehicle_id", "due_on"),
        _queue("ix_renewals_queue", "queue_on", "due_on", "tier_rank", "id"),
        _queue("ix_renewals_queue_channel", "channel_id", "queue_on", "due_on", "tier_rank", "id"),
        _queue("ix_renewals_queue_owner", "owner_id", "queue_on", "due_on", "tier_rank", "id"),
        _queue("ix_renewals_unassigned", "channel_id", "queue_on", "due_on", "tier_rank", "id", also=UNOWNED),
        _queue("ix_renewals_queue_due", "channel_id", "due_on", "owner_id"),
        Index(
            "ix_renewals_calls", "channel_id", "call_due_on", "due_on", "closed_at",
            sqlite_where=text("closed_at IS NULL AND call_due_on IS NOT NULL"),
            postgresql_where=text("closed_at IS NULL AND call_due_on IS NOT NULL"),
        ),
        SQLITE_KEYS,
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicles.id"))
    channel_id: Mapped[int] = mapped_column(ForeignKey("channels.id"))
    due_on: Mapped[date]
    type: Mapped[RenewalType] = mapped_column(Term(RenewalType))
    status: Mapped[RenewalStatus] = mapped_column(Term(RenewalStatus), default=RenewalStatus.PENDING)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    next_action: Mapped[NextAction | None] = mapped_column(Term(NextAction))
    next_action_on: Mapped[date | None]
    call_due_on: Mapped[date | None]
    quoted_at: Mapped[datetime | None] = mapped_column(Instant())
    loss_reason_id: Mapped[int | None] = mapped_column(ForeignKey("loss_reasons.id"))
    void_reason: Mapped[str | None] = mapped_column(String(200))
    commercial_prior: Mapped[bool] = mapped_column(default=False)
    commercial_renewed: Mapped[bool] = mapped_column(default=False)
    partly_renewed: Mapped[bool] = mapped_column(default=False)
    won_back_from_id: Mapped[int | None] = mapped_column(ForeignKey("renewals.id"), index=True)
    closed_at: Mapped[datetime | None] = mapped_column(Instant())
    queue_on: Mapped[date | None]
    tier_rank: Mapped[int] = mapped_column(default=NO_TIER)
    version: Mapped[int] = mapped_column(default=1)


DECIDED = text("superseded_at IS NULL AND (kind = 'lost' OR kind = 'renewed')")  # what the loss analysis counts


class RenewalEvent(Base):
    """Something that happened to a renewal, never deleted: a correction supersedes it."""

    __tablename__ = "renewal_events"
    __table_args__ = (
        CheckConstraint("kind <> 'lost' OR loss_reason_id IS NOT NULL", name="loss_has_reason"),
        Index(
            "ix_renewal_events_board", "channel_id", "business_on", "kind", "method", "renewal_id",
            "superseded_at", sqlite_where=text("superseded_at IS NULL"), postgresql_where=text("superseded_at IS NULL"),
        ),
        Index(
            "ix_renewal_events_days", "business_on", "kind", "method", "channel_id", "renewal_id",
            "superseded_at", sqlite_where=text("superseded_at IS NULL"), postgresql_where=text("superseded_at IS NULL"),
        ),
        Index(
            "ix_renewal_events_decided", "channel_id", "business_on", "kind", "loss_reason_id", "specialist_id",
            "renewal_id", "superseded_at", sqlite_where=DECIDED, postgresql_where=DECIDED,
        ),
        Index(
            "ix_renewal_events_decided_days", "business_on", "kind", "loss_reason_id", "channel_id", "specialist_id",
            "renewal_id", "superseded_at", sqlite_where=DECIDED, postgresql_where=DECIDED,
        ),
        Index("ix_renewal_events_history", "renewal_id", "at"),
        Index(
            "ix_renewal_events_appointments", "appointment_at", "channel_id",
            sqlite_where=text("appointment_at IS NOT NULL"), postgresql_where=text("appointment_at IS NOT NULL"),
        ),
        SQLITE_KEYS,
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    renewal_id: Mapped[int] = mapped_column(ForeignKey("renewals.id"))
    kind: Mapped[RenewalEventKind] = mapped_column(Term(RenewalEventKind))
    at: Mapped[datetime] = mapped_column(Instant())
    business_on: Mapped[date]
    channel_id: Mapped[int] = mapped_column(ForeignKey("channels.id"))
    specialist_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    method: Mapped[ContactMethod | None] = mapped_column(Term(ContactMethod))
    outcome: Mapped[ContactOutcome | None] = mapped_column(Term(ContactOutcome))
    note: Mapped[str | None] = mapped_column(String(2000))
    callback_on: Mapped[date | None]
    appointment_at: Mapped[datetime | None] = mapped_column(Instant())
    call_due_on: Mapped[date | None]
    quote_amount: Mapped[Decimal | None] = mapped_column(Money())
    loss_reason_id: Mapped[int | None] = mapped_column(ForeignKey("loss_reasons.id"))
    competitor: Mapped[str | None] = mapped_column(String(100))
    price_gap_amount: Mapped[Decimal | None] = mapped_column(Money())
    countermeasure: Mapped[str | None] = mapped_column(String(1000))
    policy_id: Mapped[int | None] = mapped_column(ForeignKey("policies.id"), index=True)
    origin: Mapped[Origin] = mapped_column(Term(Origin), default=Origin.APP)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    superseded_at: Mapped[datetime | None] = mapped_column(Instant())
