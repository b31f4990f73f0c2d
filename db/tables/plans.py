"""What shall be reached, what is expected, and how centres are marked."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import SQLITE_KEYS, Base, Instant, Key, Scaled, Term
from db.terms import CentreFunction


class Target(Base):
    """What a channel or a person shall reach of one metric in a period (2026, 2026Q4, 2026-11, 2026-W48)."""

    __tablename__ = "targets"
    __table_args__ = (
        CheckConstraint("(channel_id IS NULL) <> (user_id IS NULL)", name="one_subject"),
        CheckConstraint("value >= 0", name="value"),
        UniqueConstraint("channel_id", "metric", "period"),
        UniqueConstraint("user_id", "metric", "period"),
        Index("ix_targets_period", "metric", "period"),
        SQLITE_KEYS,
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    channel_id: Mapped[int | None] = mapped_column(ForeignKey("channels.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    metric: Mapped[str] = mapped_column(String(64))
    period: Mapped[str] = mapped_column(String(8))
    value: Mapped[Decimal] = mapped_column(Scaled(6))
    version: Mapped[int] = mapped_column(default=1)


class Forecast(Base):
    """One node's submission of one model for one month (its first day); a later submission stands beside it.

    `below_quantity` is what those below had submitted then; a node that differs from it says why in `reason`.
    """

    __tablename__ = "forecasts"
    __table_args__ = (
        UniqueConstraint("channel_id", "month", "car_model_id", "submitted_at"),
        CheckConstraint("quantity >= 0", name="quantity"),
        SQLITE_KEYS,
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channels.id"))
    month: Mapped[date]
    car_model_id: Mapped[int] = mapped_column(ForeignKey("car_models.id"), index=True)
    quantity: Mapped[int]
    submitted_at: Mapped[datetime] = mapped_column(Instant())
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    below_quantity: Mapped[int | None]
    reason: Mapped[str | None] = mapped_column(String(500))


class Score(Base):
    """A centre's mark on one of its eight functions in a month, 0 to 100."""

    __tablename__ = "scores"
    __table_args__ = (
        UniqueConstraint("channel_id", "month", "function"),
        CheckConstraint("score BETWEEN 0 AND 10000", name="score"),
        SQLITE_KEYS,
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channels.id"))
    month: Mapped[date]
    function: Mapped[CentreFunction] = mapped_column(Term(CentreFunction))
    score: Mapped[Decimal] = mapped_column(Scaled(2))
    evidence: Mapped[str | None] = mapped_column(String(1000))
    version: Mapped[int] = mapped_column(default=1)
