"""People: who they are, what they may do, and their way in. An admin's commands, within the admin's own area."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from db.queries import users as queries
from db.tables import Channel, User
from db.terms import Role, Subject
from lib import data
from lib.access import WHOLE_GROUP_ROLES, Actor, Permission, Scope
from lib.data import Change
from lib.refusals import N_, Invalid, NotFound
from lib.signing_in import lockout, passwords, sessions

USERNAME = re.compile(r"[^\s/\\?#&]{1,64}")
LONGEST_NAME = 100


@dataclass(frozen=True)
class Person:
    """One line of the list of people. No channel: the whole group."""

    id: int
    username: str
    name: str
    role: Role
    channel_id: int | None
    channel_name: str | None
    active: bool
    has_password: bool
    must_change_password: bool
    version: int
    last_at: datetime | None
    running: int


@dataclass(frozen=True)
class Home:
    """A channel that people may belong to."""

    id: int
    code: str
    name: str
    depth: int


@dataclass(frozen=True)
class Details:
    """What an admin says about a person. No channel: the whole group."""

    name: str
    role: Role
    channel_id: int | None


def people(connection: Connection, scope: Scope, now: datetime) -> tuple[Person, ...]:
    """Everybody of the scope, the active first; for `data.fresh`, since it counts running sessions."""
    return tuple(Person(**row._mapping) for row in connection.execute(queries.listed(scope.path, now)))


@data.reads(Subject.CHANNELS)
def homes(connection: Connection, scope: Scope) -> tuple[Home, ...]:
    """The channels of the scope, in the order of the tree."""
    rows = connection.execute(queries.homes(scope.path))
    return tuple(Home(row.id, row.code, row.name, row.path.count(".") - 1) for row in rows)


@data.reads(Subject.CHANNELS)
def home_name(connection: Connection, channel_id: int | None) -> str | None:
    """The name of a home channel; nothing for the whole group."""
    name: str | None = connection.scalar(select(Channel.name).where(Channel.id == channel_id))
    return name


def id_of(connection: Connection, username: str) -> int:
    """The person of this name for signing in; `NotFound`."""
    found = connection.scalar(queries.by_username(username))
    if found is None:
        raise NotFound(N_("There is no person with the sign-in name {username}."), username=username)
    return int(found)


def home_of(connection: Connection, code: str) -> int | None:
    """The channel of a code; nothing for `*`, the whole group. `NotFound`."""
    if code == "*":
        return None
    found = connection.execute(queries.home_of_code(code)).first()
    if found is None:
        raise NotFound(N_("There is no active channel with the code {code}."), code=code)
    return int(found.id)


def add(actor: Actor, username: str, details: Details, password: str | None = None, must_change: bool = True) -> str:
    """Add a person; returns their first password, made up unless given, which they change at their first sign-in."""
    first = password if password is not None else passwords.made_up()
    passwords.check(first, username)
    data.write(_add, actor, username.strip(), details, passwords.hashed(first), must_change)
    return first


@data.command(Permission.PEOPLE_WRITE, Subject.PEOPLE)
def _add(change: Change, username: str, details: Details, password_hash: str, must_change: bool) -> None:
    if not USERNAME.fullmatch(username):
        raise Invalid(N_("A sign-in name has 1 to 64 characters and no blanks or slashes."), field="username")
    if change.session.scalar(queries.same_name(username)) is not None:
        raise Invalid(N_("The sign-in name {username} is taken."), field="username", username=username)
    details = _checked(change, details)
    row = insert(User).values(
        username=username, name=details.name, role=details.role, channel_id=details.channel_id,
        password_hash=password_hash, must_change_password=must_change,
    )  # fmt: skip
    user_id = change.session.scalars(row.returning(User.id)).one()
    change.record("person_added", "users", user_id, details.channel_id, username=username, role=details.role)


@data.command(Permission.PEOPLE_WRITE, Subject.PEOPLE)
def edit(change: Change, user_id: int, seen: int, details: Details) -> None:
    """Change a person's name, role or home channel, unless someone else did since (`Conflict`)."""
    user, details = _within_reach(change, user_id), _checked(change, details)
    if details.role is not Role.ADMIN:
        _keep_an_admin(change, user_id)
    old = Details(user.name, user.role, user.channel_id)
    change.claim(User, user_id, seen, name=details.name, role=details.role, channel_id=details.channel_id)
    change.record(
        "person_changed", "users", user_id, details.channel_id, username=user.username,
        old={"role": old.role, "channel": old.channel_id}, new={"role": details.role, "channel": details.channel_id},
    )  # fmt: skip


