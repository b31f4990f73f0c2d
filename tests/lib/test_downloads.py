"""Files for one session: masked rows out, nothing that a spreadsheet would run, for nobody else."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from sqlalchemy import select

from db.engine import Database
from db.tables import AuditEntry
from lib import clock, data, downloads, sheets
from lib.access import Actor
from lib.refusals import NotAllowed
from lib.sheets import Sheet
from lib.signing_in import sessions
from lib.words import words
from tests.pages.desk import session_of
from tests.personas import people

EVIL = '=HYPERLINK("http://x","y")'


def table(*rows: tuple[sheets.Cell, ...]) -> Sheet:
    return Sheet("名单", ("姓名", "数"), rows, "经一 于 2026-11-23 10:00 下载", ZoneInfo("Asia/Shanghai"))


def signed_in(actor: Actor) -> Actor:
    found = sessions.actor_at(session_of(actor), clock.now())
    assert found is not None
    return found


def test_a_workbook_holds_text_as_text_and_numbers_as_numbers() -> None:
    content = sheets.workbook(table((EVIL, Decimal("12.50")), ("王*", 3), (None, date(2026, 11, 23))))
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    assert page is not None
    assert (page["A2"].data_type, page["A2"].value, page["B2"].value) == ("s", EVIL, 12.5)
    assert page["B4"].value.date() == date(2026, 11, 23)
    assert page["A6"].value == "经一 于 2026-11-23 10:00 下载"


@pytest.mark.parametrize("text", [EVIL, "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_csv_cell_that_could_run_gets_an_apostrophe(text: str) -> None:
    content = sheets.comma_separated(table((text, -1))).decode("utf-8-sig")
    cell = list(csv.reader(io.StringIO(content, newline="")))[1]
    assert cell == [f"'{text}", "-1"]


def test_a_download_is_handed_to_its_own_session_only_and_for_minutes_only(store: Database) -> None:
    personas = people()
    manager, colleague = signed_in(personas.manager), signed_in(personas.manager)
    token = downloads.make_sheet(manager, "线索", ("客户",), lambda: [("王*",)], words("zh"))
    now = clock.now()
    assert data.fresh(downloads.fetch, token, manager.session_id, now) is not None
    assert data.fresh(downloads.fetch, token, colleague.session_id, now) is None
    assert data.fresh(downloads.fetch, token, None, now) is None
    assert data.fresh(downloads.fetch, token, manager.session_id, now + timedelta(minutes=6)) is None
    with store.reading.connect() as connection:
        row = connection.execute(select(AuditEntry.details).where(AuditEntry.action == "downloaded")).one()
    assert row.details["rows"] == 1


def test_who_may_not_export_gets_no_file(store: Database) -> None:
    consultant = signed_in(people().consultant)
    with pytest.raises(NotAllowed):
        downloads.make_sheet(consultant, "线索", ("客户",), lambda: [("王*",)], words("zh"))
