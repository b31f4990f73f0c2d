"""What the form of a countermeasure offers to choose from."""

from dataclasses import dataclass

from sqlalchemy import Connection

from db.queries import board_choices, people
from db.queries import choices as models
from db.queries import countermeasures as queries
from db.terms import LossDomain, Role, Subject
from lib.access import Scope
from lib.countermeasures.writing import OWNERS
from lib.data import reads

WORKERS = {LossDomain.LEAD: (Role.CONSULTANT,), LossDomain.RENEWAL: (Role.RENEWAL_SPECIALIST,)}


@dataclass(frozen=True)
class Reason:
    """A reason of either level; a first level has no second name. `code` names it in an address."""

    id: int
    code: str
    names: tuple[str, ...]
    names_en: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """A channel with its place in the network."""

    id: int
    code: str
    name: str
    depth: int


@dataclass(frozen=True)
class Choices:
    """What one scope offers for one domain: keys with names; `usernames` with the keys of `people`."""

    reasons: dict[int, Reason]
    places: dict[int, Place]
    people: dict[int, str]
    owners: dict[int, str]
    insurers: tuple[str, ...]
    models: dict[int, str]
    usernames: dict[str, int]


@reads(Subject.CHANNELS, Subject.PEOPLE, Subject.STOCK, Subject.SALES, Subject.SETTINGS, Subject.POLICIES)
def choices(connection: Connection, scope: Scope, domain: LossDomain) -> Choices:
    """The reasons that are offered, and the channels, people and owners of a scope."""
    nodes = connection.execute(board_choices.channels(scope.path)).all()
    top = min((row.path.count(".") for row in nodes), default=0)
    lead = domain is LossDomain.LEAD
    workers = connection.execute(people.working(scope.path, WORKERS[domain])).all()
    return Choices(
        reasons(connection, domain),
        {row.id: Place(row.id, row.code, row.name, row.path.count(".") - top) for row in nodes},
        {row.id: row.name for row in workers},
        {row.id: row.name for row in connection.execute(people.working(scope.path, OWNERS))},
        () if lead else tuple(connection.scalars(queries.insurers())),
        {row.id: row.name for row in connection.execute(models.car_models())} if lead else {},
        {row.username: row.id for row in workers},
    )


@reads(Subject.SETTINGS)
def reasons(connection: Connection, domain: LossDomain) -> dict[int, Reason]:
    """The reasons of a domain that are offered."""
    return {row.id: _reason(domain, row) for row in connection.execute(queries.reasons(domain))}


def _reason(domain: LossDomain, row: object) -> Reason:
    known = row._mapping  # type: ignore[attr-defined]
    if known["parent_id"] is None:
        return Reason(known["id"], f"{domain}.{known['slug']}", (known["name"],), (known["name_en"],))
    return Reason(
        known["id"], f"{domain}.{known['group']}.{known['slug']}", (known["group_name"], known["name"]),
        (known["group_name_en"], known["name_en"]),
    )  # fmt: skip
