"""What each node of the network did, its own and with everything below it (model.md, "Channels")."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from db.queries import channel_figures as queries
from db.terms import Chain, ChannelKind, Subject
from lib import kpi
from lib.access import Scope
from lib.board import EVERYTHING, parameters, shape
from lib.data import reads
from lib.kpi import Figure
from lib.periods import Period
from lib.targets import parent

CHAINS = {
    ChannelKind.STORE: Chain.DIRECT,
    ChannelKind.REGIONAL_AGENT: Chain.GENERAL_AGENCY,
    ChannelKind.DISTRIBUTION_CENTRE: Chain.FRANCHISE,
    ChannelKind.EXCLUSIVE_STORE: Chain.BRAND_EXCLUSIVE,
    ChannelKind.TERMINAL_DEALER: Chain.GENERAL_AGENCY,
}


@dataclass(frozen=True)
class ChannelNumbers:
    """What a node did in a period. Orders are net of cancellations; `scope_deliveries` are those of the whole scope."""

    leads: int = 0
    captured: int = 0
    first_visits: int = 0
    test_drives: int = 0
    orders: int = 0
    deliveries: int = 0
    revenue: Decimal = Decimal()
    price_difference: Decimal = Decimal()
    guide_amount: Decimal = Decimal()
    scope_deliveries: int = 0

    def __add__(self, other: "ChannelNumbers") -> "ChannelNumbers":
        return ChannelNumbers(
            **{each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(self)}
        )

    def figure(self, slug: str) -> Figure:
        return kpi.figure(kpi.find(slug), self)


@dataclass(frozen=True)
class Node:
    """A channel with its figures. `depth` is 0 for the stores."""

    id: int
    code: str
    name: str
    kind: ChannelKind
    chain: Chain
    path: str
    depth: int
    active: bool
    own: ChannelNumbers
    rolled_up: ChannelNumbers


@reads(Subject.SALES, Subject.CHANNELS)
def network(connection: Connection, scope: Scope, period: Period) -> tuple[Node, ...]:
    """The nodes of a scope, depth first, siblings by code."""
    rows = {row.path: row for row in connection.execute(queries.nodes(scope.path))}
    kinds = {path: row.kind for path, row in rows.items()}
    rows = {path: row for path, row in rows.items() if scope.covers(path)}
    own = _own(connection, scope, period)
    total = sum(each.deliveries for each in own.values())
    numbers = {path: own.get(row.id, ChannelNumbers()) for path, row in rows.items()}
    rolled = rolled_up(numbers)
    return tuple(
        Node(
            row.id, row.code, row.name, row.kind, _chain(path, kinds), path, path.count(".") - 1, row.active,
            _shared(numbers[path], total), _shared(rolled[path], total),
        )
        for path in depth_first({path: row.code for path, row in rows.items()})
        for row in (rows[path],)
    )  # fmt: skip


def rolled_up(own: dict[str, ChannelNumbers]) -> dict[str, ChannelNumbers]:
    """Each node's numbers with those of everything below it, by path."""
    rolled = dict(own)
    for path in sorted(own, key=len, reverse=True):
        if (above := parent(path)) in rolled:
            rolled[above] += rolled[path]
    return rolled


def depth_first(codes: dict[str, str]) -> Iterator[str]:
    """Paths in the order of a tree that is read from the top, siblings by code."""

    def line(path: str) -> tuple[str, ...]:
        return (*line(parent(path)), codes[path]) if path in codes else ()

    return iter(sorted(codes, key=line))


def chain(kinds: tuple[ChannelKind, ...]) -> Chain:
    """The chain that the kinds on a path, store first, make (C8)."""
    return next(CHAINS[kind] for kind in reversed(kinds) if kind in CHAINS)


def _chain(path: str, kinds: dict[str, ChannelKind]) -> Chain:
    found: list[ChannelKind] = []
    while path in kinds:
        found.insert(0, kinds[path])
        path = parent(path)
    return chain(tuple(found))


def _own(connection: Connection, scope: Scope, period: Period) -> dict[int, ChannelNumbers]:
    shaped, values = shape(scope, EVERYTHING), parameters(scope, period, EVERYTHING)
    sold = {row.channel_id: row for row in connection.execute(queries.sold(shaped), values)}
    return {
        row.channel_id: _numbers(row, sold.get(row.channel_id))
        for row in connection.execute(queries.by_channel(shaped), values)
    }


def _numbers(row: Any, sold: Any) -> ChannelNumbers:
    money = (Decimal(),) * 3
    if sold:
        money = (sold.revenue, sold.guided_revenue - sold.guide_amount, sold.guide_amount)
    return ChannelNumbers(
        row.leads, row.captured, row.first_visits, row.test_drives, row.orders, row.deliveries, *money
    )


def _shared(numbers: ChannelNumbers, total: int) -> ChannelNumbers:
    return ChannelNumbers(
        **{each.name: getattr(numbers, each.name) for each in fields(numbers) if each.name != "scope_deliveries"},
        scope_deliveries=total,
    )
