"""Insurance contracts."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import SQLITE_KEYS, Base, Instant, Key, Money, Rate, Term
from db.terms import BusinessType, Origin, PolicyLine, PolicyStatus


class Policy(Base):
    """One contract with its own number. It expires into one renewal and may have renewed another."""

    __tablename__ = "policies"
    __table_args__ = (
        UniqueConstraint("insurer", "policy_no"),
        CheckConstraint("expires_on >= starts_on", name="expires_after_start"),
        CheckConstraint("premium_amount >= 0", name="premium"),
        Index("ix_policies_board", "channel_id", "issued_on", "premium_amount"),
        Index("ix_policies_days", "issued_on", "channel_id", "premium_amount"),
        Index("ix_policies_vehicle", "vehicle_id", "line", "business_type"),
        SQLITE_KEYS,
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    insurer: Mapped[str] = mapped_column(String(100))
    policy_no: Mapped[str] = mapped_column(String(64))
    line: Mapped[PolicyLine] = mapped_column(Term(PolicyLine))
    business_type: Mapped[BusinessType] = mapped_column(Term(BusinessType))
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicles.id"))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"), index=True)
    issued_at: Mapped[datetime] = mapped_column(Instant())
    issued_on: Mapped[date]
    registered_at: Mapped[datetime | None] = mapped_column(Instant())
    starts_on: Mapped[date]
    expires_on: Mapped[date]
    premium_amount: Mapped[Decimal] = mapped_column(Money())
    vehicle_tax_amount: Mapped[Decimal | None] = mapped_column(Money())
    commission_rate: Mapped[Decimal | None] = mapped_column(Rate())
    issuer_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channels.id"))
    status: Mapped[PolicyStatus] = mapped_column(Term(PolicyStatus), default=PolicyStatus.IN_FORCE)
    status_on: Mapped[date | None]
    expiring_renewal_id: Mapped[int | None] = mapped_column(ForeignKey("renewals.id"), index=True)
    renewed_renewal_id: Mapped[int | None] = mapped_column(ForeignKey("renewals.id"), index=True)
    origin: Mapped[Origin] = mapped_column(Term(Origin), default=Origin.APP)
    version: Mapped[int] = mapped_column(default=1)
