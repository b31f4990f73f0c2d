"""Files made for one session: kept for a few minutes, handed out by a route that asks for that session's cookie.

Streamlit's own media files are served to whoever has the address; these are not. They stand in the database rather than
in a process's memory, so that behind a proxy any process can hand out what another one made.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert

from db.queries import sessions as queries
from db.tables import Download
from lib import clock, data, keys, settings, sheets
from lib.access import Actor, Permission
from lib.data import Change
from lib.sheets import Cell, Sheet
from lib.words import Words

KEPT_FOR = timedelta(minutes=5)
LARGEST = 50 * 1024 * 1024  # bytes

Build = Callable[[], bytes]


@dataclass(frozen=True)
class Made:
    """What a token stands for."""

    file_name: str
    media_type: str
    content: bytes


def make_sheet(
    actor: Actor, name: str, columns: tuple[str, ...], rows: Callable[[], list[tuple[Cell, ...]]], words: Words,
    permission: Permission = Permission.EXPORT,
) -> str:  # fmt: skip
    """A workbook of these masked rows, watermarked with who took it and when; returns the token of its address."""
    actor.require(permission)
    at, zone = clock.now(), settings.load().zone
    taken = clock.store_time(at, zone)
    watermark = words.say("Taken by {name} on {when}", name=actor.name, when=taken.strftime("%Y-%m-%d %H:%M"))
    read = rows()
    content = sheets.workbook(Sheet(name, columns, read, watermark, zone))
    file_name = f"{name}-{taken:%Y%m%d-%H%M}.xlsx"
    return data.write(keep, actor, Made(file_name, sheets.XLSX, content), permission, len(read))


@data.command(Permission.ACCOUNT)
def keep(change: Change, made: Made, permission: Permission = Permission.EXPORT, row_count: int | None = None) -> str:
    """Keep a file for the actor's session; returns the token of its address. Logged (N10)."""
    change.actor.require(permission)
    token = keys.token()
    change.session.execute(delete(Download).where(Download.expires_at < change.at))
    change.session.execute(
        insert(Download).values(
            token_hash=keys.digest("download", token), session_id=change.actor.session_id, file_name=made.file_name,
            media_type=made.media_type, content=made.content, expires_at=change.at + KEPT_FOR,
        )
    )  # fmt: skip
    change.record(
        "downloaded", "downloads", None, change.actor.channel_id, file=made.file_name, rows=row_count,
        bytes=len(made.content),
    )  # fmt: skip
    return token


def fetch(connection: Connection, token: str, session_id: int | None, now: datetime) -> Made | None:
    """The file of a token, for the session that it was made for, until its time is over."""
    row = connection.execute(queries.download(keys.digest("download", token), session_id or 0, now)).first()
    return Made(row.file_name, row.media_type, row.content) if row else None
