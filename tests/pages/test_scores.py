"""The page of the eight functions: marking with what was measured, who reads, who finds nothing, two at once."""

from datetime import date
from decimal import Decimal

import pytest

from db.engine import Database
from db.terms import CentreFunction
from lib import data
from lib.access import Scope
from lib.forecasts.months import before, month_of
from lib.scores.marking import Entry, mark
from lib.scores.profiles import profiles
from lib.ui.today import today
from tests.facts import facts
from tests.pages.desk import labelled, opened
from tests.personas import Personas, people


def last_month() -> date:
    return before(month_of(today()))


def score(function: CentreFunction) -> Decimal | None:
    (centre,) = data.read(profiles, Scope(), last_month())
    return next(each.score for each in centre.marks if each.function is function)


def set_by_another(who: Personas, value: int) -> None:
    entry = Entry(CentreFunction.PARTS, Decimal(value), "抽查")
    data.write(mark, who.boss, who.channels["S1-C1"], last_month(), (entry,))


def test_a_channel_manager_marks_with_evidence(sqlite_store: Database) -> None:
    test = opened(people().channel_manager, "scores")
    assert not test.exception
    labelled(test.number_input, "配件配送评分").set_value(82)
    labelled(test.button, "保存评分").click().run()
    assert "依据" in test.error[0].value
    labelled(test.text_input, "配件配送依据").set_value("满足率 82%")
    labelled(test.button, "保存评分").click().run()
    assert not test.exception
    assert score(CentreFunction.PARTS) == 82


def test_what_was_measured_is_taken_over(sqlite_store: Database) -> None:
    with facts() as f:
        f.forecast("S1-C1", f"{last_month():%Y-%m}", "远途A7", 3, f"{before(last_month()):%Y-%m}-20")
    test = opened(f.personas.channel_manager, "scores")
    labelled(test.button, "填入系统测算").click().run()
    assert labelled(test.number_input, "信息反馈评分").value == 50
    labelled(test.button, "保存评分").click().run()
    assert score(CentreFunction.FEEDBACK) == 50


def test_the_second_of_two_keeps_what_was_typed(sqlite_store: Database) -> None:
    who = people()
    test = opened(who.channel_manager, "scores")
    labelled(test.number_input, "配件配送评分").set_value(82)
    labelled(test.text_input, "配件配送依据").set_value("满足率 82%")
    set_by_another(who, 60)
    labelled(test.button, "保存评分").click().run()
    assert test.error
    assert score(CentreFunction.PARTS) == 60
    test.run()
    assert labelled(test.number_input, "配件配送评分").value == 82
    labelled(test.button, "保存评分").click().run()
    assert score(CentreFunction.PARTS) == 82


def test_finance_reads(sqlite_store: Database) -> None:
    who = people()
    set_by_another(who, 60)
    test = opened(who.finance, "scores")
    assert not test.exception
    assert not test.number_input
    assert "60" in test.table[0].value["评分"].tolist()


@pytest.mark.parametrize("username", ["agent", "consultant", "admin"])
def test_whom_it_does_not_concern_is_told_so(sqlite_store: Database, username: str) -> None:
    test = opened(people().actors[username], "scores")
    assert test.error
    assert not test.number_input


def test_an_area_without_centres_says_what_would_fill_it(sqlite_store: Database) -> None:
    test = opened(people().other_manager, "scores")
    assert not test.exception
    assert "分销中心" in test.info[0].value
