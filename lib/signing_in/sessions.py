"""Sessions: one sign-in of one browser, ended by signing out, by time, or by whoever may end it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, update

from db.queries import sessions as queries
from db.tables import Session, Ticket
from db.terms import Subject
from lib import data, keys, settings
from lib.access import Actor, Permission
from lib.actors import actor_of
from lib.data import Change
from lib.refusals import N_, NotAllowed

TICKET_LIFE = timedelta(seconds=30)
KEPT_AFTER_END = timedelta(days=30)


@dataclass(frozen=True)
class Running:
    """A session that was not ended, with its person as the database has them at this data version."""

    actor: Actor
    expires_at: datetime


@dataclass(frozen=True)
class Started:
    """A new session: the key goes into the cookie and nowhere else."""

    key: str
    username: str
    expires_at: datetime


@data.reads(Subject.PEOPLE, Subject.CHANNELS)
def running(connection: Connection, key_hash: str) -> Running | None:
    """The session of this key; the caller compares `expires_at` with the clock."""
    row = connection.execute(queries.running(key_hash)).first()
    return None if row is None else Running(actor_of(row, row.session_id), row.expires_at)


def actor_at(key: str | None, now: datetime) -> Actor | None:
    """Who holds this session key at this moment; nobody, if it is unknown, ended or over."""
    found = data.read(running, digest_of(key)) if key else None
    return found.actor if found and found.expires_at > now else None


def digest_of(key: str) -> str:
    """What the database keeps of a session key or ticket."""
    return keys.digest("session", key)


def issue_ticket(change: Change, user_id: int) -> str:
    """A ticket that this person's browser exchanges for a session within 30 seconds, once."""
    ticket = keys.token()
    change.session.execute(delete(Ticket).where(Ticket.expires_at < change.at))
    change.session.execute(
        insert(Ticket).values(ticket_hash=digest_of(ticket), user_id=user_id, expires_at=change.at + TICKET_LIFE)
    )
    return ticket


@data.command(Permission.ACCOUNT)
def start(change: Change, ticket: str, instead_of: str | None = None) -> Started:
    """Exchange a ticket for a session, in place of the one this browser had. `NotAllowed`: it is used or old."""
    row = change.session.execute(queries.unused_ticket(digest_of(ticket), change.at)).first()
    used = change.session.execute(
        update(Ticket)
        .where(Ticket.ticket_hash == digest_of(ticket), Ticket.used_at.is_(None))
        .values(used_at=change.at)
    )
    if row is None or used.rowcount != 1:  # type: ignore[attr-defined]
        raise NotAllowed(N_("Signing in took too long. Please sign in again."))
    _end_replaced(change, instead_of)
    key, expires_at = keys.token(), change.at + timedelta(hours=settings.load().session_hours)
    change.session.execute(delete(Session).where(Session.expires_at < change.at - KEPT_AFTER_END))
    change.session.execute(
        insert(Session).values(key_hash=digest_of(key), user_id=row.id, started_at=change.at, expires_at=expires_at)
    )
    change.actor = actor_of(row)
    change.record("signed_in", "sign_ins", row.id, row.channel_id)
    return Started(key, row.username, expires_at)


def _end_replaced(change: Change, key: str | None) -> None:
    if key:
        found = change.session.execute(queries.running(digest_of(key))).first()
        if found is not None:
            change.session.execute(queries.ending(change.at, session_id=found.session_id))
            change.subjects.add(Subject.PEOPLE)


@data.command(Permission.ACCOUNT, Subject.PEOPLE)
def end(change: Change) -> None:
    """Sign out: end the actor's own session."""
    change.session.execute(queries.ending(change.at, session_id=change.actor.session_id or 0))
    change.record("signed_out", "sign_ins", change.actor.user_id, change.actor.channel_id)


def end_all(change: Change, user_id: int, but: int | None = None) -> None:
    """End a person's sessions and unused tickets; those of `but` go on. The caller raises the version of people."""
    change.session.execute(queries.ending(change.at, user_id=user_id, but=but))
    change.session.execute(delete(Ticket).where(Ticket.user_id == user_id))
