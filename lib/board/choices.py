"""What a person may narrow the board to: the channels, consultants and car models within their reach."""

from dataclasses import dataclass

from sqlalchemy import Connection

from db.queries import board_choices as queries
from db.terms import Subject
from lib.access import Scope
from lib.data import reads


@dataclass(frozen=True)
class ChannelChoice:
    """A channel with its place in the network; `depth` 0 is the top of what is shown."""

    code: str
    name: str
    path: str
    depth: int


@dataclass(frozen=True)
class PersonChoice:
    """A consultant; `code` is the staff number, which an address may hold."""

    id: int
    code: str
    name: str
    active: bool


@dataclass(frozen=True)
class ModelChoice:
    """A car model."""

    id: int
    name: str


@dataclass(frozen=True)
class BoardChoices:
    """Everything that the board's filters offer one scope."""

    channels: tuple[ChannelChoice, ...]
    consultants: tuple[PersonChoice, ...]
    models: tuple[ModelChoice, ...]


@reads(Subject.CHANNELS, Subject.PEOPLE, Subject.STOCK)
def board_choices(connection: Connection, scope: Scope) -> BoardChoices:
    """What a scope can be narrowed to. Consultants who left come last: their work stays on the board."""
    rows = connection.execute(queries.channels(scope.path)).all()
    top = min((row.path.count(".") for row in rows), default=0)
    people = connection.execute(queries.consultants(scope.path))
    return BoardChoices(
        tuple(ChannelChoice(row.code, row.name, row.path, row.path.count(".") - top) for row in rows),
        tuple(PersonChoice(row.id, row.username, row.name, row.active) for row in people),
        tuple(ModelChoice(row.id, row.name) for row in connection.execute(queries.car_models())),
    )
