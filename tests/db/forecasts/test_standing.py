"""Who has submitted, who is late and who is missing; what stands beside a quantity."""

from datetime import date
from decimal import Decimal

import pytest

from db.engine import Database
from db.tables import StockUnit
from db.terms import ChannelKind, LeadEventKind, StockStatus
from lib import clock, data
from lib.access import Scope
from lib.forecasts.figures import accuracies
from lib.forecasts.sheet import Line, sheet
from lib.forecasts.standing import State, overview
from lib.network.editing import Facts as Words
from lib.network.editing import add
from lib.network.moving import move
from lib.periods import parse
from lib.preference_entries import Entry, set_values
from tests.facts import Facts, at, facts
from tests.personas import people

NOVEMBER, DECEMBER, TODAY = date(2026, 11, 1), date(2026, 12, 1), date(2026, 11, 30)
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


def at_noon(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(f"{day} 12:00"))


def test_a_node_that_moved_stays_where_it_was_in_the_months_that_it_began_there(
    store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with facts() as f:
        f.forecast("S1-C1-A1", "2026-11", A7, 7, "2026-10-20")
        f.forecast("S1-C1-A1", "2026-12", A7, 3, "2026-11-20")
        delivered(f, "2026-11-05")
    who = f.personas
    at_noon(monkeypatch, "2026-11-27")
    centre = data.write(add, who.manager, "S1-C9", ChannelKind.DISTRIBUTION_CENTRE, who.channels["S1"], Words("南"))
    before = {each.name: (each.state, each.quantity) for each in data.read(overview, Scope(), NOVEMBER, TODAY).nodes}
    accurate = data.fresh(accuracies, Scope(), parse("2026-11"))
    data.write(move, who.manager, who.channels["S1-C1-A1"], 1, centre)
    after = data.read(overview, Scope(), NOVEMBER, TODAY).nodes
    assert [(each.state, each.quantity) for each in after] == list(before.values())
    assert "S1-C9" not in {each.code for each in after}, "which there was not yet"
    assert [each.below for each in after if each.code == "S1-C1"] == [7]
    assert [one for _, one in data.fresh(accuracies, Scope(), parse("2026-11")) if one.months] == [
        one for _, one in accurate
    ]
    coming = {each.code: each for each in data.read(overview, Scope(), DECEMBER, TODAY).nodes}
    assert (coming["S1-C1-A1"].state, coming["S1-C1-A1"].quantity, coming["S1-C9"].below) == (State.ON_TIME, 3, 3)
    assert coming["S1-C9"].state is State.NEW, "it came after the day on which December was due"
    assert len(coming) == len(after) + 1
    line = next(each for each in data.fresh(sheet, Scope(), "S1-C1-A1", DECEMBER, TODAY).lines if each.model == A7)
    assert line.so_far == 1, "what it sold where it stood before"


def test_another_deadline_holds_for_what_is_due_from_then_on(store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with facts() as f:
        f.forecast("S1-C1", "2026-11", A7, 2, "2026-10-27")
        f.forecast("S1-C1", "2026-12", A7, 2, "2026-11-27")
    at_noon(monkeypatch, "2026-11-24")
    data.write(set_values, f.personas.boss, (Entry("forecast_day", 25, 28),))

    def judged() -> list[tuple[date, State]]:
        found = [data.read(overview, Scope(), month, TODAY) for month in (NOVEMBER, DECEMBER)]
        return [(one.due_on, next(n.state for n in one.nodes if n.code == "S1-C1")) for one in found]

    late, good = (date(2026, 10, 25), State.LATE), (date(2026, 11, 28), State.ON_TIME)
    assert judged() == [late, good]
    assert [one.punctual for _, one in data.fresh(accuracies, Scope(), parse("2026-11"))] == [0]
    at_noon(monkeypatch, "2026-11-30")
    data.write(set_values, f.personas.boss, (Entry("forecast_day", 28, 5),))
    assert judged() == [late, good], "both are due by now"
    assert data.read(overview, Scope(), date(2027, 1, 1), TODAY).due_on == date(2026, 12, 5)


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
