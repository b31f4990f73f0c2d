"""What tells a demonstration database from a real one: a row of the settings, written before anything else."""

from datetime import date

from sqlalchemy import Connection, exists, select

from db.tables import Channel, Lead, Policy, Setting, User
from db.terms import Subject
from lib.access import Permission
from lib.data import Change, command, reads

NAME = "demo"


@reads(Subject.SETTINGS)
def is_demonstration(connection: Connection) -> bool:
    """Whether this database was filled by `demo`."""
    return connection.scalar(select(Setting.name).where(Setting.name == NAME)) is not None


def is_empty(connection: Connection) -> bool:
    """Whether nobody has put anything into this database yet."""
    return not any(connection.scalar(select(exists(select(table.id)))) for table in (User, Channel, Lead, Policy))


def has_people(connection: Connection) -> bool:
    """Whether anybody could sign in."""
    return bool(connection.scalar(select(exists(select(User.id).where(User.password_hash.is_not(None))))))


@command(Permission.IMPORT_ORGANISATION, Subject.SETTINGS)
def mark(change: Change, day: date) -> None:
    """Mark an empty database as a demonstration of this day; marking it again only changes the day."""
    row = change.session.get(Setting, NAME) or Setting(name=NAME, value={})
    row.value, row.source, row.verified = {"day": day.isoformat()}, "made up", False
    change.session.add(row)
    change.record("demonstration_marked", "settings", day=day.isoformat())
