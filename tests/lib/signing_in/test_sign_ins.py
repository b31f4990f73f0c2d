"""Signing in: tickets, sessions, waits, and answers that tell nothing about who exists."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select, update
from sqlalchemy.orm import Session as Transaction

from db.engine import Database
from db.tables import AuditEntry, Session, SignInFailure, Ticket, User
from lib import clock, data
from lib.access import SYSTEM
from lib.refusals import Conflict, Invalid, NotAllowed
from lib.signing_in import passwords, sessions, sign_ins
from lib.signing_in.sign_ins import Attempt
from tests.pages.desk import session_of
from tests.personas import people

PASSWORD = "纸鸢 Paper-Kite 2718"
HOME, AWAY = "10.0.0.7", "203.0.113.9"
START = datetime.fromisoformat("2026-11-23T10:00:00+08:00")


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "ROUNDS", 4)


@pytest.fixture
def hour() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def with_passwords(store: Database) -> None:
    people()
    with store.turn(), Transaction(store.writing) as transaction, transaction.begin():
        transaction.execute(update(User).values(password_hash=passwords.hashed(PASSWORD)))


def verify(username: str, password: str, password_hash: str) -> bool:
    return passwords.matches(password, password_hash) if password == PASSWORD else False


def attempt(name: str = "manager", password: str = PASSWORD, address: str = HOME, device: str | None = None) -> str:
    return sign_ins.sign_in(Attempt(name, password, address, device), verify)


def refused(**typed: str) -> Invalid:
    with pytest.raises(Invalid) as refusal:
        attempt(**typed)
    return refusal.value


def waits(**typed: str) -> int:
    """The seconds that somebody is told to wait; 0 for a plain no."""
    return int(refused(**typed).values.get("seconds", 0))


def fail(count: int, **typed: str) -> None:
    for _ in range(count):
        assert not waits(password="wrong", **typed)


# tickets and sessions


def test_a_ticket_gives_one_session_once(store: Database) -> None:
    with_passwords(store)
    ticket = attempt()
    started = data.write(sessions.start, SYSTEM, ticket)
    actor = sessions.actor_at(started.key, clock.now())
    assert actor is not None
    assert actor.username == "manager"
    with pytest.raises(NotAllowed):
        data.write(sessions.start, SYSTEM, ticket)


def test_a_ticket_is_over_after_thirty_seconds(store: Database, hour: time_machine.Traveller) -> None:
    with_passwords(store)
    ticket = attempt()
    hour.shift(31)
    with pytest.raises(NotAllowed):
        data.write(sessions.start, SYSTEM, ticket)


def test_neither_ticket_nor_key_nor_password_stands_in_the_database(store: Database) -> None:
    with_passwords(store)
    ticket = attempt()
    started = data.write(sessions.start, SYSTEM, attempt("consultant"))
    with store.reading.connect() as connection:
        kept = str([connection.execute(select(table)).all() for table in (Ticket, Session, AuditEntry)])
    assert not [secret for secret in (ticket, started.key, PASSWORD) if secret in kept]


def test_a_session_is_over_when_its_hours_are(store: Database, hour: time_machine.Traveller) -> None:
    with_passwords(store)
    started = data.write(sessions.start, SYSTEM, attempt())
    hour.shift(timedelta(hours=12, seconds=-1))
    assert sessions.actor_at(started.key, clock.now()) is not None
    hour.shift(2)
    assert sessions.actor_at(started.key, clock.now()) is None


def test_signing_in_again_in_the_same_browser_ends_the_session_before(store: Database) -> None:
    with_passwords(store)
    before = data.write(sessions.start, SYSTEM, attempt())
    data.write(sessions.start, SYSTEM, attempt("consultant"), before.key)
    assert sessions.actor_at(before.key, clock.now()) is None


def test_signing_out_ends_the_own_session_alone(store: Database) -> None:
    manager = people().manager
    here, there = session_of(manager), session_of(manager)
    actor = sessions.actor_at(here, clock.now())
    assert actor is not None
    data.write(sessions.end, actor)
    assert sessions.actor_at(here, clock.now()) is None
    assert sessions.actor_at(there, clock.now()) is not None


def test_a_made_up_key_opens_nothing(store: Database) -> None:
    people()
    assert sessions.actor_at("made up", clock.now()) is None
    assert sessions.actor_at("", clock.now()) is None
    assert sessions.actor_at(None, clock.now()) is None


# answers that tell nothing


def test_wrong_name_wrong_password_disabled_and_passwordless_get_the_same_answer(store: Database) -> None:
    with_passwords(store)
    with store.turn(), Transaction(store.writing) as transaction, transaction.begin():
        transaction.execute(update(User).where(User.username == "finance").values(active=False))
        transaction.execute(update(User).where(User.username == "agent").values(password_hash=None))
    answers = {
        str(refused(name="nobody-here")),
        str(refused(name="manager", password="wrong")),
        str(refused(name="finance")),
        str(refused(name="agent")),
        str(refused(name="")),
    }
    assert len(answers) == 1


def test_every_attempt_looks_at_one_hash_of_the_same_cost(store: Database) -> None:
    with_passwords(store)
    looked: list[str] = []

    def look(_username: str, _password: str, password_hash: str) -> bool:
        looked.append(password_hash)
        return False

    for name in ("manager", "nobody-here", ""):
        with pytest.raises(Invalid):
            sign_ins.sign_in(Attempt(name, "wrong", HOME), look)
    assert len(looked) == 3
    assert looked[1].startswith("$2b$12$")


def test_waits_are_the_same_for_a_name_that_nobody_bears(store: Database, hour: time_machine.Traveller) -> None:
    with_passwords(store)
    told = []
    for name in ("manager", "nobody-here"):
        fail(5, name=name)
        told.append(waits(name=name))
        hour.shift(31)
        fail(1, name=name)
        told.append(waits(name=name))
    assert told == [30, 60, 30, 60]


def test_what_was_typed_as_a_name_is_not_kept(store: Database) -> None:
    with_passwords(store)
    fail(1, name="my secret in the wrong field")
    with store.reading.connect() as connection:
        kept = str([connection.execute(select(table)).all() for table in (AuditEntry, SignInFailure)])
    assert "secret" not in kept


# waits


def test_five_failures_make_even_the_right_password_wait(store: Database, hour: time_machine.Traveller) -> None:
    with_passwords(store)
    fail(5)
    assert waits() == 30
    hour.shift(31)
    assert attempt()


def test_waits_double_to_a_quarter_of_an_hour(store: Database, hour: time_machine.Traveller) -> None:
    with_passwords(store)
    fail(4)
    told = []
    for _ in range(7):
        fail(1)
        told.append(waits())
        hour.shift(told[-1])
    assert told == [30, 60, 120, 240, 480, 900, 900]


def test_an_attempt_while_waiting_does_not_lengthen_the_wait(store: Database, hour: time_machine.Traveller) -> None:
    with_passwords(store)
    fail(5)
    for _ in range(20):
        waits()
    hour.shift(31)
    assert attempt()


def test_success_starts_the_count_anew(store: Database) -> None:
    with_passwords(store)
    fail(4)
    attempt()
    fail(4)
    assert attempt()


def test_failures_are_forgotten_after_an_hour(store: Database, hour: time_machine.Traveller) -> None:
    with_passwords(store)
    fail(4)
    hour.shift(3601)
    fail(4)
    assert attempt()


def test_counts_are_not_kept_for_ever(store: Database, hour: time_machine.Traveller) -> None:
    with_passwords(store)
    fail(1, name="guess")
    hour.shift(timedelta(days=1, seconds=1))
    attempt()
    with store.reading.connect() as connection:
        assert [row.failed_count for row in connection.execute(select(SignInFailure))] == [0]


def test_a_stranger_elsewhere_keeps_nobody_out_for_more_than_two_minutes(
    store: Database, hour: time_machine.Traveller
) -> None:
    with_passwords(store)
    for number in range(12):
        fail(1, address=f"198.51.100.{number}")
        hour.shift(121)
    fail(1, address="198.51.100.99")
    assert waits(address=HOME) == 120


def test_a_known_browser_gets_in_whatever_strangers_do(store: Database) -> None:
    with_passwords(store)
    for number in range(5):
        fail(1, address=f"198.51.100.{number}")
    assert waits(address=HOME) > 0
    assert attempt(address=HOME, device="the manager's own browser")


def test_a_known_browser_is_counted_by_itself(store: Database) -> None:
    with_passwords(store)
    fail(5, device="a stolen laptop")
    assert waits(device="a stolen laptop") > 0
    assert attempt()


def test_an_address_waits_after_twenty_names(store: Database) -> None:
    with_passwords(store)
    for number in range(20):
        fail(1, name=f"guess-{number}", address=AWAY)
    assert 0 < waits(name="guess-21", address=AWAY) <= 30
    assert attempt(address=HOME)


def test_a_colleagues_success_does_not_clear_the_address(store: Database) -> None:
    with_passwords(store)
    for number in range(19):
        fail(1, name=f"guess-{number}", address=AWAY)
    attempt("consultant", address=AWAY)
    fail(1, name="guess-20", address=AWAY)
    assert waits(name="guess-21", address=AWAY) > 0


# names and passwords as typed


def test_upper_and_lower_case_of_a_name_do_not_matter(store: Database) -> None:
    with_passwords(store)
    assert attempt("Manager")


def test_two_names_that_differ_by_case_are_told_apart(store: Database) -> None:
    with_passwords(store)
    with store.turn(), Transaction(store.writing) as transaction, transaction.begin():
        transaction.execute(update(User).where(User.username == "colleague").values(username="MANAGER"))
    started = data.write(sessions.start, SYSTEM, attempt("MANAGER"))
    assert started.username == "MANAGER"
    assert str(refused(name="Manager")) == sign_ins.WRONG


def test_the_language_chosen_at_the_door_is_kept(store: Database) -> None:
    with_passwords(store)
    sign_ins.sign_in(Attempt("manager", PASSWORD, HOME, language="en"), verify)
    with store.reading.connect() as connection:
        assert connection.scalar(select(User.language).where(User.username == "manager")) == "en"


# one's own password


def test_a_changed_password_ends_every_other_session(store: Database) -> None:
    with_passwords(store)
    here = data.write(sessions.start, SYSTEM, attempt())
    there = data.write(sessions.start, SYSTEM, attempt())
    actor = sessions.actor_at(here.key, clock.now())
    assert actor is not None
    sign_ins.change_password(actor, PASSWORD, " 有空格 的新密码 ok ", " 有空格 的新密码 ok ")
    assert sessions.actor_at(here.key, clock.now()) is not None
    assert sessions.actor_at(there.key, clock.now()) is None
    with store.reading.connect() as connection:
        kept = connection.scalar(select(User.password_hash).where(User.username == "manager"))
    assert passwords.matches(" 有空格 的新密码 ok ", kept)
    assert not passwords.matches("有空格 的新密码 ok", kept)


@pytest.mark.parametrize(
    ("current", "new", "repeated", "field"),
    [
        ("wrong", "long enough now", "long enough now", "current"),
        (PASSWORD, "long enough now", "long enough not", "repeated"),
        (PASSWORD, PASSWORD, PASSWORD, "password"),
        (PASSWORD, "short", "short", "password"),
        (PASSWORD, "汉" * 25, "汉" * 25, "password"),
        (PASSWORD, "password123", "password123", "password"),
        (PASSWORD, "aaaaaaaaaaaa", "aaaaaaaaaaaa", "password"),
    ],
)
def test_a_refused_password_names_the_field(store: Database, current: str, new: str, repeated: str, field: str) -> None:
    with_passwords(store)
    started = data.write(sessions.start, SYSTEM, attempt())
    actor = sessions.actor_at(started.key, clock.now())
    assert actor is not None
    with pytest.raises(Invalid) as refusal:
        sign_ins.change_password(actor, current, new, repeated)
    assert refusal.value.field == field


def test_guessing_the_current_password_at_an_open_page_has_to_wait(store: Database) -> None:
    with_passwords(store)
    started = data.write(sessions.start, SYSTEM, attempt())
    actor = sessions.actor_at(started.key, clock.now())
    assert actor is not None
    for _ in range(5):
        with pytest.raises(Invalid):
            sign_ins.change_password(actor, "wrong", "long enough now", "long enough now")
    with pytest.raises(Invalid) as refusal:
        sign_ins.change_password(actor, PASSWORD, "long enough now", "long enough now")
    assert "seconds" in refusal.value.values


def test_a_password_reset_meanwhile_is_not_overwritten(store: Database) -> None:
    with_passwords(store)
    started = data.write(sessions.start, SYSTEM, attempt())
    actor = sessions.actor_at(started.key, clock.now())
    assert actor is not None
    with pytest.raises(Conflict):
        data.write(sign_ins._set_own_password, actor, "the hash before the reset", "the new hash")
