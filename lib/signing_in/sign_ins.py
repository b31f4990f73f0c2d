"""Signing in: an attempt is counted, the password is looked at, and a right one gives a ticket.

A wrong name, a wrong password, a disabled person and one without a password get the same answer in the same time: each
costs one look at a bcrypt hash and two writes. Looking is the caller's (`verify`), since the library that does it needs
a Streamlit session.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, update

from db.queries import sessions as queries
from db.tables import User
from db.terms import Subject
from lib import data
from lib.access import SYSTEM, Actor, Permission
from lib.data import Change
from lib.refusals import N_, Conflict, Invalid
from lib.signing_in import lockout, passwords, sessions

NOBODYS_HASH = "$2b$12$SdCTfcCMC0c/gAAdEIw3p.PB9WMjeDbIHc4uGCVBSzzIBoX0pFOWy"  # of no password that is kept
WRONG = N_("The name or the password is wrong.")

Verify = Callable[[str, str, str], bool]
"""`(username, password, password_hash)` → whether the password is right."""


@dataclass(frozen=True)
class Attempt:
    """What was typed, from where, and in which known browser. The name comes trimmed, the password as it was typed."""

    name: str
    password: str
    address: str
    device: str | None = None
    language: Literal["zh", "en"] | None = None


@dataclass(frozen=True)
class Candidate:
    """Whose password is looked at: nobody's, if no one may sign in under the typed name."""

    username: str
    password_hash: str
    user_id: int | None = None


def sign_in(attempt: Attempt, verify: Verify) -> str:
    """A ticket for the browser. `Invalid`: wrong, or too many failures and how long to wait."""
    counted = lockout.counts(attempt.name, attempt.address, attempt.device)
    with data.transaction(SYSTEM) as change:
        lockout.take(change, counted)
        candidate = _candidate(change, attempt.name)
    right = verify(candidate.username, attempt.password, candidate.password_hash)
    if candidate.user_id is None or not right:
        data.write(_note_failure, SYSTEM, candidate.user_id)
        raise Invalid(WRONG)
    with data.transaction(SYSTEM) as change:
        lockout.give_back(change, counted)
        _remember_language(change, candidate.user_id, attempt.language)
        return sessions.issue_ticket(change, candidate.user_id)


def _candidate(change: Change, name: str) -> Candidate:
    found = change.session.execute(queries.by_typed_name(name)).all()
    row = found[0] if len(found) == 1 or (found and found[0].username == name) else None
    if row is None or not row.active or row.password_hash is None:
        return Candidate(name or "nobody", NOBODYS_HASH)
    return Candidate(row.username, row.password_hash, row.id)


@data.command(Permission.ACCOUNT)
def _note_failure(change: Change, user_id: int | None) -> None:
    """A failed attempt in the audit trail; what was typed is not kept, it may be a password in the wrong field."""
    change.record("sign_in_failed", "sign_ins", user_id)


def _remember_language(change: Change, user_id: int, language: str | None) -> None:
    if language is not None:
        change.session.execute(update(User).where(User.id == user_id).values(language=language))
        change.subjects.add(Subject.PEOPLE)


def change_password(actor: Actor, current: str, new: str, repeated: str) -> None:
    """Set one's own password; every other session of the person ends. `Invalid` names the field to blame.

    Both looks at bcrypt happen outside the transaction: it would hold SQLite's lock for their half second.
    """
    counted = lockout.counts(actor.username, "", f"session {actor.session_id}")
    with data.transaction(actor) as change:
        lockout.take(change, counted)
    seen = data.fresh(_password_hash, actor.user_id)
    if seen is None or not passwords.matches(current, seen):
        raise Invalid(N_("The current password is wrong."), field="current")
    if new != repeated:
        raise Invalid(N_("The two new passwords are not the same."), field="repeated")
    if new == current:
        raise Invalid(N_("The new password must differ from the current one."), field="password")
    passwords.check(new, actor.username)
    data.write(_set_own_password, actor, seen, passwords.hashed(new))
    with data.transaction(actor) as change:
        lockout.give_back(change, counted)


def _password_hash(connection: Connection, user_id: int | None) -> str | None:
    kept: str | None = connection.scalar(queries.password_hash(user_id or 0))
    return kept


@data.command(Permission.ACCOUNT, Subject.PEOPLE)
def _set_own_password(change: Change, seen: str, new_hash: str) -> None:
    user = change.session.get_one(User, change.actor.user_id, with_for_update=True)
    if user.password_hash != seen:
        raise Conflict(N_("Your password was changed in the meantime. Sign in again."))
    user.password_hash, user.must_change_password = new_hash, False
    sessions.end_all(change, user.id, but=change.actor.session_id)
    change.record("password_changed", "accounts", user.id, user.channel_id)


@data.command(Permission.ACCOUNT, Subject.PEOPLE)
def choose_language(change: Change, language: Literal["zh", "en"]) -> None:
    """Remember the language that a person reads."""
    user = change.session.get_one(User, change.actor.user_id)
    user.language = language
    change.record("language_chosen", "accounts", user.id, user.channel_id, language=language)
