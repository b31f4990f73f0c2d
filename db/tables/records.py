"""Change counters, the audit trail, settings and dictionaries."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import SQLITE_KEYS, Base, Instant, Key, Term
from db.terms import Controllable, LossDomain, Subject

VERSION_PARTS = 8  # of a subject on PostgreSQL; SQLite, with its one writer, needs one


class DataVersion(Base):
    """How often a subject was written to; raised in the transaction of each write.

    A subject's version is the sum of its parts: writers that raise different parts do not wait for each other.
    """

    __tablename__ = "data_versions"

    subject: Mapped[Subject] = mapped_column(Term(Subject), primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True, default=0)
    version: Mapped[int]


class AuditEntry(Base):
    """Who did what to what, with masked old and new values. Rows are only ever added."""

    __tablename__ = "audit_log"
    __table_args__ = (
        Index("ix_audit_log_at", "at", "id"),
        Index("ix_audit_log_actor", "actor_id", "at"),
        Index("ix_audit_log_subject", "subject", "subject_id", "at"),
        SQLITE_KEYS,
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant())
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    actor_name: Mapped[str] = mapped_column(String(100))
    action: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str | None] = mapped_column(String(32))
    subject_id: Mapped[int | None] = mapped_column(Key)
    channel_id: Mapped[int | None] = mapped_column(ForeignKey("channels.id"), index=True)
    details: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)


class Setting(Base):
    """One value that people set, with where it comes from and whether somebody verified it."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[object] = mapped_column(JSON)
    source: Mapped[str | None] = mapped_column(String(500))
    verified: Mapped[bool] = mapped_column(default=False)


class CalendarDay(Base):
    """An admin's word on a day that the published calendar has wrong or not yet."""

    __tablename__ = "calendar_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    is_workday: Mapped[bool]
    note: Mapped[str | None] = mapped_column(String(200))


class LossReason(Base):
    """A reason in two levels: a first-level row has no parent. Never deleted while used."""

    __tablename__ = "loss_reasons"
    __table_args__ = (UniqueConstraint("domain", "parent_id", "slug"), SQLITE_KEYS)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    domain: Mapped[LossDomain] = mapped_column(Term(LossDomain))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("loss_reasons.id"), index=True)
    slug: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(100))
    name_en: Mapped[str] = mapped_column(String(100))
    controllable: Mapped[Controllable] = mapped_column(Term(Controllable))
    position: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)
