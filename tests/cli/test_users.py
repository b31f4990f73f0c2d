"""`user` and `screen` on the command line."""

import io

import pytest

from db.engine import Database
from lib import clock, data, users
from lib.access import Scope
from lib.cli import desk
from lib.refusals import Refused
from lib.signing_in import passwords
from tests.personas import people


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "ROUNDS", 4)


def run(*arguments: str) -> None:
    desk(list(arguments), standalone_mode=False)


def person(username: str) -> users.Person:
    found = data.fresh(users.people, Scope(), clock.now())
    return next(each for each in found if each.username == username)


def test_a_made_up_password_is_printed_once(sqlite_store: Database, capsys: pytest.CaptureFixture[str]) -> None:
    people()
    run("user", "add", "2301", "--name", "新人", "--role", "consultant", "--channel", "S1")
    added, told = capsys.readouterr().out.splitlines()
    assert added == "added 2301"
    assert len(told.removeprefix("password: ")) == 19
    assert (person("2301").channel_name, person("2301").must_change_password) == ("东风店", True)


def test_a_password_comes_from_standard_input_as_it_is(
    sqlite_store: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    people()
    monkeypatch.setattr("sys.stdin", io.StringIO(" with blanks around \n"))
    run("user", "password", "manager", "--password-stdin", "--keep-password")
    assert "blanks" not in capsys.readouterr().out
    assert not person("manager").must_change_password
    with sqlite_store.reading.connect() as connection:
        kept = connection.exec_driver_sql("SELECT password_hash FROM users WHERE username = 'manager'").scalar()
    assert passwords.matches(" with blanks around ", str(kept))


def test_people_are_listed_disabled_and_enabled(sqlite_store: Database, capsys: pytest.CaptureFixture[str]) -> None:
    people()
    run("user", "disable", "finance")
    run("user", "list")
    assert "finance\t财一\tfinance\t东风店\tdisabled" in capsys.readouterr().out
    run("user", "enable", "finance")
    run("user", "sign-out", "finance")
    assert person("finance").active


def test_an_unknown_person_or_channel_is_one_clear_sentence(sqlite_store: Database) -> None:
    people()
    with pytest.raises(Refused, match="nobody-here"):
        run("user", "disable", "nobody-here")
    with pytest.raises(Refused, match="S9"):
        run("user", "add", "x", "--name", "x", "--role", "consultant", "--channel", "S9")


def test_a_screen_is_added_listed_and_revoked(sqlite_store: Database, capsys: pytest.CaptureFixture[str]) -> None:
    people()
    run("screen", "add", "展厅", "--channel", "S1", "--scene", "team=30")
    assert "/wall?screen=" in capsys.readouterr().out
    run("screen", "revoke", "1")
    capsys.readouterr()
    run("screen", "list")
    assert capsys.readouterr().out.startswith("1\t展厅\t东风店\trevoked")
