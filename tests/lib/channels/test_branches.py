"""What the pictures of the network show of it: pure, over made-up standings."""

from dataclasses import replace

from lib.channels.branches import Rest, branches, nodes, parts, root
from lib.channels.figures import NOTHING, ChannelNumbers
from lib.channels.overview import Network, Standing
from lib.periods import parse
from tests.lib.channels.test_arranging import standing

PERIOD = parse("2026-11")


def network(*standings: Standing) -> Network:
    whole = sum((each.node.rolled_up for each in standings if each.node.depth == 0), NOTHING)
    return Network(PERIOD, PERIOD, PERIOD, standings, whole, NOTHING)


def node(code: str, path: str, own: int, rolled: int, active: bool = True) -> Standing:
    """So many leads of its own and with all below; an order for ten of them, and a delivery more."""
    made = standing(code, path, active=active)
    numbers = (ChannelNumbers(leads=each, orders=each // 10, deliveries=each // 10 + 1) for each in (own, rolled))
    own_numbers, rolled_up = numbers
    return Standing(replace(made.node, own=own_numbers, rolled_up=rolled_up), NOTHING, NOTHING)


TOP = node("A", "1.", 20, 100)
TREE = network(
    TOP, node("A1", "1.2.", 10, 30), node("A11", "1.2.3.", 20, 20), node("A2", "1.4.", 40, 40),
    node("A3", "1.5.", 10, 10), network(standing("A4", "1.6.", active=False)).standings[0],
)  # fmt: skip


def test_branches_are_those_that_are_open_or_did_something_most_leads_first() -> None:
    assert [each.node.code for each in branches(TREE, TOP)] == ["A2", "A1", "A3"]


def test_a_network_of_one_tree_is_shown_by_what_lies_below_its_top() -> None:
    assert root(TREE, None) is TOP
    two = network(TOP, node("B", "7.", 5, 5))
    assert root(two, None) is None
    assert [each.node.code for each in branches(two, None)] == ["A", "B"]


def test_the_parts_are_all_that_the_node_did_whether_branches_are_named_or_not() -> None:
    for most, named in ((8, ["A2", "A1", "A3"]), (2, ["A2"])):
        found = parts(TREE, TOP, most)
        assert [each.standing.node.code for each in found if each.standing] == named
        assert sum(each.numbers.leads for each in found) == 100
        assert found[-1].rest is Rest.OWN
    others = found[1]
    assert (others.rest, others.count, others.numbers.leads) == (Rest.OTHERS, 2, 40)


def test_a_node_without_own_work_has_no_part_of_its_own() -> None:
    idle = network(replace(TOP, node=replace(TOP.node, own=NOTHING)), *TREE.standings[1:])
    assert all(each.rest is None for each in parts(idle, idle.standings[0], 8))


def test_nodes_are_all_below_with_a_lead_and_not_the_node_itself() -> None:
    assert [each.node.code for each in nodes(TREE, TOP)] == ["A2", "A1", "A11", "A3"]
    assert [each.node.code for each in nodes(TREE, None)] == ["A", "A2", "A1", "A11", "A3"]
