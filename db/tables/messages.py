"""SMS: the texts they are made from, and the outbox."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import SQLITE_KEYS, Base, Instant, Key, Term
from db.terms import MessageKind, MessageStatus


class MessageTemplate(Base):
    """A text with {variables}. A change is a new row and closes the old one, so that a message keeps what it said.

    `provider_code` is the name under which an SMS provider has approved the text, where it asks for that.
    """

    __tablename__ = "message_templates"
    __table_args__ = (SQLITE_KEYS,)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    kind: Mapped[MessageKind] = mapped_column(Term(MessageKind))
    name: Mapped[str] = mapped_column(String(50))
    body: Mapped[str] = mapped_column(String(500))
    provider_code: Mapped[str | None] = mapped_column(String(64))
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)


class Message(Base):
    """One SMS to send or sent. Number, name and plate are looked up when it is sent and never kept here.

    `public_key` is what the gateway knows it by: however often it is handed over, it is one message. `claimed_at`
    is when a worker took it. While it is `sending` nobody else touches it; one that stays so may have gone out.
    """

    __tablename__ = "messages"
    __table_args__ = (
        CheckConstraint("status <> 'sent' OR sent_at IS NOT NULL", name="sent_when"),
        CheckConstraint("(status = 'waiting') = (next_attempt_at IS NOT NULL)", name="waiting_until"),
        Index(
            "ix_messages_waiting", "next_attempt_at", "id",
            sqlite_where=text("status = 'waiting'"), postgresql_where=text("status = 'waiting'"),
        ),
        Index("ix_messages_renewal", "renewal_id", "id"),
        Index("ix_messages_status", "status", "id"),
        SQLITE_KEYS,
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    public_key: Mapped[str] = mapped_column(String(32), unique=True)
    renewal_id: Mapped[int] = mapped_column(ForeignKey("renewals.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), index=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channels.id"), index=True)
    template_id: Mapped[int] = mapped_column(ForeignKey("message_templates.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("renewal_events.id"), unique=True)
    quote_id: Mapped[int | None] = mapped_column(ForeignKey("quotes.id"), index=True)
    signature: Mapped[str] = mapped_column(String(20))
    variables: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    status: Mapped[MessageStatus] = mapped_column(Term(MessageStatus))
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime | None] = mapped_column(Instant())
    claimed_at: Mapped[datetime | None] = mapped_column(Instant())
    gateway: Mapped[str] = mapped_column(String(16))
    gateway_message_id: Mapped[str | None] = mapped_column(String(100))
    error: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(Instant())
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    sent_at: Mapped[datetime | None] = mapped_column(Instant())
    version: Mapped[int] = mapped_column(default=1)
