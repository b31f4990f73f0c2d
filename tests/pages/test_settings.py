"""The page of the store's settings: what a manager changes on it, who finds none, two managers at once."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from db.engine import Database
from db.terms import Stage
from lib import calendar_days, data, preference_entries
from lib.preference_entries import Entry
from lib.renewals import case, script_texts
from lib.ui import address
from lib.ui.today import today
from tests.pages.desk import labelled, opened
from tests.personas import people


def part(test: AppTest, name: str) -> AppTest:
    return test.button_group(address.key("part")).set_value(name).run()


@pytest.mark.parametrize("who", ["specialist", "consultant", "admin"])
def test_who_may_not_set_anything_is_told_so(sqlite_store: Database, who: str) -> None:
    test = opened(people().actors[who], "settings")
    assert test.error
    assert not test.date_input


def test_a_manager_sets_a_day_and_takes_it_back(sqlite_store: Database) -> None:
    test = opened(people().manager, "settings")
    assert not test.exception
    labelled(test.text_input, "原因").input("盘点")
    next(each for each in test.button_group if each.label == "这一天").set_value(False)
    labelled(test.button, "保存").click().run()
    assert not test.exception
    shown = data.read(calendar_days.month, today().replace(day=1)).days[today().day - 1]
    assert (shown.is_workday, shown.override and shown.override.note) == (False, "盘点")
    labelled(test.button, "撤销设定").click().run()
    assert data.read(calendar_days.month, today().replace(day=1)).overrides == ()


def test_a_day_without_a_reason_is_refused_and_nothing_is_kept(sqlite_store: Database) -> None:
    test = opened(people().manager, "settings")
    labelled(test.button, "保存").click().run()
    assert "原因" in test.error[0].value
    assert data.read(calendar_days.month, today().replace(day=1)).overrides == ()


def test_a_year_that_is_not_published_is_named(sqlite_store: Database) -> None:
    test = opened(people().manager, "settings")
    coming = date(calendar_days.published_until() + 1, 1, 1)
    labelled(test.selectbox, "月").set_value(f"{coming:%Y-%m}").run()
    assert str(coming.year) in test.warning[0].value


def test_the_second_manager_is_told_keeps_what_was_typed_and_decides(sqlite_store: Database) -> None:
    made = people()
    test = part(opened(made.manager, "settings"), "values")
    day = labelled(test.number_input, "需求预报截止日（上月几日）")
    day.set_value(20)
    data.write(preference_entries.set_values, made.boss, (Entry("forecast_day", 25, 22),))
    labelled(test.button, "保存").click().run()
    assert test.error
    assert labelled(test.number_input, "需求预报截止日（上月几日）").value == 20
    assert data.read(preference_entries.values)["forecast_day"] == 22
    labelled(test.button, "保存").click().run()
    assert data.read(preference_entries.values)["forecast_day"] == 20


def test_a_script_is_rewritten(sqlite_store: Database) -> None:
    test = part(opened(people().manager, "settings"), "scripts")
    labelled(test.text_area, "中文话术").input("先问车况")
    labelled(test.button, "保存").click().run()
    assert not test.exception
    first = data.read(script_texts.texts)[0].stage
    assert first is Stage.S90
    assert data.read(case.scripts)[first][0] == "先问车况"


@pytest.mark.parametrize("name", ["reasons", "values", "scripts"])
def test_the_parts_are_drawn(sqlite_store: Database, name: str) -> None:
    test = part(opened(people().manager, "settings"), name)
    assert not test.exception
    assert labelled(test.button, "保存")
