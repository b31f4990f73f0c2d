"""The import page: for managers and admins, with an empty state that says how to begin, and the report of a job."""

from pathlib import Path

from db.engine import Database
from lib import data
from lib.imports import jobs, loading
from lib.imports.findings import as_json
from lib.ui import imports
from tests.lib.imports.books import LEAD, book
from tests.pages.desk import opened
from tests.personas import people


def test_the_page_says_how_to_begin(sqlite_store: Database) -> None:
    who = people()
    for actor in (who.manager, who.admin):
        page = opened(actor, "imports")
        assert not page.exception
        assert "下载模板" in page.info[0].value


def test_others_are_not_let_in(sqlite_store: Database) -> None:
    page = opened(people().consultant, "imports")
    assert page.error
    assert not page.info


def test_a_report_shows_every_wrong_cell_masked(sqlite_store: Database, tmp_path: Path) -> None:
    who = people()
    row = LEAD | {"consultant": "consultant", "phone": "12812348000"}
    report = loading.load(book(tmp_path / "leads.xlsx", {"leads": [row]}), who.manager)
    job_id = data.write(jobs._begin, who.manager, "leads.xlsx")
    jobs._finish(job_id, jobs._state(report), as_json(report))
    page = opened(who.manager, "imports")
    page.session_state[imports.WATCHED] = job_id
    page.run()
    assert not page.exception
    assert "已退回" in page.subheader[0].value
    wrong = page.dataframe[1].value
    assert wrong["内容"].tolist() == ["128****8000"]
    assert "12812348000" not in str([each.value for each in page.dataframe])
