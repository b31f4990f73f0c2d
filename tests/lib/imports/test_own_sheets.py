"""The columns and sheets of our own are as strict as the contract's: a wrong cell is named, and nothing is written."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from db.engine import Database
from db.tables import Countermeasure, Customer, ImportedRow, Lead, LeadEvent, LossReason, Renewal, RenewalEvent
from db.terms import LeadEventKind, RenewalEventKind
from lib import data, personal
from lib.access import SYSTEM
from lib.imports import loading, said
from lib.imports.findings import as_json
from lib.imports.forms import EVERY_FORM, FORMS
from lib.imports.template import workbook
from lib.imports.vocabulary import choices
from lib.words import words
from tests.lib.imports.books import CHANNELS, FOLLOW_UP, LEAD, POLICY, VIN, Rows, dump, faults, ground, load, rows
from tests.personas import people

LOST = LEAD | {"lead_no": "K3", "lost_at": "2026-11-04 12:00", "loss_reason": "延期购车"}
EVENT = {"vin": VIN, "due_on": "2026-12-09", "at": "2026-11-05 09:00", "kind": "分配", "number": 1,
         "channel_code": "S1", "specialist": "r1"}  # fmt: skip
VISIT = {"lead_no": "K3", "at": "2026-11-03 09:00", "kind": "再次来店", "number": 1, "channel_code": "S1",
         "consultant": "c1", "source": "来店"}  # fmt: skip
GONE = {"superseded_at": "2026-11-05 09:05", "origin": "系统录入"}
REVIEW = {"lead_no": "K3", "at": "2026-11-04 12:00", "state": "已审核", "reviewed_at": "2026-11-05"}
MEASURE = {"created_at": "2026-11-05 10:00", "domain": "续保", "loss_reason": "price", "channel_code": "S1",
           "what": "先核底价", "owner": "r1", "start_on": "2026-11-06", "due_on": "2026-11-30",
           "state": "未开始"}  # fmt: skip
REASON = {"domain": "续保", "path": "price/card", "name": "储值卡", "name_en": "Card", "controllable": "可控",
          "position": 9, "active": "是"}  # fmt: skip
QUOTE = {"made_at": "2026-11-05 10:00", "plan": "均衡", "channel_code": "S1", "total": 3000, "inputs": "{}"}
PARTNER = {"created_at": "2026-11-05 10:00", "name": "兴达", "kind": "片区代理", "parent_code": "S1-C1",
           "state": "考察中"}  # fmt: skip


def everything(**own: Rows) -> dict[str, Rows]:
    return ground(leads=[LOST], policies=[POLICY], follow_ups=[FOLLOW_UP], **own)


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("follow_ups", FOLLOW_UP | {"contacted": "否"}, "contacted"),
    ("follow_ups", FOLLOW_UP | {"entered_by": "x9"}, "entered_by"),
    ("follow_ups", FOLLOW_UP | {"appointment_at": "明天"}, "appointment_at"),
    ("channels", {"code": "S9", "name": "新店", "kind": "4S店", "moved_from": "S8"}, "moved_from"),
    ("renewal_events", EVENT | {"kind": "续保"}, "kind"),
    ("renewal_events", EVENT | {"kind": "战败"}, "loss_reason"),
    ("renewal_events", EVENT | {"due_on": "2027-06-30"}, "due_on"),
    ("renewal_events", EVENT | {"specialist": "x9"}, "specialist"),
    ("renewal_events", EVENT | {"number": 0}, "number"),
    ("lead_events", VISIT | {"lead_no": "K9"}, "lead_no"),
    ("lead_events", VISIT | {"kind": "战败"}, "loss_reason"),
    ("lead_events", VISIT | {"loss_reason": "延期购车"}, "loss_reason"),
    ("renewal_events_superseded", EVENT | GONE | {"due_on": "2027-06-30"}, "vin"),
    ("renewal_events_superseded", EVENT | GONE | {"kind": "战败"}, "loss_reason"),
    ("renewal_events_superseded", EVENT | GONE | {"superseded_at": ""}, "superseded_at"),
    ("lead_events_superseded", VISIT | GONE | {"lead_no": "K9"}, "lead_no"),
    ("lead_events_superseded", VISIT | GONE | {"consultant": "x9"}, "consultant"),
    ("lead_events_superseded", VISIT | GONE | {"loss_reason": "延期购车"}, "loss_reason"),
    ("lead_loss_reviews", REVIEW | {"at": "2026-11-04 12:01"}, "lead_no"),
    ("lead_loss_reviews", REVIEW | {"state": "退回"}, "question"),
    ("renewal_loss_reviews", {**REVIEW, "vin": VIN}, "vin"),
    ("countermeasures", MEASURE | {"loss_reason": "price/none"}, "loss_reason"),
    ("countermeasures", MEASURE | {"state": "已完成"}, "closed_at"),
    ("countermeasures", MEASURE | {"due_on": "2026-11-01"}, "due_on"),
    ("countermeasure_notes", {"created_at": "2026-11-05 10:00", "at": "2026-11-06", "kind": "备注"}, "created_at"),
    ("loss_reasons", REASON | {"path": "price/card/gold"}, "path"),
    ("loss_reasons", REASON | {"path": "nothing/card"}, "path"),
    ("loss_reasons", REASON | {"name": "礼品权益不足"}, "name"),
    ("alert_settlements", {"kind": "成交价越界", "channel_code": "S1", "case": "lead:K9", "state": "已说明",
                           "note": "活动", "settled_at": "2026-11-05"}, "case"),
    ("partners", PARTNER | {"state": "不予加盟"}, "decided_at"),
    ("partner_marks", {"created_at": "2026-11-05", "name": "别家", "criterion": "团队", "mark": 80}, "created_at"),
    ("quotes", QUOTE | {"inputs": "{oops"}, "inputs"),
    ("quotes", QUOTE | {"vin": VIN, "due_on": "2029-01-01"}, "vin"),
    ("approvals", {"made_at": "2026-11-05 10:00", "plan": "均衡", "asked_at": "2026-11-06", "findings": "[]",
                   "state": "已批准", "reason": "老客户"}, "made_at"),
    ("renewals_set_aside", {"vin": "LSVNV2182E2100001", "due_on": "2027-03-20", "closed_at": "2026-11-05",
                            "channel_code": "S1", "type": "新转续", "void_reason": "并案"}, "vin"),
    ("vehicles", {"vin": "LSVNV2182E2100001", "phone": "123"}, "phone"),
]  # fmt: skip


def test_a_wrong_cell_of_our_own_is_named_and_nothing_is_written(sqlite_store: Database, tmp_path: Path) -> None:
    before = dump()
    for sheet, wrong, column in WRONG:
        given = everything()
        given[sheet] = [*CHANNELS, wrong] if sheet == "channels" else [wrong]
        report = load(tmp_path, **given)
        assert (sheet, len(given[sheet]) + 1, column) in faults(report), wrong
        told = [each for each in as_json(report)["wrong"] if each["sheet"] == sheet]
        assert all(each["zh"] != each["en"] for each in told)
    assert dump() == before


def test_right_rows_of_our_own_are_stored_and_a_second_load_changes_nothing(store: Database, tmp_path: Path) -> None:
    given = everything(
        renewal_events=[EVENT], lead_events=[VISIT], lead_loss_reviews=[REVIEW], countermeasures=[MEASURE],
        loss_reasons=[REASON], partners=[PARTNER], quotes=[QUOTE], renewal_events_superseded=[EVENT | GONE],
        lead_events_superseded=[VISIT | GONE],
    )  # fmt: skip
    assert load(tmp_path, **given).loaded
    before = dump()
    report = load(tmp_path, **given)
    assert (report.loaded, report.kept) == (True, [])
    again = dump()
    assert {name for name in again if again[name] != before[name]} == {"audit_log", "data_versions"}


def test_a_reason_that_nobody_edited_takes_the_files_words_and_one_that_people_did_keeps_theirs(
    sqlite_store: Database, tmp_path: Path
) -> None:
    gift = REASON | {"path": "price/gift", "name": "礼包不够", "name_en": "Gifts"}
    assert not load(tmp_path, **ground(loss_reasons=[gift])).kept
    assert ("礼包不够", 2) in rows(LossReason, "name", "version")
    with data.transaction(SYSTEM) as change:
        change.session.query(LossReason).filter_by(name="礼包不够").update({"name": "礼品太少"})
    report = load(tmp_path, loss_reasons=[gift | {"name": "礼包小"}])
    assert [each.column for each in report.kept] == ["name"]


def test_what_people_took_back_since_stays_taken_back(sqlite_store: Database, tmp_path: Path) -> None:
    given = everything(renewal_events=[EVENT | {"kind": "重新跟进"}])
    load(tmp_path, **given)
    with data.transaction(SYSTEM) as change:
        change.session.query(RenewalEvent).filter_by(kind=RenewalEventKind.REOPENED).update(
            {"superseded_at": change.at}
        )  # fmt: skip
    load(tmp_path, **given)
    assert len([kind for (kind,) in rows(RenewalEvent, "kind") if kind is RenewalEventKind.REOPENED]) == 1


def test_what_counts_no_more_moves_nothing_where_it_is_loaded(sqlite_store: Database, tmp_path: Path) -> None:
    load(tmp_path, **everything())
    before = rows(Renewal, "id", "status", "version"), rows(Lead, "id", "status", "version")
    lost = {"kind": "战败", "loss_reason": "延期购车"}
    report = load(
        tmp_path, renewal_events_superseded=[EVENT | GONE | {"kind": "联系", "method": "电话", "outcome": "考虑中"}],
        lead_events_superseded=[VISIT | GONE | lost],
    )  # fmt: skip
    assert (report.loaded, report.kept) == (True, [])
    assert (rows(Renewal, "id", "status", "version"), rows(Lead, "id", "status", "version")) == before
    at = datetime(2026, 11, 5, 1, 5, tzinfo=UTC)
    assert (RenewalEventKind.CONTACT, at) in rows(RenewalEvent, "kind", "superseded_at")
    assert (LeadEventKind.LOST, at) in rows(LeadEvent, "kind", "superseded_at")


def test_a_manager_of_one_channel_brings_nothing_for_the_whole_group(sqlite_store: Database, tmp_path: Path) -> None:
    made = people()
    for wrong in (MEASURE | {"channel_code": ""}, MEASURE | {"channel_code": "S2"}):
        report = load(tmp_path, made.manager, countermeasures=[wrong | {"owner": "manager"}])
        assert faults(report) == [("countermeasures", 2, "channel_code")]
    assert load(tmp_path, made.manager, countermeasures=[MEASURE | {"owner": "manager"}]).loaded
    assert len(rows(Countermeasure, "id")) == 1


def test_a_row_that_was_loaded_when_the_form_had_fewer_columns_is_known_still(
    sqlite_store: Database, tmp_path: Path
) -> None:
    load(tmp_path, **everything())
    with data.transaction(SYSTEM) as change:
        for row in change.session.query(ImportedRow).filter_by(sheet="follow_ups"):
            row.cells = row.cells[: 13 * said.CELL]
    later = everything() | {"follow_ups": [FOLLOW_UP | {"entered_by": "r1"}]}
    report = load(tmp_path, **later)
    assert (report.loaded, report.kept, [each.changed for each in report.sheets]) == (True, [], [0, 0, 0, 0, 0, 1])


def test_an_id_number_is_sealed_as_it_is_though_the_file_is_planned_twice(
    sqlite_store: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, given = loading._write, iter([False])
    overtaken: Callable[..., bool] = lambda *all_of_it: next(given, None) is not False and write(*all_of_it)  # noqa: E731
    monkeypatch.setattr(loading, "_write", overtaken)
    number = "11010519491231002X"
    assert load(tmp_path, **ground(policies=[POLICY | {"id_number": number}])).loaded
    ((sealed, digest),) = rows(Customer, "id_number_sealed", "id_number_digest")
    assert (personal.unseal(sealed), digest) == (number, personal.digest(number))


def test_every_word_of_a_sheet_means_one_thing() -> None:
    for form in EVERY_FORM:
        for terms in filter(None, (choices(column.parse) for column in form.columns)):
            for language in ("zh", "en"):
                told = [words(language).term(member).lower() for member in terms]
                assert len(set(told)) == len(told), (form.name, terms)
        assert len({column.chinese for column in form.columns}) == len(form.columns)


def test_the_template_holds_the_contracts_columns_alone(tmp_path: Path) -> None:
    (tmp_path / "template.xlsx").write_bytes(workbook("en"))
    found = loading.workbook.read(tmp_path / "template.xlsx")
    assert [sheet.form for sheet in found.sheets] == list(FORMS)
    for sheet in found.sheets:
        told = [str(cell).rstrip("*") for cell in sheet.rows[0]]
        assert told == [column.name for column in sheet.form.columns if not column.own]
