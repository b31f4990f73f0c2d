"""The shell: who is let in, what they find, and how it speaks."""

from db.engine import Database
from tests.pages.desk import desk, opened
from tests.personas import people


def test_nobody_gets_the_sign_in_form_at_the_start(sqlite_store: Database) -> None:
    people()
    test = desk().run()
    assert not test.exception
    assert [field.label for field in test.text_input] == ["工号", "密码"]


def test_a_signed_in_person_opens_their_account(sqlite_store: Database) -> None:
    test = opened(people().manager, "account")
    assert not test.exception
    assert test.title[0].value == "我的账号"
