"""Which lines of the network a table shows, in which order: a tree that opens and shuts, or a flat ranking. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from db.terms import Chain, ChannelKind, MarketTier
from lib.channels.overview import Standing
from lib.channels.territories import districts
from lib.channels.unfolding import Unfolding, found_among, named
from lib.targets import parent


@dataclass(frozen=True)
class Narrowing:
    """What the network is narrowed to; nothing given means all. `closed` shows closed nodes that did nothing too.

    `text` is part of a name or a code; in the tree what lies below a node that has it is there with it. `territories`
    are single districts: a node is wanted whose territory lists one of them.
    """

    kinds: tuple[ChannelKind, ...] = ()
    chains: tuple[Chain, ...] = ()
    tiers: tuple[MarketTier, ...] = ()
    territories: tuple[str, ...] = ()
    closed: bool = False
    text: str = ""

    def admits(self, standing: Standing) -> bool:
        """Whether a node is one of those wanted."""
        node = standing.node
        wanted = ((self.kinds, node.kind), (self.chains, node.chain), (self.tiers, node.market_tier))
        return (
            all(not among or value in among for among, value in wanted)
            and (not self.territories or any(each in self.territories for each in districts(node.territory)))
            and (self.closed or alive(standing))
        )


@dataclass(frozen=True)
class Order:
    """By which figure nodes are sorted: siblings among themselves or, flat, all together. No slug: by code."""

    slug: str | None = None
    ascending: bool = False
    flat: bool = False
    rolled: bool = True


@dataclass(frozen=True)
class Line:
    """A line of the table. `open` is none for a node with nothing below; `wanted` is not so for one that only leads
    to nodes that are."""

    standing: Standing
    depth: int
    open: bool | None = None
    wanted: bool = True


@dataclass
class _Forest:
    """The nodes that may be shown, by their parents."""

    below: dict[str, list[Standing]] = field(default_factory=lambda: defaultdict(list))
    tops: list[Standing] = field(default_factory=list)


def arranged(
    standings: Sequence[Standing], narrowing: Narrowing, order: Order, unfolding: Unfolding
) -> tuple[Line, ...]:
    """The lines to show; nodes that only lead to what is looked for keep their figures."""
    admitted = {each.node.path for each in standings if narrowing.admits(each)}
    if order.flat:
        return tuple(Line(each, 0) for each in _sorted(matching(standings, narrowing), order))
    found = found_among((each.node for each in standings), admitted, narrowing.text)
    return tuple(_lines(_forest(standings, found), admitted, order, unfolding))


def matching(standings: Sequence[Standing], narrowing: Narrowing) -> list[Standing]:
    """The nodes that are wanted, and have the text in their name or code."""
    return [each for each in standings if narrowing.admits(each) and named(each.node, narrowing.text)]


def alive(standing: Standing) -> bool:
    """Whether a node is open, or did something in either period."""
    numbers = (standing.node.rolled_up, standing.rolled_up_before)
    return standing.node.active or any(
        each.leads or each.orders or each.deliveries or each.test_drives for each in numbers
    )


def _forest(standings: Sequence[Standing], wanted: Collection[str]) -> _Forest:
    known, shown = {each.node.path for each in standings}, set(wanted)
    for path in wanted:
        while (path := parent(path)) in known and path not in shown:
            shown.add(path)
    forest = _Forest()
    for each in standings:
        if each.node.path in shown:
            above = parent(each.node.path)
            (forest.below[above] if above in known else forest.tops).append(each)
    return forest


def _lines(forest: _Forest, wanted: set[str], order: Order, unfolding: Unfolding) -> Iterator[Line]:
    top = min((each.node.depth for each in forest.tops), default=0)
    waiting = _sorted(forest.tops, order)[::-1]
    while waiting:
        each = waiting.pop()
        below = forest.below.get(each.node.path, [])
        unfolded = unfolding.unfolds(each.node) if below else None
        yield Line(each, each.node.depth - top, unfolded, each.node.path in wanted)
        if unfolded:
            waiting += _sorted(below, order)[::-1]


def _sorted(standings: Sequence[Standing], order: Order) -> list[Standing]:
    """By the figure, the same ones by code; nodes without the figure last, whichever way."""
    found = sorted(standings, key=lambda each: each.node.code)
    if order.slug is None:
        return found
    values = {each.node.path: each.figure(order.slug, order.rolled).value for each in found}
    given = [each for each in found if values[each.node.path] is not None]
    given.sort(key=lambda each: Decimal(values[each.node.path] or 0), reverse=not order.ascending)
    return given + [each for each in found if values[each.node.path] is None]
