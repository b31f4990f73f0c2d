"""Personal data lives here (and in vehicles), nowhere else."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import SQLITE_KEYS, Base, Bytewise, Instant, Key, Term
from db.terms import Tier


class Customer(Base):
    """A person or company. The ID number is sealed; its keyed digest finds the same customer again."""

    __tablename__ = "customers"
    __table_args__ = (
        CheckConstraint("mobile IS NULL OR length(mobile) = 11", name="mobile_length"),
        Index("ix_customers_mobile_name", "mobile", "name"),
        SQLITE_KEYS,
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    name: Mapped[str | None] = mapped_column(Bytewise(100), index=True)
    mobile: Mapped[str | None] = mapped_column(String(11))
    mobile_tail: Mapped[str | None] = mapped_column(String(4), index=True)
    id_number_sealed: Mapped[str | None] = mapped_column(String(255))
    id_number_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    tier: Mapped[Tier | None] = mapped_column(Term(Tier))
    sms_consent: Mapped[bool | None]
    consent_at: Mapped[datetime | None] = mapped_column(Instant())
    consent_how: Mapped[str | None] = mapped_column(String(32))
    version: Mapped[int] = mapped_column(default=1)


class OptOut(Base):
    """A number that asked for no more SMS."""

    __tablename__ = "opt_outs"

    mobile: Mapped[str] = mapped_column(String(11), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant())
    how: Mapped[str] = mapped_column(String(32))
