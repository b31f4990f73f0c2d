"""Which branches of the network stand open, and what a list shows then. Pure."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from lib.channels.figures import lines_above
from lib.targets import parent


class Branch(Protocol):
    """A node by its place in the tree."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def depth(self) -> int: ...


Node = TypeVar("Node", bound=Branch)


@dataclass(frozen=True)
class Unfolding:
    """Down to which depth the tree stands open (0: the top lines alone), but for nodes named one by one."""

    level: int = 1
    opened: frozenset[str] = frozenset()
    shut: frozenset[str] = frozenset()

    def unfolds(self, node: Branch) -> bool:
        return node.code in self.opened or (node.depth < self.level and node.code not in self.shut)

    def turned(self, node: Branch) -> "Unfolding":
        """The same with one node turned over."""
        code = {node.code}
        if self.unfolds(node):
            return Unfolding(self.level, self.opened - code, self.shut | code)
        return Unfolding(self.level, self.opened | code, self.shut - code)


@dataclass(frozen=True)
class Shown(Generic[Node]):
    """A line of a folded list. `open` is none for a node with nothing below; `wanted` is not so for one that only
    leads to nodes that are."""

    node: Node
    open: bool | None
    wanted: bool


def named(node: Branch, text: str) -> bool:
    """Whether a node's name or code has a text in it."""
    sought = text.casefold()
    return sought in node.name.casefold() or sought in node.code.casefold()


def found_among(nodes: Iterable[Branch], admitted: Collection[str], text: str) -> frozenset[str]:
    """Of admitted paths those of nodes with a text in their name or code, and of what lies below such a node; all
    where nothing is looked for."""
    those = {each.path for each in nodes if named(each, text)} if text else set(admitted)
    return frozenset(path for path in admitted if path in those or not those.isdisjoint(lines_above(path)))


def leading_to(nodes: Collection[Node], sought: Callable[[Node], bool]) -> Unfolding:
    """The tree open on the way to what is sought, and nowhere else."""
    codes = {each.path: each.code for each in nodes}
    above = {path for each in nodes if sought(each) for path in lines_above(each.path)}
    return Unfolding(0, frozenset(codes[path] for path in above if path in codes))


def folded(nodes: Iterable[Node], wanted: Collection[str], unfolding: Unfolding) -> Iterator[Shown[Node]]:
    """The lines of nodes that come depth first: the wanted ones (by path) and what leads to them, but for what lies
    in a shut branch."""
    shown = set(wanted).union(*map(lines_above, wanted))
    above = {parent(path) for path in shown}
    shut = None
    for each in nodes:
        if each.path not in shown or (shut and each.path.startswith(shut)):
            continue
        open_ = unfolding.unfolds(each) if each.path in above else None
        shut = each.path if open_ is False else None
        yield Shown(each, open_, each.path in wanted)
