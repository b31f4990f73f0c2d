"""What a specialist may not promise alone, and what was asked and answered about it (N5)."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import SQLITE_KEYS, Base, Instant, Key, Rate, Term
from db.terms import ApprovalState, Approver, AuthorityKind, VehicleUse

WAITING = "state = 'waiting'"


class AuthorityRule(Base):
    """One bound of a specialist's authority, the store's own choice, with its days. A changed bound is a new row.

    `threshold` is measured as its kind asks: a coefficient, a ratio, 万元 of cover, a count; a use of the car has none.
    """

    __tablename__ = "authority_rules"
    __table_args__ = (
        CheckConstraint("(kind = 'vehicle_use') = (vehicle_use IS NOT NULL)", name="use"),
        CheckConstraint("(kind = 'vehicle_use') = (threshold IS NULL)", name="threshold"),
        CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", name="days"),
        SQLITE_KEYS,
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    kind: Mapped[AuthorityKind] = mapped_column(Term(AuthorityKind))
    threshold: Mapped[Decimal | None] = mapped_column(Rate())
    vehicle_use: Mapped[VehicleUse | None] = mapped_column(Term(VehicleUse))
    approver: Mapped[Approver] = mapped_column(Term(Approver), default=Approver.MANAGER)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(300), default="")
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)


class Approval(Base):
    """One request to tell a quote that goes beyond the rules, and its answer. A quote has at most one that waits.

    `findings` are the rules that it broke when it was asked: each rule's id, and what was measured (null: not stated).
    """

    __tablename__ = "approvals"
    __table_args__ = (
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided"),
        Index("ix_approvals_quote", "quote_id", "id"),
        Index("ix_approvals_asked", "state", "asked_at"),
        Index(
            "uq_approvals_waiting", "quote_id", unique=True, sqlite_where=text(WAITING), postgresql_where=text(WAITING)
        ),
        SQLITE_KEYS,
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    quote_id: Mapped[int] = mapped_column(ForeignKey("quotes.id"))
    findings: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    state: Mapped[ApprovalState] = mapped_column(Term(ApprovalState), default=ApprovalState.WAITING)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    asked_at: Mapped[datetime] = mapped_column(Instant())
    reason: Mapped[str] = mapped_column(String(1000))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant())
    answer: Mapped[str | None] = mapped_column(String(1000))
    version: Mapped[int] = mapped_column(default=1)
