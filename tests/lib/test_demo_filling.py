"""The demonstration in a database: loaded by the import's rules, marked, with passwords in a private file."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from db.engine import Database
from db.tables import Lead, Policy, Renewal, Screen, User
from db.terms import RenewalStatus, RenewalType
from lib import data
from lib.demo import dealership, filling, insurance, live, mark, sign_in_sheet
from lib.refusals import Refused
from lib.signing_in import passwords
from tests.personas import people


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six weeks of leads, a year and a bit of cars, cheap hashes: the same ways, sooner gone."""
    monkeypatch.setattr(dealership, "HISTORY", timedelta(days=40))
    monkeypatch.setattr(insurance, "FLEET_DAYS", 380)
    monkeypatch.setattr(insurance, "FLEET", {"DH": 0.5, "NL": 0.3})
    monkeypatch.setattr(passwords, "ROUNDS", 4)


def count(store: Database, *criteria: object) -> int:
    with store.reading.connect() as connection:
        return connection.scalar(select(func.count()).select_from(criteria[0]).where(*criteria[1:])) or 0


def test_an_empty_database_is_filled_marked_and_opened(store: Database, tmp_path: Path) -> None:
    assert filling.fill() > 1000
    assert data.fresh(mark.is_demonstration)
    assert count(store, Lead) > 500
    assert count(store, Policy) > 300
    for status in (RenewalStatus.RENEWED, RenewalStatus.LOST, RenewalStatus.QUOTED, RenewalStatus.CONTACTING):
        assert count(store, Renewal, Renewal.status == status) > 0
    assert count(store, Renewal, Renewal.type == RenewalType.FIRST) > 100
    sheet = (tmp_path / sign_in_sheet.KEPT_AS).read_text("utf-8")
    assert stat.S_IMODE(sign_in_sheet.place().stat().st_mode) == 0o600
    with store.reading.connect() as connection:
        hashes = connection.execute(select(User.username, User.password_hash).where(User.active)).all()
    for username, password_hash in hashes:
        line = next(line for line in sheet.splitlines() if line.startswith(f"{username} "))
        assert passwords.matches(line.split()[1], password_hash)
    assert count(store, Screen) == sheet.count("/wall?screen=") == 3


def test_who_left_has_no_password(sqlite_store: Database) -> None:
    filling.fill()
    assert count(sqlite_store, User, User.active.is_(False), User.password_hash.is_not(None)) == 0
    assert count(sqlite_store, User, User.active.is_(False)) == 1


def test_real_data_is_left_alone(sqlite_store: Database) -> None:
    people()
    before = count(sqlite_store, User)
    with pytest.raises(Refused, match="real data"):
        filling.fill()
    assert count(sqlite_store, User) == before
    assert not data.fresh(mark.is_demonstration)


def test_a_demonstration_is_not_filled_twice(sqlite_store: Database) -> None:
    filling.fill()
    with pytest.raises(Refused, match="already"):
        filling.fill()


def test_live_events_go_through_the_commands_and_raise_the_figures(store: Database) -> None:
    filling.fill()
    before = data.fresh(data.versions)
    told = [line for line in (live.happen() for _ in range(60)) if line]
    assert len(told) > 40
    assert {line.split()[0] for line in told} >= {"first_contact", "test_drive", "order"}
    assert sum(data.fresh(data.versions).values()) - sum(before.values()) >= len(told)


def test_live_says_nothing_of_customers(sqlite_store: Database) -> None:
    filling.fill()
    with sqlite_store.reading.connect() as connection:
        consultants = set(connection.scalars(select(User.name)))
    for line in filter(None, (live.happen() for _ in range(15))):
        assert set(line.split("  ")) & consultants


def test_live_waits_where_nobody_works(sqlite_store: Database) -> None:
    filling.fill()
    with sqlite_store.writing.begin() as connection:
        connection.execute(update(User).values(active=False))
    assert {live.happen() for _ in range(10)} == {None}
