"""Which lines the network's table shows: pure, over made-up standings."""

from decimal import Decimal

import pytest

from db.terms import Chain, ChannelKind, MarketTier
from lib.channels.arranging import Line, Narrowing, Order, arranged, matching
from lib.channels.figures import NOTHING, ChannelNumbers, Node
from lib.channels.overview import Standing
from lib.channels.territories import districts
from lib.channels.unfolding import Unfolding, folded, leading_to, named

K = ChannelKind
EVERY, UNNARROWED, BY_CODE = Unfolding(9), Narrowing(), Order()


def standing(code: str, path: str, kind: K = K.STORE, leads: int = 0, orders: int = 0, **values: object) -> Standing:
    numbers, active = ChannelNumbers(leads=leads, orders=orders), bool(values.pop("active", True))
    node = Node(
        0, code, code, kind, Chain.DIRECT, path, path.count(".") - 1, active, numbers, numbers,
        **values,  # type: ignore[arg-type]
    )  # fmt: skip
    return Standing(node, NOTHING, NOTHING)


NETWORK = (
    standing("A", "1.", leads=10, orders=1),
    standing("A1", "1.2.", K.DISTRIBUTION_CENTRE, leads=2, orders=1, market_tier=MarketTier.URBAN, territory="东区"),
    standing("A11", "1.2.3.", K.AREA_AGENT, leads=1, market_tier=MarketTier.PREFECTURE, territory="青石县、临江区"),
    standing("A2", "1.4.", K.DISTRIBUTION_CENTRE, leads=4, orders=1),
    standing("B", "5.", leads=0),
)


def codes(lines: tuple[Line, ...]) -> list[str]:
    return [each.standing.node.code for each in lines]


def shown(narrowing: Narrowing = UNNARROWED, order: Order = BY_CODE, unfolding: Unfolding = EVERY) -> list[str]:
    return codes(arranged(NETWORK, narrowing, order, unfolding))


def test_a_tree_opens_down_to_a_level_but_for_nodes_named() -> None:
    assert shown(unfolding=Unfolding(0)) == ["A", "B"]
    assert shown(unfolding=Unfolding(1)) == ["A", "A1", "A2", "B"]
    assert shown(unfolding=Unfolding(1, opened=frozenset({"A1"}))) == ["A", "A1", "A11", "A2", "B"]
    assert shown(unfolding=Unfolding(9, shut=frozenset({"A1"}))) == ["A", "A1", "A2", "B"]


def test_turning_a_branch_over_twice_leaves_it_as_it_was() -> None:
    for start in (Unfolding(0), Unfolding(9)):
        once = start.turned(NETWORK[0].node)
        assert shown(unfolding=once) != shown(unfolding=start)
        assert shown(unfolding=once.turned(NETWORK[0].node)) == shown(unfolding=start)


def test_siblings_are_sorted_among_themselves_and_a_ranking_is_flat() -> None:
    assert shown(order=Order("leads")) == ["A", "A2", "A1", "A11", "B"]
    assert shown(order=Order("leads", ascending=True)) == ["B", "A", "A1", "A11", "A2"]
    assert shown(order=Order("leads", flat=True)) == ["A", "A2", "A1", "A11", "B"]
    assert {each.depth for each in arranged(NETWORK, Narrowing(), Order("leads", flat=True), EVERY)} == {0}


def test_a_node_without_the_figure_stands_last_whichever_way() -> None:
    assert NETWORK[-1].figure("lead_to_order_rate", rolled=True).value is None
    for ascending in (True, False):
        assert shown(order=Order("lead_to_order_rate", ascending, flat=True))[-1] == "B"
    assert NETWORK[1].figure("lead_to_order_rate", rolled=True).value == Decimal("0.5")
    assert shown(order=Order("lead_to_order_rate", flat=True))[0] == "A1"


