"""The nodes of an area as who keeps the network sees them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from db.queries import network as queries
from db.terms import ChannelKind, MarketTier, Subject
from lib import masking
from lib.access import Scope
from lib.channels.figures import depth_first
from lib.channels.rules import may_stand_below
from lib.data import reads

CENTRES = range(2, 5)  # as many distribution centres a store is meant to have


@dataclass(frozen=True)
class Node:
    """A channel with what can be said of it. `moved_from` is the code of the closed node that holds its history."""

    id: int
    code: str
    name: str
    kind: ChannelKind
    parent_id: int | None
    path: str
    depth: int
    territory: str | None
    equity_share: Decimal | None
    market_tier: MarketTier | None
    active: bool
    closed_on: date | None
    moved_from: str | None
    version: int


@dataclass(frozen=True)
class AtHome:
    """Who and what is at home in a node and below it: people, open leads, cars, open renewals."""

    people: int
    leads: int
    cars: int
    renewals: int


@dataclass(frozen=True)
class Reminder:
    """A store whose distribution centres are fewer or more than planned."""

    store: str
    centres: int


@reads(Subject.CHANNELS)
def nodes(connection: Connection, scope: Scope) -> tuple[Node, ...]:
    """The nodes of a scope, closed ones too, depth first, siblings by code."""
    rows = {row.path: row for row in connection.execute(queries.nodes(scope.path))}
    codes = {row.id: row.code for row in rows.values()}
    return tuple(
        Node(
            row.id, row.code, masking.text(row.name) or "", row.kind, row.parent_id, path, path.count(".") - 1,
            masking.text(row.territory), row.equity_share, row.market_tier, row.active, row.closed_on,
            codes.get(row.moved_from_id), row.version,
        )
        for path in depth_first({path: row.code for path, row in rows.items()})
        for row in (rows[path],)
    )  # fmt: skip


@reads(Subject.CHANNELS, Subject.PEOPLE, Subject.SALES, Subject.STOCK, Subject.RENEWALS)
def at_home(connection: Connection, path: str) -> AtHome:
    """What a move of the node at a path takes along and leaves."""
    row = connection.execute(queries.moving(path)).one()
    return AtHome(row.people, row.leads, row.cars, row.renewals)


def reminders(found: tuple[Node, ...]) -> tuple[Reminder, ...]:
    """The working stores with too few or too many working centres."""
    counted = [
        Reminder(store.name, sum(
            each.active and each.parent_id == store.id and each.kind is ChannelKind.DISTRIBUTION_CENTRE
            for each in found
        ))
        for store in found if store.active and store.kind is ChannelKind.STORE
    ]  # fmt: skip
    return tuple(each for each in counted if each.centres not in CENTRES)


def parents(found: tuple[Node, ...], kind: ChannelKind) -> tuple[Node, ...]:
    """The working nodes that may stand above a node of this kind."""
    kinds = {each.id: each.kind for each in found}
    return tuple(
        each for each in found if each.active and may_stand_below(kind, each.kind, kinds.get(each.parent_id or 0))
    )
