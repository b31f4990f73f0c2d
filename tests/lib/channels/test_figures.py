"""The network's figures: own and rolled up, in the tree's order; forecasts against deliveries."""

from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import chain as chained

import pytest

from db.engine import Database
from db.terms import Chain, ChannelKind, LeadEventKind, LeadSource
from lib import data
from lib.access import Scope
from lib.channels import scope_of
from lib.channels.figures import chain, depth_first, network
from lib.forecasts.figures import Submission as Sent
from lib.forecasts.figures import accuracies, accuracy
from lib.forecasts.months import Deadlines
from lib.periods import Period, parse
from lib.refusals import NotFound
from tests.facts import ZONE, Facts, at, facts
from tests.personas import people

NOVEMBER = parse("2026-11")
E = LeadEventKind
K = ChannelKind


def sold(f: Facts, channel: str, when: str, model: str | None = "远途A7", price: str | None = "150000") -> None:
    lead = f.lead("2026-01-05", channel=channel, model=model, order_price=price and Decimal(price))
    f.lead_event(lead, E.DELIVERY, when)


def test_nodes_stand_in_the_trees_order_with_own_and_rolled_up_numbers(store: Database) -> None:
    with facts() as f:
        f.lead("2026-11-10", channel="S1")
        f.lead("2026-11-10", LeadSource.CALL, channel="S1-C1-A1", mobile=False)
        f.lead("2026-12-01", channel="S1-C1-A1")
        order = f.lead("2026-11-10", channel="S1-C1")
        f.lead_event(order, E.TEST_DRIVE, "2026-11-11")
        f.lead_event(order, E.ORDER, "2026-11-12")
        f.lead_event(f.lead("2026-10-10", channel="S1-C1"), E.ORDER_CANCELLED, "2026-11-12")
    nodes = data.fresh(network, Scope(), NOVEMBER)
    assert [each.code for each in nodes] == ["S1", "S1-C1", "S1-C1-A1", "S2"]
    assert [(each.own.leads, each.rolled_up.leads, each.rolled_up.captured) for each in nodes] == [
        (1, 3, 2), (1, 2, 1), (1, 1, 0), (0, 0, 0),
    ]  # fmt: skip
    assert [(each.rolled_up.test_drives, each.rolled_up.orders) for each in nodes] == [(1, 0), (1, 0), (0, 0), (0, 0)]
    assert [each.depth for each in nodes] == [0, 1, 2, 0]


def test_a_scope_within_the_tree_still_knows_its_chain(store: Database) -> None:
    people()
    nodes = data.fresh(network, data.fresh(scope_of, "S1-C1-A1"), NOVEMBER)
    assert [(each.code, each.chain) for each in nodes] == [("S1-C1-A1", Chain.FRANCHISE)]


def test_revenue_and_price_deviation_are_those_of_the_cars_delivered(store: Database) -> None:
    with facts() as f:
        sold(f, "S1", "2026-11-05", price="151810.00")  # the guide price is 159800.00
        sold(f, "S1-C1", "2026-11-05", price="159800.50")
        sold(f, "S1", "2026-11-05", model=None, price="1000.25")
        sold(f, "S1", "2026-11-05", price=None)
        sold(f, "S1", "2026-12-01")
    whole = data.fresh(network, Scope(), NOVEMBER)[0].rolled_up
    assert (whole.deliveries, whole.revenue) == (4, Decimal("312610.75"))
    figure = whole.figure("price_deviation_rate")
    assert (figure.numerator, figure.denominator) == (Decimal("-7989.50"), Decimal("319600.00"))
    centre = data.fresh(network, Scope(), NOVEMBER)[1]
    assert centre.own.figure("delivery_share").value == Decimal("0.25")


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ((K.STORE,), Chain.DIRECT),
        ((K.STORE, K.REGIONAL_AGENT, K.AREA_AGENT, K.TERMINAL_DEALER), Chain.GENERAL_AGENCY),
        ((K.STORE, K.REGIONAL_AGENT, K.AREA_AGENT), Chain.GENERAL_AGENCY),
        ((K.STORE, K.DISTRIBUTION_CENTRE, K.AREA_AGENT), Chain.FRANCHISE),
        ((K.STORE, K.EXCLUSIVE_STORE), Chain.BRAND_EXCLUSIVE),
    ],
)
def test_the_chain_follows_from_the_kinds_on_the_path(kinds: tuple[ChannelKind, ...], expected: Chain) -> None:
    assert chain(kinds) == expected


