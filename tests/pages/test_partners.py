"""The page of partner evaluation: a partner begins, is marked and decided on; an empty list; who may not."""

import pytest
from streamlit.testing.v1 import AppTest

from db.engine import Database
from db.terms import ChannelKind, PartnerState
from lib import data
from lib.access import Scope
from lib.network.evaluating import mark, propose, visit
from lib.network.partners import WEIGHTS, Mark, partners
from lib.ui.today import today
from tests.pages.desk import labelled, opened
from tests.personas import people


def choose(test: AppTest, key: int) -> None:
    test.session_state[f"partners-{hash((key,))}"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    test.run()


def test_an_empty_list_says_what_fills_it_and_a_partner_begins(sqlite_store: Database) -> None:
    test = opened(people().channel_manager, "partners")
    assert not test.exception
    assert "合作商" in test.info[0].value
    labelled(test.selectbox, "拟加盟类型").set_value(ChannelKind.AREA_AGENT).run()
    labelled(test.text_input, "合作商").set_value("青石车行")
    labelled(test.button, "开始考察").click().run()
    assert not test.exception
    assert [each.name for each in data.read(partners, Scope())] == ["青石车行"]


def test_a_partner_is_decided_on_and_becomes_a_node(sqlite_store: Database) -> None:
    who = people()
    key = data.write(propose, who.manager, "青石车行", ChannelKind.AREA_AGENT, who.channels["S1-C1"])
    card = tuple(Mark(criterion, 80, "实地查看") for criterion in WEIGHTS)
    data.write(mark, who.manager, key, 1, card)
    test = opened(who.channel_manager, "partners")
    choose(test, key)
    test.radio[0].set_value(PartnerState.ACCEPTED)
    labelled(test.text_area, "原因").set_value("条件符合")
    labelled(test.button, "作出决定").click().run()
    assert "考察" in test.error[0].value
    data.write(visit, who.manager, key, today(), "场地合适")
    test.run()
    test.radio[0].set_value(PartnerState.ACCEPTED)
    labelled(test.text_area, "原因").set_value("条件符合")
    labelled(test.button, "作出决定").click().run()
    assert not test.exception
    choose(test, key)
    labelled(test.text_input, "编码").set_value("S1-C1-A2")
    labelled(test.button, "加入渠道网络").click().run()
    assert not test.exception
    assert data.read(partners, Scope())[0].channel_id


def test_noting_a_visit_leaves_what_is_typed_beside_it_and_warns_of_nobody(sqlite_store: Database) -> None:
    who = people()
    key = data.write(propose, who.manager, "青石车行", ChannelKind.AREA_AGENT, who.channels["S1-C1"])
    test = opened(who.channel_manager, "partners")
    choose(test, key)
    beside = [labelled(test.text_area, "原因").key, labelled(test.text_input, "合作商").key]
    labelled(test.text_area, "考察情况").set_value("场地合适")
    labelled(test.button, "登记考察").click().run()
    assert not test.exception
    assert not test.warning
    assert labelled(test.text_area, "考察情况").value == ""
    assert [labelled(test.text_area, "原因").key, labelled(test.text_input, "合作商").key] == beside, "others are empty"


@pytest.mark.parametrize("username", ["finance", "agent", "consultant", "admin"])
def test_whom_it_does_not_concern_is_told_so(sqlite_store: Database, username: str) -> None:
    test = opened(people().actors[username], "partners")
    assert test.error
    assert not test.text_input
