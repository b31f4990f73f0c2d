"""The channel page: the tree, one node, and who may see them."""

import pytest
from streamlit.testing.v1 import AppTest

from db.engine import Database
from db.terms import ChannelKind, LeadEventKind
from lib import clock, settings
from tests.facts import facts
from tests.pages.desk import desk, labelled, opened
from tests.personas import Personas, people

E = LeadEventKind


def sold(personas: Personas) -> None:
    """Today: a lead, an order and a delivery of the branch, a lead of the other store."""
    day = clock.business_day(clock.now(), settings.load().zone).isoformat()
    with facts(personas) as f:
        lead = f.lead(day, channel="S1-C1-A1", model="远途A7")
        for kind in (E.TEST_DRIVE, E.ORDER, E.DELIVERY):
            f.lead_event(lead, kind, day)
        f.lead(day, channel="S2")


def names(test: AppTest) -> list[str]:
    """The channels in the table of channels."""
    tables = (each.value for each in test.dataframe)
    return [name.strip() for name in next(table for table in tables if "name" in table)["name"]]


def test_a_channel_manager_sees_the_own_branches_and_nothing_else(sqlite_store: Database) -> None:
    personas = people()
    sold(personas)
    test = opened(personas.channel_manager, "channels")
    assert not test.exception
    assert names(test) == ["东风店", "北区中心", "北一代理"]
    table = test.dataframe[0].value
    assert list(table["orders"]) == [1, 1, 1]
    assert table["lead_to_order_rate"][0] == "100.0% (1 / 1)"


def test_the_whole_group_sees_every_store(sqlite_store: Database) -> None:
    test = opened(people().boss, "channels")
    assert names(test) == ["东风店", "北区中心", "北一代理", "西城店"]


def test_own_figures_leave_out_what_lies_below(sqlite_store: Database) -> None:
    personas = people()
    sold(personas)
    test = opened(personas.channel_manager, "channels")
    labelled(test.segmented_control, "数字口径").set_value("own").run()
    assert not test.exception
    assert list(test.dataframe[0].value["orders"]) == [0, 0, 1]
    assert test.query_params["reach"] == "own"


def test_filters_narrow_the_tree_and_stand_in_the_address(sqlite_store: Database) -> None:
    test = opened(people().boss, "channels")
    labelled(test.multiselect, "类型").set_value([ChannelKind.STORE]).run()
    assert not test.exception
    assert names(test) == ["东风店", "西城店"]
    assert test.query_params["kind"] == "store"


def test_a_node_opens_by_its_code(sqlite_store: Database) -> None:
    personas = people()
    sold(personas)
    test = desk(personas.channel_manager).run()
    test.query_params["node"] = "S1-C1"
    test.switch_page("../../pages/channels.py").run()
    assert not test.exception
    assert test.subheader[0].value == "北区中心"
    assert names(test) == ["北一代理"]
    people_of, models_of = (each.value for each in test.dataframe[:2])
    assert list(people_of["销售顾问"]) == ["顾一", "顾三"]
    assert models_of.iloc[0].tolist()[:4] == ["远途A7", "1", "1", "1"]


@pytest.mark.parametrize("code", ["S2", "nowhere"])
def test_a_node_outside_the_area_is_not_there(sqlite_store: Database, code: str) -> None:
    test = desk(people().channel_manager).run()
    test.query_params["node"] = code
    test.switch_page("../../pages/channels.py").run()
    assert not test.exception
    assert "没有这个渠道" in test.warning[0].value
    assert not test.dataframe


@pytest.mark.parametrize("username", ["consultant", "specialist", "policy_specialist", "admin", "agent"])
def test_others_are_told_that_it_is_not_their_page(sqlite_store: Database, username: str) -> None:
    test = opened(people().actors[username], "channels")
    assert "没有此页面的权限" in test.error[0].value
    assert not test.dataframe


def test_finance_reads_and_opens_no_rows(sqlite_store: Database) -> None:
    personas = people()
    sold(personas)
    test = desk(personas.finance).run()
    test.query_params["node"] = "S1"
    test.switch_page("../../pages/channels.py").run()
    assert not test.exception
    assert not [each for each in test.button if each.key and each.key.startswith("open_")]