def test_siblings_stand_by_code_below_their_parent() -> None:
    codes = {"2.": "A", "1.": "B", "2.9.": "Z", "2.10.": "Y", "1.3.": "A1"}
    assert [codes[path] for path in depth_first(codes)] == ["A", "Y", "Z", "B", "A1"]


def test_an_unknown_channel_is_refused(store: Database) -> None:
    with pytest.raises(NotFound):
        data.fresh(scope_of, "S9")


MONTHS = (date(2026, 9, 1), date(2026, 10, 1))


def test_forecast_errors_are_by_model_and_month_with_the_last_submission_before_the_month() -> None:
    sent = [
        Sent(date(2026, 9, 1), 1, 9, at("2026-08-20")),
        Sent(date(2026, 9, 1), 1, 5, at("2026-08-31 23:59")),
        Sent(date(2026, 9, 1), 1, 99, at("2026-09-01 00:00")),
        Sent(date(2026, 10, 1), 2, 4, at("2026-09-25 23:59")),
    ]
    delivered = Counter({(date(2026, 8, 1), 1): 1, (date(2026, 9, 1), 1): 3, (date(2026, 10, 1), 3): 2})
    found = accuracy(sent, delivered, MONTHS, ZONE, Deadlines(25))
    assert (found.absolute_error, found.error, found.actual) == (2 + 4 + 2, 2 + 4 - 2, 5)
    assert found.naive_error == 2 + 3 + 2
    assert found.figure("wape").value == Decimal("1.6")
    assert found.forecast_value_added == Decimal("-0.2")


@pytest.mark.parametrize(
    ("sent", "on_time"),
    [
        (["2026-08-25 23:59"], True),
        (["2026-08-26 00:00"], False),
        (["2026-08-20", "2026-08-30"], True),  # a correction does not make it late
        (["2026-09-02"], False),
        ([], False),
    ],
)
def test_a_forecast_is_on_time_by_the_25th_of_the_month_before(sent: list[str], on_time: bool) -> None:
    submissions = [Sent(MONTHS[0], 1, 1, at(each)) for each in sent]
    assert accuracy(submissions, Counter(), MONTHS[:1], ZONE, Deadlines(25)).on_time is on_time


def test_over_no_month_or_no_deliveries_there_is_no_rate() -> None:
    nothing = accuracy([], Counter(), (), ZONE, Deadlines(25))
    assert (nothing.on_time, nothing.figure("wape").value, nothing.forecast_value_added) == (None, None, None)


def test_a_nodes_own_forecast_meets_its_subtrees_deliveries(store: Database) -> None:
    with facts() as f:
        f.forecast("S1-C1", "2026-11", "远途A7", 3, "2026-10-20")
        f.forecast("S1-C1-A1", "2026-11", "远途A7", 8, "2026-10-20")
        f.forecast("S2", "2026-03", "远途A7", 8, "2026-02-20")
        for channel, when in chained(
            [("S1-C1", "2026-11-05"), ("S1-C1-A1", "2026-11-30 23:59"), ("S1", "2026-11-05")],
            [("S1-C1-A1", "2026-10-05"), ("S1-C1-A1", "2026-12-01 00:00")],
        ):
            sold(f, channel, when)
        sold(f, "S1-C1", "2026-11-05", model=None)
    by_path = dict(data.fresh(accuracies, Scope(), NOVEMBER))
    codes = {each.code: by_path.get(each.path) for each in data.fresh(network, Scope(), NOVEMBER)}
    assert codes["S1"] is None
    centre, agent, other = codes["S1-C1"], codes["S1-C1-A1"], codes["S2"]
    assert centre is not None
    assert agent is not None
    assert other is not None
    assert (centre.error, centre.actual, centre.naive_error, centre.on_time) == (1, 2, 1, True)
    assert (agent.error, agent.actual, agent.naive_error) == (7, 1, 0)
    assert (other.error, other.actual, other.on_time) == (0, 0, False)
    part = Period(date(2026, 11, 2), date(2026, 11, 30))
    assert dict(data.fresh(accuracies, Scope(), part)).keys() == by_path.keys()
    assert all(each.on_time is None for _, each in data.fresh(accuracies, Scope(), part))
