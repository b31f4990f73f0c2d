"""The screens page."""

import pytest

from db.engine import Database
from lib import data, screen_links
from lib.access import Scope
from tests.pages.desk import labelled, opened
from tests.personas import people


def test_a_new_screen_shows_its_link_once(sqlite_store: Database) -> None:
    test = opened(people().admin, "screens")
    labelled(test.text_input, "名称").set_value("展厅")
    labelled(test.button, "添加并显示链接").click().run()
    assert not test.exception
    assert "/wall?screen=" in test.code[0].value
    assert not test.run().code
    assert [each.name for each in data.fresh(screen_links.listed, Scope())] == ["展厅"]


def test_a_screen_is_revoked_with_one_click(sqlite_store: Database) -> None:
    personas = people()
    data.write(screen_links.add, personas.admin, "展厅", personas.channels["S1"], {})
    test = opened(personas.admin, "screens")
    labelled(test.button, "作废链接").click().run()
    assert data.fresh(screen_links.listed, Scope())[0].revoked_at is not None
    assert "作废链接" not in [each.label for each in test.button]


def test_a_manager_sees_the_own_stores_screens_and_changes_none(sqlite_store: Database) -> None:
    personas = people()
    data.write(screen_links.add, personas.admin, "东风展厅", personas.channels["S1"], {})
    data.write(screen_links.add, personas.admin, "西城展厅", personas.channels["S2"], {})
    test = opened(personas.manager, "screens")
    shown = " ".join(each.value for each in test.markdown)
    assert "东风展厅" in shown
    assert "西城展厅" not in shown
    assert not [each for each in test.button if each.label in ("作废链接", "添加并显示链接")]


@pytest.mark.parametrize("username", ["consultant", "specialist", "finance", "agent"])
def test_others_are_told_that_it_is_not_their_page(sqlite_store: Database, username: str) -> None:
    test = opened(people().actors[username], "screens")
    assert "没有此页面的权限" in test.error[0].value