@data.command(Permission.PEOPLE_WRITE, Subject.PEOPLE)
def disable(change: Change, user_id: int, seen: int) -> None:
    """Let a person sign in no more; their sessions end at once. What they did stays."""
    user = _within_reach(change, user_id)
    _keep_an_admin(change, user_id)
    change.claim(User, user_id, seen, active=False)
    sessions.end_all(change, user_id)
    change.record("person_disabled", "users", user_id, user.channel_id, username=user.username)


@data.command(Permission.PEOPLE_WRITE, Subject.PEOPLE)
def enable(change: Change, user_id: int, seen: int) -> None:
    """Let a person sign in again, with the password they had."""
    user = _within_reach(change, user_id)
    change.claim(User, user_id, seen, active=True)
    change.record("person_enabled", "users", user_id, user.channel_id, username=user.username)


def reset_password(actor: Actor, user_id: int, password: str | None = None, must_change: bool = True) -> str:
    """Give a person a new password (a first one, after an import); their sessions end. Returns it, to be told once."""
    new = password if password is not None else passwords.made_up()
    passwords.check(new, data.fresh(_username, user_id))
    data.write(_reset, actor, user_id, passwords.hashed(new), must_change)
    return new


@data.command(Permission.PEOPLE_WRITE, Subject.PEOPLE)
def _reset(change: Change, user_id: int, password_hash: str, must_change: bool) -> None:
    user = _within_reach(change, user_id)
    user.password_hash, user.must_change_password = password_hash, must_change
    lockout.forgive(change, user.username)
    sessions.end_all(change, user_id)
    change.record("password_reset", "users", user_id, user.channel_id, username=user.username)


@data.command(Permission.PEOPLE_WRITE, Subject.PEOPLE)
def sign_out_everywhere(change: Change, user_id: int) -> None:
    """End every session of a person."""
    user = _within_reach(change, user_id)
    sessions.end_all(change, user_id)
    change.record("signed_out_everywhere", "users", user_id, user.channel_id, username=user.username)


def _username(connection: Connection, user_id: int) -> str:
    found: str | None = connection.scalar(select(User.username).where(User.id == user_id))
    if found is None:
        raise NotFound
    return found


def _within_reach(change: Change, user_id: int) -> User:
    """The person, if the actor's area holds them; someone of the whole group is in no smaller area."""
    row = change.session.execute(queries.with_path(user_id)).first()
    if row is None or not change.actor.reaches(row.path):
        raise NotFound
    user: User = row[0]
    return user


def _checked(change: Change, details: Details) -> Details:
    name = details.name.strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Invalid(N_("A name is needed, of at most {count} characters."), field="name", count=LONGEST_NAME)
    if details.channel_id is None and details.role not in WHOLE_GROUP_ROLES:
        raise Invalid(N_("This role needs a home channel."), field="channel")
    path = change.session.scalar(select(Channel.path).where(Channel.id == details.channel_id))
    known = (path is None) == (details.channel_id is None)
    if not known or not change.actor.reaches(path):
        raise Invalid(N_("This home channel is outside your area."), field="channel")
    return Details(name, details.role, details.channel_id)


def _keep_an_admin(change: Change, leaving: int) -> None:
    """Refuse to take away the last admin who can sign in."""
    admins = set(change.session.scalars(queries.admins_who_can_sign_in()))
    if admins == {leaving}:
        raise Invalid(N_("This is the last administrator who can sign in. Make somebody else one first."))
