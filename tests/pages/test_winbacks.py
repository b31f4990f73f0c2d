"""The page of win-back: lists by what one may see, taking up, giving, the rates, no data."""

from datetime import timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from db.engine import Database
from db.terms import LeadStatus, RenewalType
from lib import data
from lib.ui.today import today
from lib.winbacks import taking_up
from tests.cases import row
from tests.db.leads import showroom
from tests.db.winbacks.test_lists import lost, seen
from tests.facts import facts
from tests.pages.desk import desk, labelled, opened
from tests.personas import Personas, people


def at_page(made: Personas, who: str, **query: str) -> AppTest:
    test = desk(made.actors[who]).run()
    for name, value in query.items():
        test.query_params[name] = value
    return test.switch_page("../../pages/winbacks.py").run()


def tick(test: AppTest, *rows: int) -> AppTest:
    key = test.dataframe[0].proto.id.split("-", 2)[2]
    chosen: Any = {"selection": {"rows": list(rows), "columns": [], "cells": []}}
    test.session_state[key] = chosen
    return test.run()


def test_a_consultant_takes_a_lost_lead_up_again(sqlite_store: Database) -> None:
    with facts() as f:
        key = lost(f, 40)
    test = tick(at_page(f.personas, "consultant"), 0)
    assert not test.exception
    assert test.dataframe[0].value["客户"].tolist() == ["张**"]
    labelled(test.button, "重新跟进 1 条").click().run()
    assert not test.exception
    assert showroom.lead(key).status is LeadStatus.OPEN
    assert not test.dataframe


def test_a_manager_gives_win_back_renewals_to_a_specialist(sqlite_store: Database) -> None:
    with facts() as f:
        due = str(today() + timedelta(days=20))
        key = f.renewal(due, kind=RenewalType.WINBACK, queue_on=today())
        f.renewal(due, kind=RenewalType.REPEAT, queue_on=today())
    test = tick(at_page(f.personas, "manager"), 0)
    assert not test.exception
    assert len(test.dataframe[0].value) == 1
    test.multiselect("winback_takers").select(f.personas.specialist.user_id)
    labelled(test.button, "分配 1 条").click().run()
    assert not test.exception
    assert row(key).owner_id == f.personas.specialist.user_id


def test_what_somebody_took_up_meanwhile_is_told(sqlite_store: Database) -> None:
    with facts() as f:
        key = lost(f, 40)
    made = f.personas
    test = tick(at_page(made, "manager", domain="lead"), 0)
    labelled(test.text_input, "说明").set_value("新政策")
    data.write(taking_up.take_up, made.consultant, seen(key), today())
    labelled(test.button, "重新跟进 1 条").click().run()
    assert not test.exception
    assert len(showroom.events(key)) == 3


@pytest.mark.parametrize(("who", "offered"), [("specialist", 1), ("consultant", 1), ("channel_manager", 1),
                                              ("manager", 2)])  # fmt: skip
def test_each_finds_the_lists_that_they_may_see(sqlite_store: Database, who: str, offered: int) -> None:
    test = at_page(people(), who)
    assert not test.exception
    tiles = [each for each in test.get("html") if '<div class="desk-tile' in each.proto.body]
    assert len(tiles) == offered
    assert all("—" in each.proto.body for each in tiles)
    assert "会出现在这里" in test.info[0].value


def test_the_rows_behind_the_rate_are_listed(sqlite_store: Database) -> None:
    with facts() as f:
        f.renewal(str(today()), kind=RenewalType.WINBACK)
    test = at_page(f.personas, "manager", shown="counted")
    assert not test.exception
    assert len(test.dataframe[0].value) == 1
    assert "0 / 1" in "".join(each.proto.body for each in test.get("html"))


@pytest.mark.parametrize("username", ["agent", "finance", "admin", "policy_specialist"])
def test_whom_losses_do_not_concern_is_told_so(sqlite_store: Database, username: str) -> None:
    test = opened(people().actors[username], "winbacks")
    assert test.error
    assert not test.dataframe
