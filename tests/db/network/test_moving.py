"""Moving a node: every past figure stays, what is open goes on below the new parent, rules hold, paths are right."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from db.engine import Database
from db.tables import Forecast, Lead, Screen, Target, User
from db.terms import ChannelKind, LeadEventKind
from lib import clock, data
from lib.access import Scope
from lib.channels.figures import network
from lib.network.editing import Facts, add, reopen
from lib.network.moving import move
from lib.network.reading import AtHome, Node, at_home, nodes
from lib.periods import Period, parse
from lib.refusals import Conflict, Invalid, NotFound
from tests.facts import facts
from tests.personas import Personas

E, K = LeadEventKind, ChannelKind
MAY = parse("2026-05")
FUTURE = "2099-01"


def by_code() -> dict[str, Node]:
    return {each.code: each for each in data.read(nodes, Scope())}


def worked() -> tuple[Personas, int]:
    """A network that has sold in May; the key of a second centre that may take the area agent."""
    with facts() as f:
        for channel in ("S1", "S1-C1", "S1-C1-A1"):
            lead = f.lead("2026-05-04", channel=channel, model="远途A7", order_price=Decimal("150000"))
            f.lead_event(lead, E.TEST_DRIVE, "2026-05-05")
            f.lead_event(lead, E.ORDER, "2026-05-06")
            f.lead_event(lead, E.DELIVERY, "2026-05-07")
        f.forecast("S1-C1-A1", "2026-05", "远途A7", 3, "2026-04-20")
        f.forecast("S1-C1-A1", FUTURE, "远途A7", 4, "2026-04-20")
        f.target("S1-C1-A1", "deliveries", "2026-05", "3")
        f.target("S1-C1-A1", "deliveries", FUTURE, "5")
        f.put(
            Screen, name="北一", token_hash="x", channel_id=f.personas.channels["S1-C1-A1"],
            created_at=clock.now(), options={},
        )  # fmt: skip
    who = f.personas
    centre = data.write(
        add, who.channel_manager, "S1-C2", K.DISTRIBUTION_CENTRE, who.channels["S1"], Facts("南区中心")
    )  # fmt: skip
    return who, centre


def figures(period: Period) -> dict[int, Any]:
    return {each.id: (each.own, each.rolled_up) for each in data.read(network, Scope(), period)}


def homes(table: Any, *which: Any) -> list[int]:
    return list(data.fresh(lambda connection: connection.scalars(select(table.channel_id).where(*which)).all()))


def test_every_past_figure_of_old_and_new_ancestors_stays(store: Database) -> None:
    who, centre = worked()
    before = figures(MAY)
    key = data.write(move, who.channel_manager, who.channels["S1-C1-A1"], 1, centre)
    after = figures(MAY)
    assert {each: after[each] for each in before} == before
    assert after[who.channels["S1-C1"]][1].deliveries == 2
    assert after[centre][1].deliveries == after[key][1].deliveries == 0


def test_what_is_open_goes_on_below_the_new_parent(store: Database) -> None:
    who, centre = worked()
    with facts(who) as f:
        f.renewal("2026-06-01", channel="S1-C1-A1")
    old = who.channels["S1-C1-A1"]
    path = by_code()["S1-C1-A1"].path
    assert data.read(at_home, path) == AtHome(people=2, leads=1, cars=0, renewals=1)
    key = data.write(move, who.channel_manager, old, 1, centre)
    assert data.read(at_home, path) == AtHome(people=0, leads=0, cars=0, renewals=1)
    assert homes(User, User.username.in_(("agent", "branch_consultant"))) == [key, key]
    assert key in homes(Lead)
    assert old not in homes(Lead)
    assert homes(Screen) == [key]
    assert homes(Forecast, Forecast.month == date(2026, 5, 1)) == [old]
    assert homes(Forecast, Forecast.month == date(2099, 1, 1)) == [key]
    assert (homes(Target, Target.period == "2026-05"), homes(Target, Target.period == FUTURE)) == ([old], [key])


def test_the_history_stays_closed_under_the_old_parent_and_the_code_goes_on(store: Database) -> None:
    who, centre = worked()
    old = who.channels["S1-C1-A1"]
    key = data.write(move, who.channel_manager, old, 1, centre)
    goes_on = by_code()["S1-C1-A1"]
    kept = next(each for each in by_code().values() if each.id == old)
    assert (goes_on.id, goes_on.parent_id, goes_on.path) == (key, centre, f"{who.channels['S1']}.{centre}.{key}.")
    assert (goes_on.name, goes_on.active, goes_on.moved_from) == ("北一代理", True, kept.code)
    assert (kept.active, kept.path, kept.parent_id) == (
        False, f"{who.channels['S1']}.{who.channels['S1-C1']}.{old}.", who.channels["S1-C1"],
    )  # fmt: skip
    assert kept.code.startswith("S1-C1-A1~")
    assert kept.closed_on
    with pytest.raises(Invalid, match="goes on as S1-C1-A1"):
        data.write(reopen, who.channel_manager, old, 2)


def test_a_subtree_moves_with_what_stands_below_it(store: Database) -> None:
    who, _ = worked()
    before = figures(MAY)
    key = data.write(move, who.boss, who.channels["S1-C1"], 1, who.channels["S2"])
    below = by_code()["S1-C1-A1"]
    assert (below.parent_id, below.path) == (key, f"{who.channels['S2']}.{key}.{below.id}.")
    assert {each: figures(MAY)[each] for each in before} == before
    paths = [each.path for each in by_code().values()]
    assert all(each.path.endswith(f"{each.id}.") for each in by_code().values())
    assert len(set(paths)) == len(paths)


def test_a_node_that_moves_back_and_forth_keeps_every_stay(store: Database) -> None:
    who, centre = worked()
    first = data.write(move, who.manager, who.channels["S1-C1-A1"], 1, centre)
    second = data.write(move, who.manager, first, 1, who.channels["S1-C1"])
    assert by_code()["S1-C1-A1"].id == second
    assert sum(code.startswith("S1-C1-A1~") for code in by_code()) == 2


def test_a_wrong_parent_a_circle_and_another_area_are_refused(store: Database) -> None:
    who, centre = worked()
    agent, home = who.channels["S1-C1-A1"], who.channels["S1-C1"]
    for parent, why in ((who.channels["S1"], "a regional agent or"), (agent, "back to itself"), (home, "already")):
        with pytest.raises(Invalid, match=why):
            data.write(move, who.channel_manager, agent, 1, parent)
    with pytest.raises(NotFound):
        data.write(move, who.channel_manager, home, 1, who.channels["S2"])
    with pytest.raises(Conflict):
        data.write(move, who.channel_manager, agent, 7, centre)
    assert by_code()["S1-C1-A1"].id == agent


def test_a_rule_that_breaks_below_the_node_refuses_the_whole_move(store: Database) -> None:
    who, centre = worked()
    regional = data.write(add, who.manager, "S1-R", K.REGIONAL_AGENT, who.channels["S1"], Facts("大区"))
    area = data.write(add, who.manager, "S1-R-A", K.AREA_AGENT, regional, Facts("片区"))
    data.write(add, who.manager, "S1-R-A-T", K.TERMINAL_DEALER, area, Facts("车行"))
    with pytest.raises(Invalid, match="below a regional agent"):
        data.write(move, who.manager, area, 1, centre)
    assert by_code()["S1-R-A"].id == area
