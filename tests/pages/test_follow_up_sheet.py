"""The follow-up sheet's page: whose cases, masked, narrowed by the address; its file in full only for a reason."""

import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from db.engine import Database
from db.tables import AuditEntry, Customer, Download
from db.terms import ContactMethod, ContactOutcome
from lib import clock, data
from lib.access import SYSTEM, Actor
from lib.renewals import sheet
from tests.cases import expiring, today
from tests.lib.imports.books import rows
from tests.lib.renewals.test_sheet import contacted
from tests.pages.desk import labelled, opened
from tests.personas import people

EVIL = "<img src=x onerror=alert(1)>"


def table(test: AppTest) -> str:
    """The table as the browser gets it."""
    return " ".join(element.proto.body for element in test.get("html"))


def at_month(actor: Actor, **narrowed: str) -> AppTest:
    """The page at the month in which `expiring` lets a case of today expire."""
    test = opened(actor, "follow_up_sheet")
    for name, value in ({"month": f"{today():%Y-%m}"} | narrowed).items():
        test.query_params[name] = value
    return test.run()


def taken() -> list[list[Any]]:
    """The cells of the last file."""
    (content,) = rows(Download, "content")[-1]
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    assert page is not None
    return [[cell.value for cell in row] for row in page.iter_rows()]


def test_a_specialist_finds_their_own_cases_masked(sqlite_store: Database) -> None:
    made = people()
    expiring(made, days=0, owner="specialist", name="欧阳春晓")
    expiring(made, days=0, owner="policy_specialist", name="赵六")
    test = at_month(made.specialist)
    assert not test.exception
    assert "欧***" in table(test)
    for hidden in ("欧阳", "赵", "1380000"):
        assert hidden not in table(test)


def test_a_manager_narrows_it_to_one_specialist_and_the_address_says_so(sqlite_store: Database) -> None:
    made = people()
    expiring(made, days=0, owner="specialist", name="欧阳春晓")
    expiring(made, days=0, name="赵六")
    test = at_month(made.manager)
    assert "赵*" in table(test)
    labelled(test.selectbox, "续保专员").select(str(made.specialist.user_id)).run()
    assert "赵" not in table(test)
    assert test.query_params["specialist"] == str(made.specialist.user_id)


def test_what_people_typed_is_text_in_the_table(sqlite_store: Database) -> None:
    made = people()
    expiring(made, days=0, owner="specialist")
    with data.transaction(SYSTEM) as change:
        change.session.execute(update(Customer).values(name=EVIL[:1]))
    test = at_month(made.specialist)
    assert "&lt;" in table(test)


def test_a_month_without_cases_says_what_would_fill_it(sqlite_store: Database) -> None:
    test = at_month(people().specialist, month=f"{today() - timedelta(days=200):%Y-%m}")
    assert "导入或登记保单" in " ".join(each.value for each in test.info)


@pytest.mark.parametrize(
    ("method", "called_after", "stands"),
    [(ContactMethod.WECHAT, True, False), (ContactMethod.SMS, False, False), (ContactMethod.SMS, True, True)],
)
def test_only_a_call_after_an_sms_quote_stands_as_the_three_day_call(
    sqlite_store: Database, method: ContactMethod, called_after: bool, stands: bool
) -> None:
    made = people()
    key = expiring(made, days=0, owner="specialist")
    at = clock.now() - timedelta(days=3)
    contacted(key, at, ContactMethod.PHONE, ContactOutcome.CONSIDERING)
    contacted(key, at + timedelta(hours=1), method, ContactOutcome.QUOTE_SENT, quote_amount=Decimal(4000))
    if called_after:
        contacted(key, at + timedelta(days=1), ContactMethod.PHONE, ContactOutcome.CONSIDERING)
    assert ("已致电" in table(at_month(made.specialist))) is stands


def test_more_cases_than_a_page_are_said_in_a_sentence(sqlite_store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    made = people()
    for _ in range(2):
        expiring(made, days=0, owner="specialist")
    monkeypatch.setattr(sheet.sheet, "__defaults__", (1,))
    test = at_month(made.specialist)
    assert "共 2 台" in " ".join(each.value for each in test.warning)


def test_the_file_is_masked_and_in_full_only_for_a_reason(sqlite_store: Database) -> None:
    made = people()
    expiring(made, days=0, owner="specialist", name="欧阳春晓")
    test = at_month(made.manager)
    labelled(test.button, "下载").click().run()
    masked = taken()
    assert "跟进记录8" in masked[0]
    assert len(set(masked[0])) == len(masked[0])  # no heading stands over two columns
    assert "欧***" in masked[1]
    test.button(key="sheet_download_full").click().run()
    assert [each.value for each in test.error] == ["请填写为什么需要完整的姓名和号码。"]
    assert len(rows(Download, "file_name")) == 1
    test.text_input(key="sheet_why").set_value("for the store's meeting").run()
    test.button(key="sheet_download_full").click().run()
    assert "欧阳春晓" in taken()[1]
    assert not test.exception


def test_printing_goes_on_record_with_whose_cases_and_how_many(sqlite_store: Database) -> None:
    made = people()
    expiring(made, days=0, owner="specialist", name="欧阳春晓")
    expiring(made, days=0, name="赵六")
    test = at_month(made.manager)
    labelled(test.selectbox, "续保专员").select(str(made.specialist.user_id)).run()
    test.button(key="sheet_print").click().run()
    assert not test.exception
    printed = [each for each in rows(AuditEntry, "action", "actor_name", "details") if each[0] == "sheet_printed"]
    ((_, who, details),) = printed
    assert (who, details["rows"], details["period"]) == (made.manager.username, 1, f"{today():%Y-%m}")
    assert (details["channel"], details["of_id"]) == (made.channels["S1"], made.specialist.user_id)
    assert "欧阳" not in str(details)


def test_a_specialists_print_says_that_it_was_their_own_sheet(sqlite_store: Database) -> None:
    made = people()
    expiring(made, days=0, owner="specialist")
    at_month(made.specialist).button(key="sheet_print").click().run()
    (details,) = [held for action, held in rows(AuditEntry, "action", "details") if action == "sheet_printed"]
    assert (details["own"], details["rows"]) == (True, 1)


@pytest.mark.parametrize("who", ["consultant", "finance", "admin"])
def test_who_may_not_read_renewals_finds_no_sheet(sqlite_store: Database, who: str) -> None:
    test = opened(people().actors[who], "follow_up_sheet")
    assert "desk-sheet'" not in table(test)
    assert test.error


def test_who_may_only_read_gets_no_file_in_full(sqlite_store: Database) -> None:
    made = people()
    expiring(made, days=0, owner="specialist")
    test = at_month(made.policy_specialist)
    assert "sheet_download" in {each.key for each in test.button}
    assert "sheet_download_full" not in {each.key for each in test.button}
