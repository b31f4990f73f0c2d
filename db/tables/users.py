"""People who sign in, their sessions, and the wall screens that need no person."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import SQLITE_KEYS, Base, Instant, Key, Term
from db.terms import Role


class User(Base):
    """A person. No home channel means the whole group; no password hash means that they cannot sign in yet."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint(
            "channel_id IS NOT NULL OR role IN ('admin', 'manager', 'channel_manager', 'finance')",
            name="whole_group_roles",
        ),
        SQLITE_KEYS,
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    username: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    role: Mapped[Role] = mapped_column(Term(Role))
    channel_id: Mapped[int | None] = mapped_column(ForeignKey("channels.id"), index=True)
    active: Mapped[bool] = mapped_column(default=True)
    password_hash: Mapped[str | None] = mapped_column(String(128))
    must_change_password: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str | None] = mapped_column(String(8))
    version: Mapped[int] = mapped_column(default=1)


class Session(Base):
    """One sign-in of one browser. Only the hash of its key is kept; ending the row ends its pages and its cookie."""

    __tablename__ = "sessions"
    __table_args__ = (SQLITE_KEYS,)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(Instant())
    expires_at: Mapped[datetime] = mapped_column(Instant())
    ended_at: Mapped[datetime | None] = mapped_column(Instant())


class Ticket(Base):
    """A single-use, short-lived proof that a password was right, exchanged for a cookie. Only its hash is kept."""

    __tablename__ = "tickets"

    ticket_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    expires_at: Mapped[datetime] = mapped_column(Instant(), index=True)
    used_at: Mapped[datetime | None] = mapped_column(Instant())


class SignInFailure(Base):
    """Failed sign-ins counted per typed name (hashed, known or not) and per address."""

    __tablename__ = "sign_in_failures"

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    failed_count: Mapped[int]
    last_failed_at: Mapped[datetime] = mapped_column(Instant(), index=True)
    locked_until: Mapped[datetime | None] = mapped_column(Instant())


class Screen(Base):
    """A wall screen: a revocable token of which only the hash is kept, its scope, and what it shows."""

    __tablename__ = "screens"
    __table_args__ = (SQLITE_KEYS,)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    channel_id: Mapped[int | None] = mapped_column(ForeignKey("channels.id"))
    options: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(Instant())
    revoked_at: Mapped[datetime | None] = mapped_column(Instant())
    seen_at: Mapped[datetime | None] = mapped_column(Instant())


class Download(Base):
    """A file made for one session, kept for a few minutes. In the database, so that any process can hand it out."""

    __tablename__ = "downloads"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"), index=True)
    file_name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(Instant(), index=True)
