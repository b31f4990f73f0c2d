"""Which nodes of the network are looked for. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from db.terms import ChannelKind, MarketTier
from lib.channels.unfolding import found_among, named
from lib.network.reading import Node


@dataclass(frozen=True)
class Narrowing:
    """What is wanted; nothing given means all that work. `text` is part of a name or a code."""

    kinds: tuple[ChannelKind, ...] = ()
    tiers: tuple[MarketTier, ...] = ()
    closed: bool = False
    text: str = ""

    @property
    def given(self) -> bool:
        """Whether some nodes are looked for among the others."""
        return bool(self.kinds or self.tiers or self.text)

    def admits(self, node: Node) -> bool:
        return (
            (not self.kinds or node.kind in self.kinds)
            and (not self.tiers or node.market_tier in self.tiers)
            and (self.closed or node.active)
        )  # fmt: skip

    def finds(self, node: Node) -> bool:
        """Whether a node is one of those looked for."""
        return self.admits(node) and named(node, self.text)


def wanted(nodes: Collection[Node], narrowing: Narrowing) -> frozenset[str]:
    """The paths of the nodes that are shown: those found, and what lies below a name or code that is."""
    return found_among(nodes, {each.path for each in nodes if narrowing.admits(each)}, narrowing.text)
