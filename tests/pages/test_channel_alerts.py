"""The page of alerts: a list, its rows masked, settling, opening again, who reads, who finds nothing."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from db.engine import Database
from db.tables import Lead
from db.terms import AlertKind, AlertState, LeadEventKind
from lib import data
from lib.access import Scope
from lib.alerts.reading import alerts
from lib.alerts.settling import settle
from lib.ui import address
from lib.ui.today import today
from tests.facts import facts
from tests.pages.desk import labelled, opened
from tests.personas import Personas, people


def cheap() -> tuple[Personas, int]:
    with facts() as f:
        lead = f.lead(str(today()), model="远途A7", order_price=Decimal(100000))
        f.lead_event(lead, LeadEventKind.DELIVERY, str(today()))
    return f.personas, lead


def pick(test: AppTest, row: int = 0) -> AppTest:
    key = test.dataframe[0].proto.id.split("-", 2)[2]
    chosen: Any = {"selection": {"rows": [row], "columns": [], "cells": []}}
    test.session_state[key] = chosen
    return test.run()


def shown(test: AppTest) -> str:
    return " ".join(each.value for each in test.markdown)


def test_an_alert_opens_into_its_rows_and_is_settled(sqlite_store: Database) -> None:
    who, _ = cheap()
    test = opened(who.channel_manager, "channel_alerts")
    assert not test.exception
    assert test.dataframe[0].value["渠道"].tolist() == ["东风店"]
    pick(test)
    assert "张" in shown(test)
    assert "张三丰" not in shown(test)
    labelled(test.button, "处理").click().run()
    assert "原因" in test.error[0].value
    pick(test)
    labelled(test.text_area, "备注").set_value("展车处理")
    labelled(test.button, "处理").click().run()
    assert not test.exception
    assert data.read(alerts, Scope(), today()).open == ()
    labelled(test.button, "重新打开").click().run()
    assert len(data.read(alerts, Scope(), today()).open) == 1


def test_cars_that_a_buyer_got_elsewhere_are_told_and_not_shown(sqlite_store: Database) -> None:
    with facts() as f:
        sold = [f.lead(str(today()), channel=channel, model="远途A7") for channel in ("S1", "S1", "S2")]
        for lead in sold:
            f.lead_event(lead, LeadEventKind.DELIVERY, str(today()))
        buyer = f.session.get_one(Lead, sold[0]).customer_id
        f.session.execute(update(Lead).where(Lead.id.in_(sold)).values(customer_id=buyer))
        numbers = [f.session.get_one(Lead, lead).lead_no for lead in sold]
    test = pick(opened(f.personas.channel_manager, "channel_alerts"))
    assert not test.exception
    assert "在全集团购 3 台，其中 1 台购于您的范围之外" in shown(test)
    assert [number in shown(test) for number in numbers] == [True, True, False]
    test = pick(opened(f.personas.boss, "channel_alerts"))
    assert [number in shown(test) for number in numbers] == [True, True, True]


def test_a_silent_node_opens_into_what_it_recorded_last(sqlite_store: Database) -> None:
    with facts() as f:
        lead = f.lead(str(today() - timedelta(days=12)))
        f.lead_event(lead, LeadEventKind.TEST_DRIVE, str(today() - timedelta(days=10)))
    test = pick(opened(f.personas.channel_manager, "channel_alerts"))
    assert not test.exception
    rows = test.dataframe[1].value
    assert rows["事项"].tolist() == ["试驾", "首次接触"]
    assert rows["客户"].tolist() == ["张**", "张**"]


def test_what_another_settled_meanwhile_is_told(sqlite_store: Database) -> None:
    who, lead = cheap()
    test = pick(opened(who.channel_manager, "channel_alerts"))
    labelled(test.text_area, "备注").set_value("展车处理")
    data.write(settle, who.boss, AlertKind.PRICE, who.channels["S1"], f"lead:{lead}", AlertState.DISMISSED, "误报")
    labelled(test.button, "处理").click().run()
    assert not test.exception
    assert data.read(alerts, Scope(), today()).settled[0].settlement.note == "误报"


def test_finance_reads_and_settles_nothing(sqlite_store: Database) -> None:
    who, _ = cheap()
    test = pick(opened(who.finance, "channel_alerts"))
    assert not test.exception
    assert not test.text_area


@pytest.mark.parametrize("username", ["agent", "consultant", "admin"])
def test_whom_alerts_do_not_concern_is_told_so(sqlite_store: Database, username: str) -> None:
    test = opened(people().actors[username], "channel_alerts")
    assert test.error
    assert not test.dataframe


def test_without_alerts_the_page_says_what_would_raise_one(sqlite_store: Database) -> None:
    test = opened(people().channel_manager, "channel_alerts")
    assert not test.exception
    assert "门店设置" in test.info[0].value


def test_a_manager_sets_the_bounds(sqlite_store: Database) -> None:
    who, _ = cheap()
    test = opened(who.boss, "settings")
    test.button_group(address.key("part")).set_value("alerts").run()
    labelled(test.number_input, "成交价允许偏离指导价（%）").set_value(45)
    labelled(test.button, "保存").click().run()
    assert not test.exception
    assert data.read(alerts, Scope(), today()).open == ()
