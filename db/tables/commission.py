"""What the insurer says it owes, and what finance got."""

from datetime import date
from decimal import Decimal

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import SQLITE_KEYS, Base, Key, Money, Rate


class StatementLine(Base):
    """One policy on an insurer's commission statement of a month."""

    __tablename__ = "statement_lines"
    __table_args__ = (UniqueConstraint("insurer", "period", "policy_no"), SQLITE_KEYS)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    insurer: Mapped[str] = mapped_column(String(100))
    period: Mapped[str] = mapped_column(String(8))
    policy_no: Mapped[str] = mapped_column(String(64))
    premium_amount: Mapped[Decimal] = mapped_column(Money())
    commission_rate: Mapped[Decimal | None] = mapped_column(Rate())
    commission_amount: Mapped[Decimal] = mapped_column(Money())


class Receipt(Base):
    """One payment of an insurer."""

    __tablename__ = "receipts"
    __table_args__ = (UniqueConstraint("insurer", "receipt_no"), SQLITE_KEYS)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    insurer: Mapped[str] = mapped_column(String(100))
    receipt_no: Mapped[str] = mapped_column(String(64))
    period: Mapped[str] = mapped_column(String(8))
    received_on: Mapped[date]
    amount: Mapped[Decimal] = mapped_column(Money())
