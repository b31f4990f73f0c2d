"""An import from the screen runs outside the server, keeps its outcome, leaves no file, and is told when it died."""

from pathlib import Path
from time import monotonic, sleep

import pytest

from db.engine import Database
from db.tables import ImportJob, Lead
from db.terms import ImportState
from lib import data
from lib.access import Actor
from lib.imports import jobs
from lib.refusals import NotAllowed, NotFound
from tests.lib.imports.books import LEAD, book, rows
from tests.personas import people

PATIENCE = 60  # seconds for a process on a busy machine
ROW = LEAD | {"channel_code": "S1", "consultant": "consultant"}


def finished(actor: Actor, job_id: int) -> jobs.Job:
    until = monotonic() + PATIENCE
    while (job := jobs.job(actor, job_id)).running and monotonic() < until:
        sleep(0.2)
    return job


def test_a_job_loads_its_file_and_leaves_none(
    sqlite_store: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    who, folder = people(), tmp_path / "uploads"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    content = book(tmp_path / "leads.xlsx", {"leads": [ROW]}).read_bytes()
    checked = finished(who.manager, jobs.start(who.manager, "leads.xlsx", content, dry_run=True))
    assert (checked.state, rows(Lead, "lead_no")) == (ImportState.CHECKED, [])
    loaded = finished(who.manager, jobs.start(who.manager, "leads.xlsx", content, dry_run=False))
    assert (loaded.state, rows(Lead, "lead_no")) == (ImportState.LOADED, [("K1",)])
    assert loaded.report["sheets"][0]["new"] == 1
    assert list(folder.iterdir()) == []


def test_a_job_whose_process_is_gone_is_told_as_failed(sqlite_store: Database) -> None:
    who = people()
    job_id = data.write(jobs._begin, who.manager, "leads.xlsx")
    jobs._tell(job_id, report={"process": 2**22 + 1})
    assert jobs.job(who.manager, job_id).state is ImportState.FAILED
    assert "重新开始" in rows(ImportJob, "report")[0][0]["zh"]


def test_a_job_is_its_starters_and_needs_the_permission(sqlite_store: Database) -> None:
    who = people()
    job_id = data.write(jobs._begin, who.manager, "leads.xlsx")
    with pytest.raises(NotFound):
        jobs.job(who.admin, job_id)
    with pytest.raises(NotAllowed):
        jobs.start(who.consultant, "leads.xlsx", b"", dry_run=True)
