"""People: who they are and where they belong."""

from sqlalchemy import Connection, select

from db.tables import Channel
from db.terms import Subject
from lib import data


@data.reads(Subject.CHANNELS)
def home_name(connection: Connection, channel_id: int | None) -> str | None:
    """The name of a home channel; nothing for the whole group."""
    return connection.scalar(select(Channel.name).where(Channel.id == channel_id))
