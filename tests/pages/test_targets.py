"""The month form of targets."""

from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from db.engine import Database
from db.terms import TargetSubject
from lib import data, target_standing
from lib.access import Scope
from lib.periods import Unit, whole
from lib.target_entries import Entry, lines, set_targets
from lib.ui.today import today
from tests.facts import facts
from tests.pages.desk import labelled, opened
from tests.personas import Personas, people


def month() -> str:
    return whole(Unit.MONTH, today()).name


def stored(name: str) -> Decimal | None:
    found = data.fresh(lines, Scope(), whole(Unit.MONTH, today()), ("deliveries",)).shown
    return next(each.cells[0].value for each in found if each.name == name)


def save(test: AppTest) -> AppTest:
    labelled(test.button, "保存目标").click().run()
    return test


def set_by_another(personas: Personas, value: int, seen: int = 0) -> None:
    entry = Entry(TargetSubject.CHANNEL, personas.channels["S1"], "deliveries", Decimal(value), seen)
    data.write(set_targets, personas.boss, month(), (entry,))


def test_a_manager_sets_and_changes_targets(sqlite_store: Database) -> None:
    test = opened(people().manager, "targets")
    assert not test.exception
    labelled(test.number_input, "东风店的目标").set_value(60)
    labelled(test.number_input, "顾一的目标").set_value(8)
    save(test)
    assert not test.exception
    assert (stored("东风店"), stored("顾一"), stored("顾二")) == (60, 8, None)
    labelled(test.number_input, "东风店的目标").set_value(70)
    save(test)
    assert (stored("东风店"), stored("顾一")) == (70, 8)


def test_saving_what_was_not_changed_changes_nothing(sqlite_store: Database) -> None:
    assert save(opened(people().manager, "targets")).info[0].value == "没有改动。"


def test_a_conflict_is_told_and_what_was_typed_stays_and_can_be_saved(sqlite_store: Database) -> None:
    personas = people()
    test = opened(personas.manager, "targets")
    labelled(test.number_input, "东风店的目标").set_value(60)
    set_by_another(personas, 50)
    save(test)
    assert test.error
    assert stored("东风店") == 50
    test.run()
    assert labelled(test.number_input, "东风店的目标").value == 60
    save(test)
    assert stored("东风店") == 60


def test_rates_are_typed_in_per_cent(sqlite_store: Database) -> None:
    test = opened(people().manager, "targets")
    labelled(test.selectbox, "指标").set_value("capture_rate").run()
    labelled(test.number_input, "东风店的目标").set_value(82.5)
    save(test)
    found = data.fresh(lines, Scope(), whole(Unit.MONTH, today()), ("capture_rate",)).shown
    assert next(each.cells[0].value for each in found if each.name == "东风店") == Decimal("0.825")


def test_a_manager_reaches_no_other_store(sqlite_store: Database) -> None:
    labels = [each.label for each in opened(people().manager, "targets").number_input]
    assert "西城店的目标" not in labels


def test_a_consultant_reads_the_own_target_and_sets_none(sqlite_store: Database) -> None:
    with facts() as f:
        f.target("consultant", "deliveries", month(), "8")
        f.target("colleague", "deliveries", month(), "9")
    test = opened(f.personas.consultant, "targets")
    assert not test.exception
    assert not test.number_input
    assert test.table[0].value["设定目标"].tolist() == ["8"]


@pytest.mark.parametrize("username", ["admin", "agent"])
def test_whom_targets_do_not_concern_is_told_so(sqlite_store: Database, username: str) -> None:
    test = opened(people().actors[username], "targets")
    assert test.error
    assert not test.number_input


def test_a_long_form_shows_the_upper_levels_and_a_channel_opens_the_rest(
    sqlite_store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(target_standing, "MOST", 2)
    test = opened(people().boss, "targets")
    shown = {each.label for each in test.number_input}
    assert shown == {"东风店的目标", "西城店的目标"}
    assert "选择一个渠道即可查看" in test.info[0].value
    monkeypatch.setattr(target_standing, "MOST", 250)
    labelled(test.selectbox, "渠道及下级").select("S1").run()
    assert "顾一的目标" in {each.label for each in test.number_input}
    assert "西城店的目标" not in {each.label for each in test.number_input}
    assert not test.info
