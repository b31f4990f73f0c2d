"""The network against the period before, and month by month, on both databases."""

from datetime import date
from decimal import Decimal

from sqlalchemy import update

from db.engine import Database
from db.tables import LeadEvent
from db.terms import LeadEventKind
from lib import data
from lib.access import Scope
from lib.board import figures as board_figures
from lib.channels import scope_of
from lib.channels.figures import network
from lib.channels.months import months
from lib.channels.overview import overview
from lib.periods import Period, parse
from lib.targets import GROUP
from tests.facts import Facts, facts

E = LeadEventKind
NOVEMBER, TODAY = parse("2026-11"), date(2026, 11, 20)


def test_a_running_month_is_held_against_as_many_days_just_before(store: Database) -> None:
    with facts() as f:
        for day in ("2026-11-01", "2026-11-20", "2026-10-31", "2026-10-12", "2026-10-11"):
            f.lead(day, channel="S1-C1")
    view = data.fresh(overview, Scope(), NOVEMBER, TODAY)
    assert (view.elapsed, view.compared) == (
        Period(date(2026, 11, 1), TODAY),
        Period(date(2026, 10, 12), date(2026, 10, 31)),
    )
    assert (view.whole.leads, view.whole_before.leads) == (2, 2)
    store_ = view.by_code["S1"]
    assert (store_.figure("leads", rolled=True).value, store_.before("leads", rolled=True).value) == (2, 2)
    assert (store_.figure("leads", rolled=False).value, store_.before("leads", rolled=False).value) == (0, 0)


def test_a_lead_that_drove_in_two_channels_counts_once_above_them_as_on_the_board(store: Database) -> None:
    with facts() as f:
        moved = f.lead("2026-11-02", channel="S1-C1")
        f.lead_event(moved, E.TEST_DRIVE, "2026-11-03")
        f.lead_event(moved, E.TEST_DRIVE, "2026-11-04")
        drive(f, moved, "S1-C1-A1", "2026-11-05")
        drive(f, moved, "S2", "2026-11-06")
        drive(f, f.lead("2026-11-02", channel="S1"), "S1", "2026-11-05")
        drive(f, f.lead("2026-10-02", channel="S1"), "S1-C1", "2026-10-05")
    nodes = {each.code: each for each in data.fresh(network, Scope(), NOVEMBER)}
    assert {code: each.own.test_drives for code, each in nodes.items()} == {"S1": 1, "S1-C1": 1, "S1-C1-A1": 1, "S2": 1}
    assert {code: each.rolled_up.test_drives for code, each in nodes.items()} == {
        "S1": 2, "S1-C1": 1, "S1-C1-A1": 1, "S2": 1,
    }  # fmt: skip
    for code, node in nodes.items():
        seen = data.fresh(board_figures.board, data.fresh(scope_of, code), NOVEMBER, as_of_day=TODAY)
        assert node.rolled_up.test_drives == seen.numbers.test_drives
    assert data.fresh(overview, Scope(), NOVEMBER, TODAY).whole.test_drives == 2


def test_twelve_months_hold_each_node_with_all_below_it(store: Database) -> None:
    with facts() as f:
        lead = f.lead("2026-10-31 23:59", channel="S1-C1-A1", model="远途A7", order_price=Decimal("150000"))
        f.lead_event(lead, E.ORDER, "2026-11-01")
        f.lead_event(lead, E.DELIVERY, "2026-11-02")
        f.lead_event(f.lead("2025-11-30", channel="S1"), E.ORDER, "2026-11-01")
        f.lead_event(f.lead("2026-01-01", channel="S2"), E.ORDER_CANCELLED, "2026-11-01")
        f.lead("2026-12-01", channel="S1")
    found = data.fresh(months, Scope(), TODAY)
    paths = {each.code: each.path for each in data.fresh(network, Scope(), NOVEMBER)}
    agent, top, group = found[paths["S1-C1-A1"]], found[paths["S1"]], found[GROUP]
    assert [each.leads for each in top] == [0] * 10 + [1, 0]
    assert [(each[-1].orders, each[-1].deliveries) for each in (agent, top, group)] == [(1, 1), (2, 1), (1, 1)]
    assert (top[-1].revenue, top[-1].figure("price_deviation_rate").numerator) == (Decimal(150000), Decimal(-9800))
    assert sum(each.leads for each in group) == 2
    within = data.fresh(months, data.fresh(scope_of, "S1-C1"), TODAY)
    assert paths["S1"] not in within
    assert within[paths["S1-C1"]] == agent


def drive(f: Facts, lead: int, channel: str, when: str) -> None:
    """A test drive counted for a channel, whichever the lead's own."""
    event = f.lead_event(lead, E.TEST_DRIVE, when)
    f.session.execute(
        update(LeadEvent).where(LeadEvent.id == event).values(channel_id=f.personas.channels[channel])
    )  # fmt: skip
