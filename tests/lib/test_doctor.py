"""The doctor finds what is wrong and says what to do; it finds nothing wrong with a healthy installation."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from db.engine import Database, migrating
from lib import data, doctor
from lib.cli import desk
from lib.doctor import Finding, State
from tests.conftest import close_all, point_at


def wrong() -> dict[str, str]:
    return {finding.thing: finding.text for finding in doctor.examine() if finding.state is State.WRONG}


def run(store: Database, sentence: str) -> None:
    with store.writing.begin() as connection:
        connection.execute(text(sentence))


def test_a_fresh_installation_is_well(store: Database) -> None:
    assert wrong() == {}


def test_an_older_schema_is_told_with_the_command_that_mends_it(store: Database) -> None:
    run(store, "UPDATE alembic_version SET version_num = 'older'")
    assert "python -m lib init" in wrong()["schema"]


def test_a_subject_without_its_counter_is_told(store: Database) -> None:
    run(store, "DELETE FROM data_versions WHERE subject = 'sales'")
    assert "sales" in wrong()["data versions"]


def test_a_reference_that_leads_nowhere_is_told(sqlite_store: Database) -> None:
    with migrating(sqlite_store.url).begin() as connection:
        connection.execute(text("INSERT INTO vehicles (vin, customer_id, version) VALUES ('LX9YFP1A6TA100002', 99, 1)"))
    assert "vehicles" in wrong()["integrity"]


def test_a_secret_that_others_can_read_is_told(sqlite_store: Database, tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("x" * 64)
    (tmp_path / "secret.key").chmod(0o644)
    assert "chmod 600" in wrong()["private file"]
    (tmp_path / "secret.key").chmod(0o600)
    assert wrong() == {}


def test_a_database_that_is_away_is_told_and_ends_with_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    point_at("postgresql+psycopg://desk:hidden@127.0.0.1:1/desk", tmp_path, monkeypatch)
    result = CliRunner().invoke(desk, ["doctor"], standalone_mode=False)
    close_all()
    assert result.return_value == 1
    assert "cannot be reached" in result.output
    assert "hidden" not in result.output


def test_the_key_is_told_apart_without_being_told(
    sqlite_store: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = doctor.fingerprint()
    point_at(data.database().url.render_as_string(), tmp_path, monkeypatch)
    monkeypatch.setenv("DESK_SECRET_KEY", "another key that only this test uses")
    doctor.settings.load.cache_clear()
    assert doctor.fingerprint() != first


@pytest.mark.parametrize(("published", "state"), [(True, State.WELL), (False, State.NOTE)])
def test_holidays_that_are_not_published_yet_are_a_note(published: bool, state: State) -> None:
    def is_workday(day: date) -> bool:
        if not published:
            raise NotImplementedError
        return day.weekday() < 5

    found: Finding = doctor.calendar(date(2026, 11, 23), is_workday)
    assert found.state is state
    assert "2027" in found.text
