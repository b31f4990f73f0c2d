"""Dated rate rows and the premium trials made with them."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import SQLITE_KEYS, Base, Instant, Key, Money, Rate, Term
from db.terms import Cover, Plan, RateKind


class RateRow(Base):
    """One figure of an official table, with its days, its source, and whether somebody verified it (domain.md B1).

    `item` names it within its kind; `low` and `high` bound what is measured (seats, tonnes, litres, cc): low included,
    high not. `value` is yuan, a ratio or a coefficient; `value_high` is the upper end where the row gives a range.
    """

    __tablename__ = "rate_rows"
    __table_args__ = (
        CheckConstraint("high IS NULL OR low < high", name="bounds"),
        CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", name="days"),
        CheckConstraint("value_high IS NULL OR value <= value_high", name="range"),
        Index("ix_rate_rows_table", "kind", "region", "item"),
        SQLITE_KEYS,
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    kind: Mapped[RateKind] = mapped_column(Term(RateKind))
    region: Mapped[str | None] = mapped_column(String(20))
    item: Mapped[str] = mapped_column(String(40))
    low: Mapped[Decimal] = mapped_column(Rate(), default=Decimal())
    high: Mapped[Decimal | None] = mapped_column(Rate())
    value: Mapped[Decimal] = mapped_column(Rate())
    value_high: Mapped[Decimal | None] = mapped_column(Rate())
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(300))
    verified: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)


class Quote(Base):
    """One plan of a premium trial, as it was computed. It belongs to a renewal, or to nobody yet (a walk-in)."""

    __tablename__ = "quotes"
    __table_args__ = (SQLITE_KEYS,)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    renewal_id: Mapped[int | None] = mapped_column(ForeignKey("renewals.id"), index=True)
    channel_id: Mapped[int | None] = mapped_column(ForeignKey("channels.id"))
    plan: Mapped[Plan] = mapped_column(Term(Plan))
    insurer: Mapped[str | None] = mapped_column(String(100))
    made_at: Mapped[datetime] = mapped_column(Instant())
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    total_amount: Mapped[Decimal] = mapped_column(Money())
    inputs: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)


class QuoteLine(Base):
    """One line of a quote with its arithmetic and the rate rows that it used."""

    __tablename__ = "quote_lines"
    __table_args__ = (SQLITE_KEYS,)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    quote_id: Mapped[int] = mapped_column(ForeignKey("quotes.id"), index=True)
    position: Mapped[int]
    cover: Mapped[Cover] = mapped_column(Term(Cover))
    base_amount: Mapped[Decimal] = mapped_column(Money())
    factors: Mapped[list[str]] = mapped_column(JSON, default=list)
    rate_row_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    amount: Mapped[Decimal] = mapped_column(Money())
