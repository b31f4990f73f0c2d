"""The branches below a node, as pictures show them: in what they add up to, and each node beside the others. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from lib.channels.arranging import alive
from lib.channels.figures import NOTHING, ChannelNumbers
from lib.channels.overview import Network, Standing

FEW = 30  # leads: a rate over fewer says little, and is shown as such


class Rest(StrEnum):
    """What is of no branch that a picture names."""

    OTHERS = auto()  # the smaller branches together
    OWN = auto()  # the node's own


@dataclass(frozen=True)
class Part:
    """A branch with everything below it, or the rest. `count` is how many branches it stands for."""

    standing: Standing | None
    rest: Rest | None
    numbers: ChannelNumbers
    count: int = 1


def root(view: Network, standing: Standing | None) -> Standing | None:
    """The node whose branches are meant; none for several trees side by side."""
    if standing is not None:
        return standing
    tops = view.tops()
    return tops[0] if len(tops) == 1 else None


def branches(view: Network, of: Standing | None) -> tuple[Standing, ...]:
    """The branches that are open or did something, most leads first."""
    found = [each for each in (view.tops() if of is None else view.below(of)) if alive(each)]
    return tuple(sorted(found, key=lambda each: (-each.node.rolled_up.leads, each.node.code)))


def parts(view: Network, of: Standing | None, most: int) -> tuple[Part, ...]:
    """At most so many branches, what the others did together, and the node's own: all that it did, and nothing else."""
    found = branches(view, of)
    if len(found) > most:
        found, others = found[: most - 1], found[most - 1 :]
    else:
        others = ()
    shown = [Part(each, None, each.node.rolled_up) for each in found]
    if others:
        shown.append(Part(None, Rest.OTHERS, _sum([each.node.rolled_up for each in others]), len(others)))
    if of is not None and (of.node.own.leads or of.node.own.orders or of.node.own.deliveries):
        shown.append(Part(None, Rest.OWN, of.node.own))
    return tuple(shown)


def nodes(view: Network, of: Standing | None) -> tuple[Standing, ...]:
    """Every node below one that had leads, most of them first."""
    path = "" if of is None else of.node.path
    found = [
        each for each in view.standings
        if each.node.path.startswith(path) and each.node.path != path and each.node.rolled_up.leads
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: (-each.node.rolled_up.leads, each.node.code)))


def _sum(numbers: Sequence[ChannelNumbers]) -> ChannelNumbers:
    return sum(numbers, NOTHING)
