"""The shell: who is let in, what they find, and how it speaks."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session as Transaction
from streamlit.testing.v1 import AppTest

from db.engine import Database
from db.tables import User
from lib import data, users
from lib.refusals import NotAllowed, Unavailable
from lib.ui.navigation import FOLDER, SCREENS
from lib.ui.opening import WITHOUT_SHELL
from tests.pages.desk import PATIENCE, desk, labelled, opened
from tests.personas import people


def test_nobody_gets_the_sign_in_form_at_the_start(sqlite_store: Database) -> None:
    people()
    test = desk().run()
    assert not test.exception
    assert [field.label for field in test.text_input] == ["工号", "密码"]


@pytest.mark.parametrize("path", sorted(file.stem for file in FOLDER.glob("*.py") if file.stem not in SCREENS))
def test_a_page_that_runs_by_itself_draws_nothing(
    sqlite_store: Database, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    test = AppTest.from_file(str(FOLDER / f"{path}.py"), default_timeout=PATIENCE).run()
    assert len(test.exception) == len(test.main.children) == 1
    assert [str(record.exc_info[1]) for record in caplog.records if record.exc_info] == [str(NotAllowed(WITHOUT_SHELL))]


def test_a_signed_in_person_opens_their_account(sqlite_store: Database) -> None:
    test = opened(people().manager, "account")
    assert not test.exception
    assert test.title[0].value == "我的账号"


def test_without_a_database_every_page_says_so_in_plain_words(
    sqlite_store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = opened(people().manager, "account")

    def away(*_: object) -> None:
        raise Unavailable

    with monkeypatch.context() as patch:
        patch.setattr(data, "read", away)
        test.run()
        assert not test.exception
        assert "连不上数据库" in test.warning[0].value
    test.run()
    assert test.title[0].value == "我的账号"


def test_a_fault_of_ours_is_a_number_and_no_traceback(sqlite_store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    personas = people()

    def broken(*_: object) -> None:
        raise RuntimeError("13812348000")

    monkeypatch.setattr("lib.ui.account.password_form", broken)
    test = opened(personas.manager, "account")
    assert not test.exception
    assert "系统出错了" in test.error[0].value
    assert "13812348000" not in test.error[0].value


def test_whoever_has_a_first_password_meets_only_the_form_to_change_it(sqlite_store: Database) -> None:
    personas = people()
    with sqlite_store.turn(), Transaction(sqlite_store.writing) as transaction, transaction.begin():
        transaction.execute(update(User).where(User.username == "manager").values(must_change_password=True))
    test = desk(personas.manager).run()
    assert test.title[0].value == "欢迎，经一"
    assert [each.label for each in test.text_input if not each.disabled] == ["当前密码", "新密码", "再输一次新密码"]


def test_a_session_that_ended_meets_the_sign_in_form_at_the_next_run(sqlite_store: Database) -> None:
    personas = people()
    test = opened(personas.manager, "account")
    data.write(users.sign_out_everywhere, personas.admin, personas.manager.user_id)
    test.run()
    assert [field.label for field in test.text_input] == ["工号", "密码"]


def test_a_wrong_password_says_so_and_keeps_the_name(sqlite_store: Database) -> None:
    people()
    test = desk().run()
    labelled(test.text_input, "工号").set_value("manager")
    labelled(test.text_input, "密码").set_value("not the password")
    labelled(test.button, "登录").click().run()
    assert test.error[0].value == "工号或密码不对。"
    assert labelled(test.text_input, "工号").value == "manager"


def test_the_language_switch_is_remembered_for_the_person(sqlite_store: Database) -> None:
    personas = people()
    test = opened(personas.manager, "account")
    switch = next(each for each in test.get("button_group") if each.key == "language_of_person")
    switch.set_value("en").run()
    assert test.title[0].value == "My account"
    with sqlite_store.reading.connect() as connection:
        assert connection.scalar(select(User.language).where(User.username == "manager")) == "en"
