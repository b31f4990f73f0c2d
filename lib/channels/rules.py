"""The rules of the channel tree (model.md, "Channel kinds and chains"): pure, over codes."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from db.terms import ChannelKind
from lib.refusals import N_, Invalid

K = ChannelKind

PARENTS: dict[ChannelKind, tuple[ChannelKind, ...]] = {
    K.STORE: (),
    K.REGIONAL_AGENT: (K.STORE,),
    K.DISTRIBUTION_CENTRE: (K.STORE,),
    K.EXCLUSIVE_STORE: (K.STORE,),
    K.AREA_AGENT: (K.REGIONAL_AGENT, K.DISTRIBUTION_CENTRE),
    K.TERMINAL_DEALER: (K.AREA_AGENT,),
}
RULES: dict[ChannelKind, str] = {
    K.STORE: N_("A 4S store is a root: it has no parent."),
    K.REGIONAL_AGENT: N_("A regional agent belongs directly to a 4S store."),
    K.DISTRIBUTION_CENTRE: N_("A distribution centre belongs directly to a 4S store."),
    K.EXCLUSIVE_STORE: N_("An exclusive store belongs directly to a 4S store."),
    K.AREA_AGENT: N_("An area agent belongs to a regional agent or a distribution centre."),
    K.TERMINAL_DEALER: N_("A terminal dealer belongs to an area agent below a regional agent."),
}


@dataclass(frozen=True)
class Node:
    """A channel and its parent by code."""

    code: str
    kind: ChannelKind
    parent: str | None


def complaints(nodes: Mapping[str, Node], spare: Collection[str] = ()) -> list[tuple[str, str, Invalid]]:
    """What is wrong with the tree: code, column, sentence. Parents in `spare` are not held against anybody."""
    return [found for node in nodes.values() for found in _complaints_of(node, nodes, spare)]


def _complaints_of(node: Node, nodes: Mapping[str, Node], spare: Collection[str]) -> Iterator[tuple[str, str, Invalid]]:
    if node.parent is not None and node.parent in spare:
        return
    if node.parent is not None and node.parent not in nodes:
        yield node.code, "parent_code", Invalid(N_("There is no channel of this code, neither here nor in the file."))
        return
    if _circles(node, nodes):
        yield node.code, "parent_code", Invalid(N_("The parents of this channel lead back to itself."))
        return
    parent = nodes[node.parent] if node.parent else None
    above = nodes.get(parent.parent) if parent and parent.parent else None
    if not (may_stand_below(node.kind, parent.kind, above.kind if above else None) if parent else node.kind is K.STORE):
        yield node.code, "parent_code", Invalid(RULES[node.kind])


def may_stand_below(kind: ChannelKind, parent: ChannelKind, above: ChannelKind | None) -> bool:
    """Whether a kind may have a parent of a kind, which itself stands below `above` (none: not known)."""
    if kind is K.TERMINAL_DEALER and above not in (K.REGIONAL_AGENT, None):
        return False
    return parent in PARENTS[kind]


def _circles(node: Node, nodes: Mapping[str, Node]) -> bool:
    seen = {node.code}
    while node.parent is not None and node.parent in nodes:
        if node.parent in seen:
            return True
        seen.add(node.parent)
        node = nodes[node.parent]
    return False
