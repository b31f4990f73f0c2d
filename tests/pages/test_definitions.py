"""The KPI dictionary page."""

import pytest

from db.engine import Database
from lib import kpi
from lib.words import words
from tests.pages.desk import labelled, opened
from tests.personas import people


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_figure_is_defined_in_both_languages(sqlite_store: Database, language: str) -> None:
    test = opened(people().consultant, "definitions", language)
    assert not test.exception
    shown = {name for table in test.table for name in table.value.iloc[:, 0]}
    assert shown == {words(language).say(each.label) for each in kpi.ALL}


def test_a_search_narrows_the_dictionary(sqlite_store: Database) -> None:
    test = opened(people().manager, "definitions")
    labelled(test.text_input, "查找指标").set_value("留档率").run()
    assert "capture_rate" in test.table[0].value["slug"].tolist()[0]
    labelled(test.text_input, "查找指标").set_value("没有这个").run()
    assert not test.table
    assert test.info


def test_an_agent_is_told_that_it_is_not_their_page(sqlite_store: Database) -> None:
    assert opened(people().agent, "definitions").error
