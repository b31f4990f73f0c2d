"""The channels: each branch's orders and deliveries of the month, its own branches included, against target."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lib import kpi
from lib.channels.figures import ChannelNumbers, Node
from lib.refusals import N_
from lib.targets import GROUP, Book, Targets, parent
from lib.wall.bars import bar, plain_bar
from lib.wall.team import cut
from lib.wall.tiles import plain, short
from lib.words import Words

METRICS = ("orders", "deliveries")
PAGE = 8


@dataclass(frozen=True)
class Branch:
    """A channel right below the wall's, with what its subtree did; no path for the wall's own showroom."""

    name: str
    numbers: ChannelNumbers
    path: str | None = None


def branches(nodes: Sequence[Node], path: str | None, words: Words) -> list[Branch]:
    """The channels right below a path (of the whole group: the stores); before them its own showroom, if any are."""
    below = [
        Branch(node.name, node.rolled_up, node.path)
        for node in nodes
        if node.active and node.path != path and parent(node.path) == (path or GROUP)
    ]
    own = [Branch(words.say(N_("Own showroom")), node.own) for node in nodes if node.path == path]
    return own + below if below else []


def channels(found: Sequence[Branch], book: Book, month: Targets, words: Words) -> dict[str, Any]:
    """The scene's rows, in pages. Bars without a target compare the branches with each other."""

    def metric(branch: Branch, slug: str) -> dict[str, Any]:
        record, value = kpi.find(slug), branch.numbers.figure(slug).value
        target = book.target(branch.path, record, month.period) if branch.path else None
        progress = Targets(month.period, ((slug, target),) if target is not None else (), month.pace).progress(
            slug, value
        )
        most = max(each.numbers.figure(slug).value or 0 for each in found)
        return {
            "value": plain(value), "target": "" if target is None else short(target, words),
            "bar": bar(progress, words) or plain_bar(value or 0, most),
        }  # fmt: skip

    rows = [
        {"key": branch.path or "", "name": branch.name, "metrics": [metric(branch, slug) for slug in METRICS]}
        for branch in found
    ]
    return {
        "title": words.say(N_("Channels this month")), "note": words.say(N_("with their own branches")),
        "heads": [words.say(N_("Orders / target")), words.say(N_("Deliveries / target"))], "pages": cut(rows, PAGE),
    }  # fmt: skip
