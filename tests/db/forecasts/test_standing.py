"""Who has submitted, who is late and who is missing; what stands beside a quantity."""

from datetime import date
from decimal import Decimal

import pytest

from db.engine import Database
from db.tables import StockUnit
from db.terms import LeadEventKind, StockStatus
from lib import data
from lib.access import Scope
from lib.forecasts.sheet import Line, sheet
from lib.forecasts.standing import State, overview
from tests.facts import Facts, facts
from tests.personas import people

NOVEMBER = date(2026, 11, 1)
A7, E = "远途A7", "星河E"


def delivered(f: Facts, when: str, channel: str = "S1-C1-A1", model: str = A7) -> None:
    f.lead_event(f.lead("2026-05-01", channel=channel, model=model), LeadEventKind.DELIVERY, when)


def states(today: date) -> dict[str, State]:
    return {each.code: each.state for each in data.read(overview, Scope(), NOVEMBER, today).nodes}


@pytest.mark.parametrize(
    ("sent", "state"),
    [
        ([(A7, "2026-10-25 23:59")], State.ON_TIME),
        ([(A7, "2026-10-26 00:00")], State.LATE),
        ([(A7, "2026-10-20"), (A7, "2026-10-30")], State.ON_TIME),  # a correction
        ([(A7, "2026-10-20"), (E, "2026-10-30")], State.LATE),  # complete only then
        ([(A7, "2026-11-01 00:00")], State.MISSING),
    ],
)
def test_a_forecast_is_on_time_when_all_of_it_came_by_its_day(
    store: Database, sent: list[tuple[str, str]], state: State
) -> None:
    with facts() as f:
        for model, when in sent:
            f.forecast("S1-C1", "2026-11", model, 2, when)
        f.forecast("S1-C1", "2026-12", A7, 2, "2026-10-20")
    assert states(date(2026, 10, 31)) == {
        "S1": State.FREE, "S1-C1": state, "S1-C1-A1": State.MISSING, "S2": State.FREE,
    }  # fmt: skip


def test_until_its_day_a_forecast_is_owed_and_then_missing(store: Database) -> None:
    people()
    assert states(date(2026, 10, 25))["S1-C1"] is State.OWED
    assert states(date(2026, 10, 26))["S1-C1"] is State.MISSING


def test_a_nodes_sum_below_is_what_those_straight_below_last_submitted(store: Database) -> None:
    with facts() as f:
        f.forecast("S1-C1", "2026-11", A7, 9, "2026-10-20")
        f.forecast("S1-C1", "2026-11", A7, 5, "2026-10-21")
        f.forecast("S1-C1", "2026-11", E, 1, "2026-10-21")
        f.forecast("S1-C1-A1", "2026-11", A7, 4, "2026-10-20")
        f.forecast("S1-C1-A1", "2026-11", A7, 99, "2026-11-01 00:00")
        f.forecast("S1-C1-A1", "2026-10", A7, 99, "2026-09-20")
    found = {each.code: each for each in data.read(overview, Scope(), NOVEMBER, date(2026, 10, 30)).nodes}
    assert [(each.quantity, each.below) for each in found.values()] == [(None, 6), (6, 4), (4, None), (None, None)]
    scope = Scope(found["S1-C1"].path)
    assert [each.code for each in data.read(overview, scope, NOVEMBER, date(2026, 10, 30)).nodes] == [
        "S1-C1", "S1-C1-A1",
    ]  # fmt: skip


def test_beside_each_model_stand_deliveries_and_stock_of_the_nodes_subtree(store: Database) -> None:
    with facts() as f:
        for when in ("2026-10-31 23:59", "2026-10-01 00:00", "2026-09-15", "2026-11-02"):
            delivered(f, when)
        for channel, model, when in (
            ("S1", A7, "2026-10-10"), ("S1-C1", E, "2026-10-10"), ("S1-C1", A7, "2026-07-31 23:59"),
            ("S1-C1", A7, "2026-11-25"),
        ):  # fmt: skip
            delivered(f, when, channel, model)
        held = ((StockStatus.IN_STOCK, "S1-C1-A1"), (StockStatus.IN_TRANSIT, "S1-C1"), (StockStatus.GONE, "S1-C1"),
                (StockStatus.IN_STOCK, "S1"))  # fmt: skip
        for number, (status, channel) in enumerate(held):
            f.put(StockUnit, vin=f"LSTOCK{number:011d}", car_model_id=f.personas.models[A7], status=status,
                  channel_id=f.personas.channels[channel])  # fmt: skip
    found = data.read(sheet, Scope(), "S1-C1", date(2026, 12, 1), date(2026, 11, 20))
    line = next(each for each in found.lines if each.model == A7)
    assert (line.last_month, line.average, line.so_far) == (2, Decimal("1.0"), 2)
    assert (line.in_stock, line.in_transit, line.actual) == (1, 1, None)
    past = data.read(sheet, Scope(), "S1-C1", date(2026, 10, 1), date(2026, 11, 20))
    assert _line(past.lines).actual == 2
    assert _line(past.lines).last_month == 1
    assert past.begun


def _line(lines: tuple[Line, ...]) -> Line:
    return next(each for each in lines if each.model == A7)
