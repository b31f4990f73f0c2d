"""Sessions and tickets as sentences."""

from typing import Any

from sqlalchemy import Select, Update, func, select, update

from db.tables import Channel, Download, Session, Ticket, User


def running(key_hash: str) -> Select[*tuple[Any, ...]]:
    """The session of this key and its person, unless it was ended or the person may no longer act."""
    return (
        select(
            Session.id.label("session_id"), Session.expires_at, User.id, User.username, User.name, User.role,
            User.channel_id, User.language, User.must_change_password, Channel.path,
        )
        .join(User, User.id == Session.user_id)
        .outerjoin(Channel, Channel.id == User.channel_id)
        .where(Session.key_hash == key_hash, Session.ended_at.is_(None), User.active)
    )  # fmt: skip


def ending(at: Any, user_id: int | None = None, session_id: int | None = None, but: int | None = None) -> Update:
    """Ends a person's sessions, or one session; all `but` one where given."""
    sentence = update(Session).where(Session.ended_at.is_(None)).values(ended_at=at)
    if user_id is not None:
        sentence = sentence.where(Session.user_id == user_id)
    if session_id is not None:
        sentence = sentence.where(Session.id == session_id)
    return sentence if but is None else sentence.where(Session.id != but)


def unused_ticket(ticket_hash: str, at: Any) -> Select[*tuple[Any, ...]]:
    """Whose ticket this is, if it still holds."""
    return (
        select(User.id, User.username, User.name, User.role, User.channel_id, User.language,
               User.must_change_password, Channel.path)
        .join(Ticket, Ticket.user_id == User.id)
        .outerjoin(Channel, Channel.id == User.channel_id)
        .where(Ticket.ticket_hash == ticket_hash, Ticket.used_at.is_(None), Ticket.expires_at > at, User.active)
    )  # fmt: skip


def by_typed_name(typed: str) -> Select[*tuple[Any, ...]]:
    """People whose sign-in name this is but for upper and lower case, the exact one first."""
    return (
        select(User.id, User.username, User.active, User.password_hash)
        .where(func.lower(User.username) == typed.lower())
        .order_by((User.username == typed).desc())
        .limit(2)
    )


def password_hash(user_id: int) -> Select[*tuple[Any, ...]]:
    """The hash of an active person's password."""
    return select(User.password_hash).where(User.id == user_id, User.active)


def download(token_hash: str, session_id: int, at: Any) -> Select[*tuple[Any, ...]]:
    """A file made for this session, while it is kept."""
    return select(Download.file_name, Download.media_type, Download.content).where(
        Download.token_hash == token_hash, Download.session_id == session_id, Download.expires_at > at
    )
