"""What each node of the network did, its own and with everything below it (model.md, "Channels")."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from operator import add, attrgetter
from typing import Any

from sqlalchemy import Connection

from db.queries import channel_figures as queries
from db.queries.summaries import reading as sums
from db.tables.summaries import MonthKind
from db.terms import Chain, ChannelKind, MarketTier, Subject
from lib import kpi, masking
from lib.access import Scope
from lib.board.figures import EVERYTHING, parameters, shape
from lib.data import reads
from lib.kpi import Figure
from lib.periods import Period
from lib.summaries import asking
from lib.targets import GROUP, parent

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
        return ChannelNumbers(*map(add, EVERY_NUMBER(self), EVERY_NUMBER(other)))

    def figure(self, slug: str) -> Figure:
        return kpi.figure(kpi.find(slug), self)


NAMES = tuple(each.name for each in fields(ChannelNumbers))
EVERY_NUMBER = attrgetter(*NAMES)
NOTHING = ChannelNumbers()


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
    territory: str | None = None
    market_tier: MarketTier | None = None

    def numbers(self, rolled: bool) -> ChannelNumbers:
        """With everything below it, or its own alone."""
        return self.rolled_up if rolled else self.own


@reads(Subject.SALES, Subject.CHANNELS)
def network(connection: Connection, scope: Scope, period: Period) -> tuple[Node, ...]:
    """The nodes of a scope, depth first, siblings by code."""
    return tree(connection, scope, period)[0]


def tree(connection: Connection, scope: Scope, period: Period) -> tuple[tuple[Node, ...], ChannelNumbers]:
    """The nodes of a scope, and the numbers of all of it together."""
    rows = {row.path: row for row in connection.execute(queries.nodes(scope.path))}
    kinds = {path: row.kind for path, row in rows.items()}
    rows = {path: row for path, row in rows.items() if scope.covers(path)}
    own = _own(connection, scope, period)
    total = sum(each.deliveries for each in own.values())
    numbers = {path: own.get(row.id, NOTHING) for path, row in rows.items()}
    rolled = rolled_up(numbers, _driven_in_several(connection, scope, period, rows))
    nodes = tuple(
        Node(
            row.id, row.code, masking.text(row.name) or "", row.kind, _chain(path, kinds), path, path.count(".") - 1,
            row.active, replace(numbers[path], scope_deliveries=total), replace(rolled[path], scope_deliveries=total),
            masking.text(row.territory), row.market_tier,
        )
        for path in depth_first({path: row.code for path, row in rows.items()})
        for row in (rows[path],)
    )  # fmt: skip
    return nodes, replace(rolled.get(scope.path or GROUP, NOTHING), scope_deliveries=total)


def rolled_up(
    own: Mapping[str, ChannelNumbers], driven_in: Iterable[tuple[str, ...]] = ()
) -> dict[str, ChannelNumbers]:
    """Each node's numbers with those of everything below it, by path, and the group's.

    `driven_in` names, for each lead that drove in several channels, their paths: above them it counts once.
    """
    rolled = {GROUP: NOTHING} | dict(own)
    for path in sorted(own, key=len, reverse=True):
        above = parent(path)
        while above not in rolled:
            above = parent(above)
        rolled[above] += rolled[path]
    for path, twice in _counted_again(driven_in).items():
        if path in rolled:
            rolled[path] = replace(rolled[path], test_drives=rolled[path].test_drives - twice)
    return rolled


def _counted_again(driven_in: Iterable[tuple[str, ...]]) -> dict[str, int]:
    """By how much the sum over a node's channels exceeds the number of leads that drove there."""
    again: dict[str, int] = defaultdict(int)
    for paths in driven_in:
        met: set[str] = set()
        for path in paths:
            for node in (path, *lines_above(path)):
                again[node] += node in met
                met.add(node)
    return again


def lines_above(path: str) -> Iterator[str]:
    """The paths above a node, nearest first; the last is the group's."""
    while path != GROUP:
        path = parent(path)
        yield path


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
    """Each node's own numbers: what adds up from the sums of whole months, the test drives from the rows."""
    shaped, values = shape(scope, EVERYTHING), parameters(scope, period, EVERYTHING)
    cut = asking.spans(connection, MonthKind.SALES, scope, period)
    days, summed = replace(cut, months=()), sums.by_channel(scope.path is not None)
    found: dict[int, ChannelNumbers] = defaultdict(lambda: NOTHING)
    for row in asking.rows(connection, cut, queries.by_channel(shaped), summed, values):
        found[row.channel_id] += _numbers(row)
    for row in asking.rows(connection, days, queries.sold(shaped), summed, values):
        found[row.channel_id] += _numbers(row)
    for row in connection.execute(queries.driven(shaped), values):
        found[row.channel_id] += _numbers(row)
    return dict(found)


def _numbers(row: Any) -> ChannelNumbers:
    """Whatever a row tells of."""
    told = {name: value for name, value in row._mapping.items() if name in NAMES}
    if "guide_amount" in row._mapping:
        told["price_difference"] = row.guided_revenue - row.guide_amount
    return ChannelNumbers(**told)


def _driven_in_several(
    connection: Connection, scope: Scope, period: Period, rows: Mapping[str, Any]
) -> list[tuple[str, ...]]:
    paths = {row.id: path for path, row in rows.items()}
    found: dict[int, list[str]] = defaultdict(list)
    sentence = queries.driven_in_several(shape(scope, EVERYTHING))
    for row in connection.execute(sentence, parameters(scope, period, EVERYTHING)):
        found[row.lead_id].append(paths[row.channel_id])
    return [tuple(each) for each in found.values()]
