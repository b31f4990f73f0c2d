"""Asking for approval on the case, and the manager's page that answers."""

import pytest
from streamlit.testing.v1 import AppTest

from db.engine import Database
from lib import data
from lib.approvals import asking, book, waiting
from lib.ui import address
from lib.ui.today import today
from tests.cases import expiring
from tests.pages.desk import labelled, opened
from tests.pages.test_renewals import offered
from tests.personas import Personas, people
from tests.quotes import saved


def requested(made: Personas, who: str = "specialist") -> int:
    quote = saved(made, expiring(made, owner="specialist", name="欧阳春晓"), "0.6")
    return data.write(asking.ask, made.actors[who], quote, "老客户，同行压价")


def shown(test: AppTest) -> str:
    elements = (*test.subheader, *test.markdown, *test.caption, *test.info, *test.error)
    return " ".join(str(each.value) for each in elements)


def test_an_empty_list_says_what_would_fill_it(sqlite_store: Database) -> None:
    test = opened(people().manager, "approvals")
    assert not test.exception
    assert "暂无待审批" in shown(test)


@pytest.mark.parametrize("who", ["specialist", "admin", "policy_specialist"])
def test_who_decides_nothing_finds_no_list(sqlite_store: Database, who: str) -> None:
    made = people()
    requested(made)
    test = opened(made.actors[who], "approvals")
    assert test.error
    assert "欧" not in shown(test)


def test_a_manager_approves_with_a_reason(sqlite_store: Database) -> None:
    made = people()
    request = requested(made)
    test = opened(made.manager, "approvals")
    assert "欧" in shown(test)
    assert "欧阳" not in shown(test)
    labelled(test.button, "批准").click().run()
    assert "请填写理由" in test.error[0].value
    test.text_area(f"approval-answer-{request}").input("同意，下不为例")
    labelled(test.button, "批准").click().run()
    assert not test.exception
    found = data.read(waiting.decided, made.manager, today())[0].request
    assert (found.state, found.answer) == ("approved", "同意，下不为例")


def test_nobody_is_offered_to_answer_their_own(sqlite_store: Database) -> None:
    made = people()
    requested(made, "manager")
    test = opened(made.manager, "approvals")
    assert not [each for each in test.button if each.label == "批准"]
    assert "不能审批自己的报价" in shown(test)


def test_what_another_answered_meanwhile_is_not_answered_twice(sqlite_store: Database) -> None:
    made = people()
    request = requested(made)
    test = opened(made.manager, "approvals")
    test.text_area(f"approval-answer-{request}").input("不行")
    data.write(asking.approve, made.boss, request, 1, "同意")
    labelled(test.button, "驳回").click().run()
    assert not test.exception
    assert data.read(waiting.decided, made.manager, today())[0].request.state == "approved"


def test_a_specialist_asks_on_the_case(sqlite_store: Database) -> None:
    made = people()
    key = expiring(made, owner="specialist")
    quote = saved(made, key, "0.6")
    test = offered(made.specialist, key)
    test.text_input(f"approval-reason-{quote}").input("同行压价")
    test.button(f"ask-{quote}").click().run()
    assert not test.exception
    assert data.fresh(waiting.of_case, made.specialist, key, today())[0].waiting


def test_a_manager_adds_and_switches_off_a_rule(sqlite_store: Database) -> None:
    made = people()
    test = opened(made.manager, "settings")
    test = test.button_group(address.key("part")).set_value("authority").run()
    labelled(test.button, "新增").click().run()
    assert "已经生效" in test.error[0].value  # the usual bound, which holds already
    labelled(test.number_input, "系数").set_value(0.7)
    labelled(test.button, "新增").click().run()
    assert not test.exception
    assert len(data.read(book.rows)) == len(book.SEEDS) + 1
    labelled(test.button, "停用").click().run()
    assert not test.exception
    assert sum(each.active for each in data.read(book.rows)) == 1
