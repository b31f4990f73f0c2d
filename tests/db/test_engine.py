"""Engines that notice when their database is not the one they opened."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import URL

from db import engine
from db.engine import Database, open_database
from lib import data
from lib.refusals import Unavailable


def answers() -> bool:
    try:
        return bool(data.fresh(data.versions))
    except Unavailable:
        return False


def test_a_file_that_was_moved_away_is_missed_and_never_made_anew(sqlite_store: Database) -> None:
    file = Path(sqlite_store.url.database or "")
    assert answers()
    file.rename(file.with_suffix(".away"))
    assert not answers()
    assert not file.exists()
    file.with_suffix(".away").rename(file)
    assert answers()


def test_a_file_that_was_replaced_is_read_from_then_on(sqlite_store: Database) -> None:
    """As one put there by hand is, without the old one's journal: whoever had that open must not go on with it."""
    file = Path(sqlite_store.url.database or "")
    other = file.with_name("restored.db")
    with sqlite_store.writing.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql(f"VACUUM INTO '{other}'")
        connection.exec_driver_sql("BEGIN")
    with sqlite_store.writing.begin() as connection:
        connection.exec_driver_sql("UPDATE data_versions SET version = 77")
    assert set(data.fresh(data.versions).values()) == {77}
    for journal in ("-wal", "-shm"):
        Path(f"{file}{journal}").unlink(missing_ok=True)
    other.replace(file)
    assert set(data.fresh(data.versions).values()) == {1}


def test_a_name_with_odd_characters_is_opened_as_it_is(sqlite_store: Database, tmp_path: Path) -> None:
    odd = tmp_path / "数据 50%?#.db"
    shutil.move(sqlite_store.url.database or "", odd)
    opened = open_database(URL.create("sqlite", database=str(odd)))
    with opened.reading.connect() as connection:
        assert data.versions(connection)
    opened.dispose()


def test_a_connection_that_the_server_ended_while_it_lay_idle_is_replaced_unseen(
    postgresql_store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "TRUSTED_SECONDS", 0.0)
    with postgresql_store.reading.connect() as one, postgresql_store.reading.connect() as other:
        assert data.versions(one) == data.versions(other)
    with postgresql_store.reading.connect() as last:
        ended = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
        assert last.exec_driver_sql(f"{ended} AND datname = current_database()").scalar_one()
        assert data.fresh(data.versions)
