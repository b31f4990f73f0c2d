"""The people page."""

import pytest
from streamlit.testing.v1 import AppTest

from db.engine import Database
from lib import clock, data, users
from lib.access import Scope
from lib.signing_in import passwords
from tests.pages.desk import labelled, opened
from tests.personas import people


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "ROUNDS", 4)


def usernames() -> set[str]:
    return {each.username for each in data.fresh(users.people, Scope(), clock.now())}


def submit(test: AppTest, username: str) -> None:
    labelled(test.text_input, "工号").set_value(username)
    labelled(test.text_input, "姓名").set_value("新来的")
    labelled(test.selectbox, "所属渠道").select_index(1)
    labelled(test.button, "添加并生成初始密码").click().run()


def test_an_admin_adds_a_person_and_sees_the_first_password_once(sqlite_store: Database) -> None:
    test = opened(people().admin, "people")
    assert not test.exception
    submit(test, "2301")
    assert not test.exception
    assert "2301" in usernames()
    shown = test.code[0].value
    assert passwords.COMMON.isdisjoint({shown})
    assert not test.run().code


def test_a_refused_person_is_told_why_and_nothing_typed_is_lost(sqlite_store: Database) -> None:
    test = opened(people().admin, "people")
    submit(test, "manager")
    assert "已被使用" in test.error[0].value
    assert labelled(test.text_input, "工号").value == "manager"


def test_a_manager_reads_people_and_changes_nobody(sqlite_store: Database) -> None:
    test = opened(people().manager, "people")
    assert not test.exception
    assert len(test.dataframe[0].value) == 9  # the store's own and its branches'
    assert [each.label for each in test.text_input] == ["按姓名或工号查找"]


@pytest.mark.parametrize("username", ["consultant", "specialist", "policy_specialist", "finance", "agent"])
def test_others_are_told_that_it_is_not_their_page(sqlite_store: Database, username: str) -> None:
    test = opened(people().actors[username], "people")
    assert "没有此页面的权限" in test.error[0].value
    assert not test.dataframe
