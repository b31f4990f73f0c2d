"""Whom and what the losses of an area can be narrowed to, and how those they are counted by are called."""

from dataclasses import dataclass

from sqlalchemy import Connection

from db.queries.losses import choices as queries
from db.terms import Subject
from lib.access import Scope
from lib.board.choices import ChannelChoice
from lib.data import reads


@dataclass(frozen=True)
class PersonChoice:
    """Somebody; `code` is the staff number. `offered`: at home in the area, with cases perhaps."""

    id: int
    code: str
    name: str
    active: bool
    offered: bool


@dataclass(frozen=True)
class LossChoices:
    """What the filters offer, and names by id."""

    channels: dict[int, ChannelChoice]
    people: dict[int, PersonChoice]
    models: dict[int, str]


@reads(Subject.CHANNELS, Subject.PEOPLE, Subject.STOCK)
def choices(connection: Connection, scope: Scope) -> LossChoices:
    """The channels of a scope, the people of the house, the car models."""
    rows = connection.execute(queries.channels(scope.path)).all()
    top = min((row.path.count(".") for row in rows), default=0)
    people = connection.execute(queries.people(scope.path))
    return LossChoices(
        {row.id: ChannelChoice(row.code, row.name, row.path, row.path.count(".") - top) for row in rows},
        {row.id: PersonChoice(row.id, row.username, row.name, row.active, bool(row.offered)) for row in people},
        {row.id: row.name for row in connection.execute(queries.car_models())},
    )
