"""Making and revoking the links that open a wall screen. A link is told once: the database keeps its hash alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from db.queries import screens as queries
from db.tables import Channel, Screen
from db.terms import Subject
from lib import data, keys, screens
from lib.access import Permission, Scope
from lib.data import Change
from lib.refusals import N_, Invalid, NotFound
from lib.wall.options import WallOptions

LONGEST_NAME = 100
PATH = "/wall?screen="


@dataclass(frozen=True)
class Listed:
    """One line of the list of screens. No channel: the whole group."""

    id: int
    name: str
    channel_name: str | None
    options: WallOptions
    created_at: datetime
    revoked_at: datetime | None
    seen_at: datetime | None


def listed(connection: Connection, scope: Scope) -> tuple[Listed, ...]:
    """The screens of a scope; for `data.fresh`, since a screen's last sign of life raises no data version."""
    return tuple(
        Listed(row.id, row.name, row.channel_name, WallOptions.of(row.options), row.created_at, row.revoked_at,
               row.seen_at)
        for row in connection.execute(queries.listed(scope.path))
    )  # fmt: skip


@data.command(Permission.PEOPLE_WRITE, Subject.SCREENS)
def add(change: Change, name: str, channel_id: int | None, options: Mapping[str, Any]) -> str:
    """Add a screen; returns the path of its link, which nobody can be told again."""
    name = name.strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Invalid(N_("A name is needed, of at most {count} characters."), field="name", count=LONGEST_NAME)
    path = change.session.scalar(select(Channel.path).where(Channel.id == channel_id))
    if (path is None) != (channel_id is None) or not change.actor.reaches(path):
        raise Invalid(N_("This channel is outside your area."), field="channel")
    token = keys.token()
    row = insert(Screen).values(
        name=name, token_hash=screens.token_hash(token), channel_id=channel_id, options=dict(options),
        created_at=change.at,
    )  # fmt: skip
    screen_id = change.session.scalars(row.returning(Screen.id)).one()
    change.record("screen_added", "screens", screen_id, channel_id, name=name)
    return PATH + token


@data.command(Permission.PEOPLE_WRITE, Subject.SCREENS)
def revoke(change: Change, screen_id: int) -> None:
    """Make a screen's link open nothing any more, at its next tick. `NotFound` outside the actor's area."""
    row = change.session.execute(queries.with_path(screen_id)).first()
    if row is None or not change.actor.reaches(row.path):
        raise NotFound
    change.session.execute(
        update(Screen).where(Screen.id == screen_id, Screen.revoked_at.is_(None)).values(revoked_at=change.at)
    )
    change.record("screen_revoked", "screens", screen_id, row.channel_id, name=row.name)
