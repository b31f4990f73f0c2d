"""The page of the network: who adds, changes, moves and closes; who may not; two at once; nothing to show."""

import pytest
from streamlit.testing.v1 import AppTest

from db.engine import Database
from db.terms import ChannelKind, MarketTier
from lib import data
from lib.access import Scope
from lib.network.editing import Facts, add, alter
from lib.network.reading import Node, nodes
from tests.pages.desk import labelled, opened
from tests.personas import people


def found(code: str) -> Node:
    return next(each for each in data.read(nodes, Scope()) if each.code == code)


def select_row(test: AppTest, row: int) -> None:
    key = f"network-{hash(tuple(each.id for each in data.read(nodes, Scope()) if each.code.startswith('S1')))}"
    test.session_state[key] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    test.run()


def test_a_channel_manager_adds_a_node_and_is_reminded_of_the_centres(sqlite_store: Database) -> None:
    test = opened(people().channel_manager, "network")
    assert not test.exception
    assert "2 至 4" in test.info[0].value
    labelled(test.selectbox, "类型").set_value(ChannelKind.DISTRIBUTION_CENTRE).run()
    labelled(test.text_input, "编码").set_value("S1-C2")
    labelled(test.text_input, "网点名称").set_value("南区中心")
    labelled(test.button, "新增").click().run()
    assert not test.exception
    assert found("S1-C2").name == "南区中心"
    assert not [each for each in test.info if "2 至 4" in each.value]


def test_a_taken_code_is_refused_and_what_was_typed_stays(sqlite_store: Database) -> None:
    test = opened(people().channel_manager, "network")
    labelled(test.selectbox, "类型").set_value(ChannelKind.EXCLUSIVE_STORE).run()
    labelled(test.text_input, "编码").set_value("S2")
    labelled(test.text_input, "网点名称").set_value("专卖店")
    labelled(test.button, "新增").click().run()
    assert "S2" in test.error[0].value
    assert labelled(test.text_input, "网点名称").value == "专卖店"


def test_a_node_is_changed_and_the_second_of_two_is_told(sqlite_store: Database) -> None:
    who = people()
    test = opened(who.channel_manager, "network")
    select_row(test, 1)
    assert not test.exception
    labelled(test.text_input[::-1], "网点名称").set_value("北区新中心")
    data.write(alter, who.manager, who.channels["S1-C1"], 1, Facts("别名", market_tier=MarketTier.URBAN))
    labelled(test.button, "保存").click().run()
    assert test.error
    assert labelled(test.text_input[::-1], "网点名称").value == "北区新中心"
    assert found("S1-C1").name == "别名"


def test_a_half_typed_node_stays_while_another_is_chosen_and_changed(sqlite_store: Database) -> None:
    test = opened(people().channel_manager, "network")
    typed = labelled(test.text_input, "网点名称").key
    select_row(test, 1)
    moving = labelled(test.selectbox[::-1], "上级渠道").key
    labelled(test.text_input[::-1], "网点名称").set_value("北区新中心")
    labelled(test.button, "保存").click().run()
    assert found("S1-C1").name == "北区新中心"
    assert labelled(test.text_input, "网点名称").key == typed, "another widget would be empty"
    assert labelled(test.selectbox[::-1], "上级渠道").key == moving
    assert not test.warning


def test_what_is_chosen_stays_chosen_in_the_other_language(sqlite_store: Database) -> None:
    test = opened(people().channel_manager, "network")
    labelled(test.multiselect, "类型").set_value([ChannelKind.AREA_AGENT]).run()
    chinese = labelled(test.multiselect, "类型")
    test.session_state["language"] = "en"
    test.run()
    english = labelled(test.multiselect, "Kind")
    assert english.value == [ChannelKind.AREA_AGENT]
    assert english.key != chinese.key, "one widget would keep the Chinese labels"


def test_a_node_is_looked_up_among_all(sqlite_store: Database) -> None:
    test = opened(people().channel_manager, "network")
    labelled(test.text_input, "查找").set_value("s1-c1-a1").run()
    assert not test.exception
    shown = test.dataframe[0].value
    assert [name.strip() for name in shown["渠道"]][-1] == found("S1-C1-A1").name
    assert list(shown["编码"].dropna()) == ["S1-C1-A1"], "those above lead to it, with their names alone"
    labelled(test.text_input, "查找").set_value("nowhere").run()
    assert not test.dataframe
    assert test.info


def test_a_node_is_moved(sqlite_store: Database) -> None:
    who = people()
    centre = data.write(
        add, who.manager, "S1-C0", ChannelKind.DISTRIBUTION_CENTRE, who.channels["S1"], Facts("南区中心")
    )
    test = opened(who.channel_manager, "network")
    select_row(test, 3)
    assert "片区代理的上级须是大区总代理或分销中心。" in [each.value for each in test.caption], (
        "the rule stands below the choice"
    )
    labelled(test.button, "移动网点").click().run()
    assert not test.exception
    assert found("S1-C1-A1").parent_id == centre


def test_a_node_with_people_says_what_keeps_it_open(sqlite_store: Database) -> None:
    test = opened(people().channel_manager, "network")
    select_row(test, 2)
    labelled(test.button, "关闭网点").click().run()
    assert "在职人员 2 人" in test.error[0].value


@pytest.mark.parametrize("username", ["finance", "agent", "consultant", "admin"])
def test_whom_it_does_not_concern_is_told_so(sqlite_store: Database, username: str) -> None:
    test = opened(people().actors[username], "network")
    assert test.error
    assert not test.text_input
