"""The network in a period and in the one before it: what the channel page shows (C8)."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import Connection

from db.terms import Subject
from lib.access import Scope
from lib.board.overview import elapsed
from lib.channels import figures as channel_figures
from lib.channels.figures import NOTHING, ChannelNumbers, Node, lines_above
from lib.data import reads
from lib.kpi import Figure
from lib.periods import Period
from lib.targets import parent


@dataclass(frozen=True)
class Standing:
    """A node in the period, and its numbers in the period of equal length before."""

    node: Node
    own_before: ChannelNumbers
    rolled_up_before: ChannelNumbers

    def figure(self, slug: str, rolled: bool) -> Figure:
        return self.node.numbers(rolled).figure(slug)

    def before(self, slug: str, rolled: bool) -> Figure:
        return (self.rolled_up_before if rolled else self.own_before).figure(slug)


@dataclass(frozen=True)
class Network:
    """Every node of a scope, depth first. `whole` is what they did together."""

    period: Period
    elapsed: Period
    compared: Period
    standings: tuple[Standing, ...]
    whole: ChannelNumbers
    whole_before: ChannelNumbers

    @cached_property
    def by_code(self) -> dict[str, Standing]:
        return {each.node.code: each for each in self.standings}

    @cached_property
    def by_path(self) -> dict[str, Standing]:
        return {each.node.path: each for each in self.standings}

    def above(self, standing: Standing) -> Standing | None:
        """The parent, where it lies in the scope."""
        return self.by_path.get(parent(standing.node.path))

    def tops(self) -> tuple[Standing, ...]:
        """The nodes whose parent, if they have one, lies outside the scope."""
        return tuple(each for each in self.standings if parent(each.node.path) not in self.by_path)

    def way_to(self, standing: Standing) -> tuple[Standing, ...]:
        """The nodes above, the highest first."""
        return tuple(self.by_path[path] for path in lines_above(standing.node.path) if path in self.by_path)[::-1]

    def below(self, standing: Standing) -> tuple[Standing, ...]:
        """The nodes right below."""
        path = standing.node.path
        return tuple(each for each in self.standings if parent(each.node.path) == path)


@reads(Subject.SALES, Subject.CHANNELS)
def overview(connection: Connection, scope: Scope, period: Period, today: date) -> Network:
    """The nodes of a scope in the part of a period that has begun, against as many days just before it."""
    gone = elapsed(period, today)
    nodes, whole = channel_figures.tree(connection, scope, gone)
    then, whole_before = channel_figures.tree(connection, scope, gone.previous)
    before = {each.path: each for each in then}
    return Network(
        period, gone, gone.previous, tuple(_standing(node, before.get(node.path)) for node in nodes), whole,
        whole_before,
    )  # fmt: skip


def _standing(node: Node, then: Node | None) -> Standing:
    return Standing(node, then.own if then else NOTHING, then.rolled_up if then else NOTHING)
