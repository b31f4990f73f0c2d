"""What the lead forms offer: models, consultants, channels, loss reasons."""

from dataclasses import dataclass

from sqlalchemy import Connection

from db.queries import choices as queries
from db.queries import leads, people
from db.terms import LossDomain, Role, Subject
from lib.access import Scope
from lib.data import reads


@dataclass(frozen=True)
class Choice:
    """A key with the name that people know it by."""

    id: int
    name: str


@dataclass(frozen=True)
class Consultant:
    """Someone who takes leads, with the channel that they work in."""

    id: int
    name: str
    channel_id: int | None


@dataclass(frozen=True)
class Holder:
    """Someone with open leads in an area."""

    id: int
    name: str
    active: bool
    open_leads: int


@dataclass(frozen=True)
class Reason:
    """A second-level loss reason under its first level, in both languages."""

    id: int
    slug: str
    group: str
    name: str
    group_en: str
    name_en: str


@reads(Subject.STOCK, Subject.SALES)
def car_models(connection: Connection) -> tuple[Choice, ...]:
    """The models on sale, by name."""
    return tuple(Choice(row.id, row.name) for row in connection.execute(queries.car_models()))


@reads(Subject.PEOPLE, Subject.CHANNELS)
def consultants(connection: Connection, scope: Scope) -> tuple[Consultant, ...]:
    """The active consultants of a subtree, by name."""
    found = connection.execute(people.working(scope.path, (Role.CONSULTANT,)))
    return tuple(Consultant(row.id, row.name, row.channel_id) for row in found)


@reads(Subject.SALES, Subject.PEOPLE, Subject.CHANNELS)
def holders(connection: Connection, scope: Scope) -> tuple[Holder, ...]:
    """Who has open leads in a subtree; those who left come first."""
    return tuple(
        Holder(row.id, row.name, row.active, row.open_leads) for row in connection.execute(leads.holders(scope.path))
    )


@reads(Subject.SETTINGS)
def loss_reasons(connection: Connection) -> tuple[Reason, ...]:
    """The reasons for losing a lead, in the order of the dictionary."""
    found = connection.execute(queries.loss_reasons(LossDomain.LEAD))
    return tuple(Reason(row.id, row.slug, row.group, row.name, row.group_en, row.name_en) for row in found)