@pytest.mark.parametrize(
    ("narrowing", "expected"),
    [
        (Narrowing(kinds=(K.AREA_AGENT,)), ["A", "A1", "A11"]),
        (Narrowing(tiers=(MarketTier.URBAN,)), ["A", "A1"]),
        (Narrowing(territories=("青石县",)), ["A", "A1", "A11"]),
        (Narrowing(territories=("临江区", "北区")), ["A", "A1", "A11"]),
        (Narrowing(territories=("江区",)), []),
        (Narrowing(chains=(Chain.FRANCHISE,)), []),
    ],
)
def test_filters_keep_what_leads_to_a_match_without_its_figures(narrowing: Narrowing, expected: list[str]) -> None:
    lines = arranged(NETWORK, narrowing, Order(), EVERY)
    assert codes(lines) == expected
    assert [each.wanted for each in lines] == [False] * (len(lines) - 1) + [True] * bool(lines)
    assert codes(arranged(NETWORK, narrowing, Order(flat=True), EVERY)) == expected[-1:]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("东湖区、临江区", ("东湖区", "临江区")), (" 东湖区， 临江区 ", ("东湖区", "临江区")),
        ("东湖区,临江区;南岭区/青石县", ("东湖区", "临江区", "南岭区", "青石县")), ("东湖区", ("东湖区",)), (None, ()),
        (" ", ()),
    ],
)  # fmt: skip
def test_a_territory_lists_districts(written: str | None, expected: tuple[str, ...]) -> None:
    assert districts(written) == expected


def leading(tree: tuple[Standing, ...], text: str) -> Unfolding:
    return leading_to([each.node for each in tree], lambda node: named(node, text))


def test_a_search_by_name_or_code_opens_the_way_to_what_it_finds() -> None:
    def found(text: str) -> list[tuple[str, bool | None]]:
        lines = arranged(NETWORK, Narrowing(text=text), BY_CODE, leading(NETWORK, text))
        assert all(each.wanted for each in lines)
        return [(each.standing.node.code, each.open) for each in lines]

    assert found("a11") == [("A", True), ("A1", True), ("A11", None)]
    assert found("A2") == [("A", True), ("A2", None)]
    assert found("b") == [("B", None)]
    assert found("nowhere") == []


def test_what_lies_below_a_node_that_is_found_can_be_opened_there() -> None:
    tree = (*NETWORK[:2], standing("Z", "1.2.3.", K.AREA_AGENT))
    narrowing, closed = Narrowing(text="A1"), leading(tree, "A1")
    assert codes(arranged(tree, narrowing, BY_CODE, closed)) == ["A", "A1"]
    assert codes(arranged(tree, narrowing, BY_CODE, closed.turned(tree[1].node))) == ["A", "A1", "Z"]


def test_a_search_in_a_ranking_gives_what_it_finds_alone_and_within_the_filters() -> None:
    narrowing = Narrowing(kinds=(K.DISTRIBUTION_CENTRE,), text="A1")
    assert codes(arranged(NETWORK, narrowing, Order(flat=True), EVERY)) == ["A1"]
    assert [each.node.code for each in matching(NETWORK, narrowing)] == ["A1"]


def test_a_closed_node_is_shown_only_while_it_did_something() -> None:
    idle, busy = standing("C", "6.", active=False), standing("D", "7.", active=False, orders=1)
    assert codes(arranged((idle, busy), Narrowing(), Order(), EVERY)) == ["D"]
    assert codes(arranged((idle, busy), Narrowing(closed=True), Order(), EVERY)) == ["C", "D"]


def test_a_scope_within_the_tree_starts_without_indent() -> None:
    lines = arranged(NETWORK[1:3], Narrowing(), Order(), EVERY)
    assert [(each.standing.node.code, each.depth, each.open) for each in lines] == [("A1", 0, True), ("A11", 1, None)]


def test_a_folded_list_shows_what_is_wanted_and_what_leads_there() -> None:
    def lines(unfolding: Unfolding, *paths: str) -> list[tuple[str, bool | None, bool]]:
        found = folded([each.node for each in NETWORK], paths, unfolding)
        return [(each.node.code, each.open, each.wanted) for each in found]

    every = [each.node.path for each in NETWORK]
    assert [code for code, _, _ in lines(EVERY, *every)] == ["A", "A1", "A11", "A2", "B"]
    assert lines(Unfolding(0), *every) == [("A", False, True), ("B", None, True)]
    assert lines(EVERY, "1.2.3.") == [("A", True, False), ("A1", True, False), ("A11", None, True)]
    assert lines(Unfolding(9, shut=frozenset({"A1"})), "1.2.3.") == [("A", True, False), ("A1", False, False)]
