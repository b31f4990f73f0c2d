"""Wall screens: who holds the link sees the board's aggregates of one channel, until the link is revoked."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, or_, update

from db.queries import screens as queries
from db.tables import Screen
from lib import data, settings
from lib.access import SYSTEM, Scope
from lib.wall.options import WallOptions

SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class OpenScreen:
    """A screen whose link holds: its scope, and what it shows."""

    id: int
    scope: Scope
    options: WallOptions


def token_hash(token: str) -> str:
    """What is kept of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def by_token(connection: Connection, token: str) -> OpenScreen | None:
    """The screen that a link opens; `None` for an unknown or revoked one."""
    row = connection.execute(queries.open_by_hash(token_hash(token))).first()
    return OpenScreen(row.id, Scope(row.path), WallOptions.of(row.options, settings.load().language)) if row else None


def mark_seen(screen_id: int, now: datetime) -> None:
    """Note that a screen is alive, once a minute at most. Nothing that others read changes by it."""
    with data.transaction(SYSTEM, now) as change:
        change.session.execute(
            update(Screen)
            .where(Screen.id == screen_id, or_(Screen.seen_at.is_(None), Screen.seen_at <= now - SEEN_EVERY))
            .values(seen_at=now)
            .execution_options(synchronize_session=False)
        )
