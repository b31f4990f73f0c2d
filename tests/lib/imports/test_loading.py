"""Whole workbooks on both engines: all or nothing, idempotent, people's changes stay, changed times supersede."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from db.engine import Database
from db.tables import Customer, Lead, LeadEvent, Policy, Renewal, RenewalEvent, User, Vehicle
from db.terms import LeadEventKind, LeadStatus, PolicyStatus, RenewalStatus, Subject
from lib import data
from lib.access import SYSTEM, Actor
from lib.actors import refreshed
from lib.refusals import NotAllowed
from lib.words import words
from tests.lib.imports.books import (
    CHANNELS,
    FOLLOW_UP,
    LEAD,
    OTHER_VIN,
    POLICY,
    USERS,
    VIN,
    Rows,
    dump,
    faults,
    ground,
    load,
    rows,
)


def change(table: Any, **values: Any) -> None:
    """What somebody did in the application."""
    with data.transaction(SYSTEM) as running:
        running.session.execute(update(table).values(**values))


def everything() -> dict[str, Rows]:
    sold = LEAD | {
        "lead_no": "K2",
        "order_at": "2026-11-03",
        "order_price": 150000,
        "delivery_at": "2026-11-09",
        "vin": OTHER_VIN,
    }
    lost = LEAD | {
        "lead_no": "K3",
        "phone": "",
        "lost_at": "2026-11-04 12:00",
        "loss_reason": "延期购车",
        "price_gap": 300,
    }
    return ground(
        leads=[LEAD, sold, lost],
        policies=[
            POLICY,
            POLICY | {"policy_no": "PDZA1", "line": "交强险", "id_number": "11010519491231002X", "premium": 950},
        ],
        follow_ups=[FOLLOW_UP],
        targets=[
            {"subject_kind": "渠道", "subject": "S1", "metric": "orders", "period": "2026-11", "value": 30},
            {"subject_kind": "user", "subject": "c1", "metric": "deliveries", "period": "2026Q4", "value": 9},
        ],
        stock=[
            {
                "vin": VIN,
                "car_model": "远途A7",
                "channel_code": "S1",
                "status": "在库",
                "arrived_on": "2026-11-01",
                "cost": 1,
            }
        ],
        forecasts=[
            {
                "channel_code": "S1",
                "month": "2026-12",
                "car_model": "远途A7",
                "submitted_at": "2026-11-20 15:00",
                "quantity": 3,
            }
        ],
        scores=[
            {"channel_code": "S1-C1", "month": "2026-11", "function": "整车销售", "score": 92.5, "evidence": "巡店"}
        ],
        statement=[
            {"insurer": "人保财险", "period": "2026-11", "policy_no": "PDAA1", "premium": 4200.5, "commission": 630.08}
        ],
        receipts=[
            {
                "insurer": "人保财险",
                "receipt_no": "H1",
                "period": "2026-11",
                "received_on": "2026-11-20",
                "amount": 630.08,
            }
        ],
    )


def test_every_sheet_is_stored_and_the_second_load_changes_nothing(store: Database, tmp_path: Path) -> None:
    assert load(tmp_path, **everything()).loaded
    first = dump()
    report = load(tmp_path, **everything())
    assert (report.loaded, faults(report), report.kept) == (True, [], [])
    assert all(each.unchanged == each.rows for each in report.sheets)
    second = dump()
    for name in ("audit_log", "data_versions"):
        first.pop(name), second.pop(name)
    assert second == first
    before = data.fresh(data.versions)
    load(tmp_path, **everything())
    after = data.fresh(data.versions)
    assert {subject for subject in Subject if after[subject] != before[subject]} == {Subject.IMPORTS}


def test_a_dry_run_reports_the_same_and_writes_nothing(store: Database, tmp_path: Path) -> None:
    before = dump()
    report = load(tmp_path, dry_run=True, **everything())
    assert not report.loaded
    assert [each.new for each in report.sheets] == [each.rows for each in report.sheets]
    assert dump() == before


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("channels", CHANNELS[1] | {"parent_code": "S9"}, "parent_code"),
    ("channels", {"code": "S1-A", "name": "片", "kind": "片区代理", "parent_code": "S1"}, "parent_code"),
    ("channels", {"code": "S3", "name": "店", "kind": "4S店", "parent_code": "S1"}, "parent_code"),
    ("channels", {"code": "X", "name": "中心", "kind": "分销中心"}, "parent_code"),
    ("channels", {"code": "S1-R", "name": "大区", "kind": "大区总代理", "parent_code": "S1-R"}, "parent_code"),
    ("channels", CHANNELS[1] | {"equity_share": 1.2}, "equity_share"),
    ("users", USERS[0] | {"channel_code": "*"}, "channel_code"),
    ("users", USERS[0] | {"channel_code": "S9"}, "channel_code"),
    ("users", USERS[0] | {"role": "店长"}, "role"),
    ("car_models", {"car_model": "B", "guide_price": "abc"}, "guide_price"),
    ("leads", LEAD | {"consultant": "c9"}, "consultant"),
    ("leads", LEAD | {"car_model": "不存在"}, "car_model"),
    ("leads", LEAD | {"channel_code": "S9"}, "channel_code"),
    ("leads", LEAD | {"phone": "12345678901"}, "phone"),
    ("leads", LEAD | {"source": ""}, "source"),
    ("leads", LEAD | {"test_drive_at": "2026-11-01 10:00"}, "test_drive_at"),
    ("leads", LEAD | {"order_at": "2026-11-05 10:00", "delivery_at": "2026-11-04 10:00"}, "delivery_at"),
    ("leads", LEAD | {"order_cancelled_at": "2026-11-05"}, "order_cancelled_at"),
    (
        "leads",
        LEAD | {"delivery_at": "2026-11-05 10:00", "lost_at": "2026-11-06 10:00", "loss_reason": "无意向"},
        "lost_at",
    ),
    ("leads", LEAD | {"lost_at": "2026-11-05"}, "loss_reason"),
    ("leads", LEAD | {"lost_at": "2026-11-05", "loss_reason": "没道理"}, "loss_reason"),
    ("leads", LEAD | {"vin": "123"}, "vin"),
    ("policies", POLICY | {"expires_on": "2025-12-09"}, "expires_on"),
    ("policies", POLICY | {"premium": -1}, "premium"),
    ("policies", POLICY | {"issuer": "nobody"}, "issuer"),
    ("policies", POLICY | {"insured_name": ""}, "insured_name"),
    ("policies", POLICY | {"id_number": "110105194912310021"}, "id_number"),
    ("policies", POLICY | {"plate": "A12345"}, "plate"),
    ("policies", POLICY | {"starts_on": "1900-01-01"}, "starts_on"),
    ("follow_ups", FOLLOW_UP | {"vin": OTHER_VIN}, "vin"),
    ("follow_ups", FOLLOW_UP | {"due_on": "2026-06-01"}, "due_on"),
    ("follow_ups", FOLLOW_UP | {"outcome": "已续保"}, "outcome"),
    ("follow_ups", FOLLOW_UP | {"outcome": "战败"}, "loss_reason"),
    ("follow_ups", FOLLOW_UP | {"specialist": "r9"}, "specialist"),
    (
        "targets",
        {"subject_kind": "人员", "subject": "nobody", "metric": "orders", "period": "2026", "value": 1},
        "subject",
    ),
    ("targets", {"subject_kind": "渠道", "subject": "S1", "metric": "joy", "period": "2026", "value": 1}, "metric"),
    (
        "targets",
        {"subject_kind": "渠道", "subject": "S1", "metric": "orders", "period": "2026Q5", "value": 1},
        "period",
    ),
    (
        "forecasts",
        {"channel_code": "S1", "month": "2026-12", "car_model": "远途A7", "submitted_at": "2026-11-20", "quantity": -3},
        "quantity",
    ),
    ("scores", {"channel_code": "S1", "month": "2026-11", "function": "整车销售", "score": 101}, "score"),
    ("statement", {"insurer": "人保", "period": "2026-13", "policy_no": "P", "premium": 1, "commission": 1}, "period"),
    (
        "receipts",
        {"insurer": "人保", "receipt_no": "H", "period": "2026-11", "received_on": "31.11.2026", "amount": 1},
        "received_on",
    ),
]


@pytest.mark.parametrize(
    "policy",
    [
        POLICY | {"premium": -1},
        POLICY | {"premium": "五千"},
        POLICY | {"vin": "123"},
        POLICY | {"channel_code": "S9"},
        POLICY | {"expires_on": "2025-12-09"},
    ],
)
def test_a_wrong_policy_is_told_alone_not_its_follow_ups_too(
    sqlite_store: Database, tmp_path: Path, policy: dict[str, Any]
) -> None:
    report = load(
        tmp_path, **ground(policies=[policy], follow_ups=[FOLLOW_UP, FOLLOW_UP | {"vin": VIN, "at": "2026-11-02"}])
    )
    assert {sheet for sheet, _, _ in faults(report)} == {"policies"}


def test_a_wrong_cell_is_told_as_the_file_has_it(sqlite_store: Database, tmp_path: Path) -> None:
    """Nobody looks in a sheet for a time of another zone, or for an English word that is not there."""
    late = LEAD | {"order_at": "2026/11/05 10:00", "delivery_at": "2026/11/04 10:00"}
    report = load(tmp_path, **ground(leads=[late], policies=[POLICY], follow_ups=[FOLLOW_UP | {"outcome": "已续保"}]))
    assert [each.value for each in report.wrong] == ["2026/11/04 10:00", "已续保"]


@pytest.mark.parametrize(("sheet", "row", "column"), WRONG)
def test_a_wrong_cell_is_named_and_nothing_is_written(
    sqlite_store: Database, tmp_path: Path, sheet: str, row: dict[str, Any], column: str
) -> None:
    before = dump()
    sheets = everything()
    keys = {name for name in row if sheet != "follow_ups"} if sheet in ("channels", "users") else set()
    sheets[sheet] = [*(each for each in sheets[sheet] if keys and each[next(iter(each))] != row[next(iter(row))]), row]
    report = load(tmp_path, **sheets)
    assert (sheet, len(sheets[sheet]) + 1, column) in faults(report)
    assert not report.loaded
    assert dump() == before


def test_refused_rows_leave_postgresql_as_it_was_too(store: Database, tmp_path: Path) -> None:
    before = dump()
    assert faults(load(tmp_path, **ground(leads=[LEAD, LEAD | {"lead_no": "K2", "source": "?"}]))) == [
        ("leads", 3, "source")
    ]
    assert dump() == before


def test_what_was_left_blank_at_first_may_be_said_later(sqlite_store: Database, tmp_path: Path) -> None:
    """A policy is in force, a channel and a person active, until a file says otherwise: nobody changed that."""
    assert load(tmp_path, **ground(policies=[POLICY])).loaded
    later = ground(policies=[POLICY | {"status": "退保", "status_on": "2026-03-01"}])
    later["users"] = [each | {"active": "否"} for each in later["users"] if each["username"] == "c1"]
    report = load(tmp_path, **later)
    assert report.kept == []
    assert rows(Policy, "status") == [(PolicyStatus.SURRENDERED,)]
    assert rows(Renewal, "status") == [(RenewalStatus.VOID,)]
    assert (False,) in rows(User, "active")


def test_personal_values_are_masked_in_the_report(sqlite_store: Database, tmp_path: Path) -> None:
    report = load(tmp_path, **ground(leads=[LEAD | {"phone": "12812348000", "vin": "LSVHJ1330222217O1"}]))
    assert {each.column: each.value for each in report.wrong} == {"phone": "128****8000", "vin": "*" * 11 + "2217O1"}


def test_two_rows_of_one_key_are_wrong(sqlite_store: Database, tmp_path: Path) -> None:
    report = load(tmp_path, **ground(leads=[LEAD, LEAD | {"note": "又一次"}]))
    assert faults(report) == [("leads", 3, "lead_no")]


def test_a_policy_number_on_two_vehicles_or_of_two_lines_is_wrong(store: Database, tmp_path: Path) -> None:
    load(tmp_path, **ground(policies=[POLICY]))
    assert faults(load(tmp_path, policies=[POLICY | {"vin": OTHER_VIN}])) == [("policies", 2, "vin")]
    assert faults(load(tmp_path, policies=[POLICY | {"line": "交强险"}])) == [("policies", 2, "line")]


def test_a_changed_time_supersedes_what_the_column_gave_before(store: Database, tmp_path: Path) -> None:
    load(tmp_path, **ground(leads=[LEAD | {"order_at": "2026-11-05 10:00"}]))
    report = load(tmp_path, leads=[LEAD | {"order_at": "2026-11-06 10:00"}])
    assert (report.loaded, report.sheets[0].changed) == (True, 1)
    orders = [row for row in rows(LeadEvent, "kind", "business_on", "superseded_at") if row[0] is LeadEventKind.ORDER]
    assert sorted((str(on), gone is None) for _, on, gone in orders) == [("2026-11-05", False), ("2026-11-06", True)]
    assert rows(Lead, "status", "version") == [(LeadStatus.ORDERED, 2)]


def test_a_blank_cell_leaves_what_is_there(store: Database, tmp_path: Path) -> None:
    load(tmp_path, **ground(leads=[LEAD | {"order_at": "2026-11-05", "note": "要红色"}]))
    before = dump()
    load(tmp_path, leads=[LEAD | {"order_at": "", "note": "", "phone": ""}])
    after = dump()
    assert (after["leads"], after["lead_events"], after["customers"]) == (
        before["leads"],
        before["lead_events"],
        before["customers"],
    )


def test_what_people_changed_stays_and_is_reported_as_kept(store: Database, tmp_path: Path) -> None:
    load(tmp_path, **ground(leads=[LEAD | {"note": "要红色"}]))
    change(Lead, note="改要白色", version=2)
    for note in ("要红色", "要蓝色"):
        report = load(tmp_path, leads=[LEAD | {"note": note, "district": "西山区"}])
        assert [(each.sheet, each.row, each.column) for each in report.kept] == [("leads", 2, "note")]
        assert report.loaded
        assert rows(Lead, "note", "district") == [("改要白色", "西山区")]


def test_one_customer_by_mobile_and_name_or_by_id_number(store: Database, tmp_path: Path) -> None:
    nameless = LEAD | {"lead_no": "K2", "customer_name": ""}
    other_name = LEAD | {"lead_no": "K3", "customer_name": "李四"}
    alone = LEAD | {"lead_no": "K4", "phone": ""}
    by_id = POLICY | {"id_number": "11010519491231002X", "plate": "云A12345"}
    for _ in range(2):
        assert load(tmp_path, **ground(leads=[LEAD, nameless, other_name, alone], policies=[by_id])).loaded
        assert sorted(map(str, rows(Customer, "name", "mobile"))) == [
            "('张三', '13812348000')",
            "('张三', None)",
            "('李四', '13812348000')",
            "(None, '13812348000')",
        ]
    sealed = [row[0] for row in rows(Customer, "id_number_sealed") if row[0]]
    assert len(sealed) == 1
    assert "11010519491231002X" not in str(dump())


def test_the_latest_policy_says_what_a_car_is(store: Database, tmp_path: Path) -> None:
    old, new = (
        POLICY | {"plate": "云A11111"},
        POLICY | {"policy_no": "N2", "issued_at": "2026-01-05", "plate": "云A22222"},
    )
    load(tmp_path, **ground(policies=[new]))
    load(tmp_path, policies=[old])
    assert rows(Vehicle, "plate") == [("云A22222",)]
    change(Vehicle, plate="云A33333")
    report = load(tmp_path, policies=[new])
    assert [each.column for each in report.kept] == ["plate"]
    assert rows(Vehicle, "plate") == [("云A33333",)]


def test_a_customers_tier_sorts_their_case_and_moves_with_it(store: Database, tmp_path: Path) -> None:
    load(tmp_path, **ground(policies=[POLICY | {"tier": "C"}]))
    assert rows(Renewal, "tier_rank", "version") == [(3, 1)]
    load(tmp_path, policies=[POLICY | {"tier": "A"}])
    assert rows(Renewal, "tier_rank", "version") == [(1, 2)]
    load(tmp_path, policies=[POLICY | {"tier": "A"}])
    assert rows(Renewal, "tier_rank", "version") == [(1, 2)]


def test_policies_open_renewals_and_follow_ups_move_them(store: Database, tmp_path: Path) -> None:
    load(tmp_path, **ground(policies=[POLICY], follow_ups=[FOLLOW_UP]))
    assert rows(Renewal, "status") == [(RenewalStatus.QUOTED,)]
    lost = FOLLOW_UP | {
        "at": "2026-11-05 10:00",
        "method": "电话",
        "outcome": "战败",
        "loss_reason": "报废",
        "note": "报废",
    }
    load(tmp_path, follow_ups=[FOLLOW_UP, lost])
    assert (RenewalStatus.LOST,) in rows(Renewal, "status")
    counted = [row for row in rows(RenewalEvent, "method", "superseded_at") if row[0]]
    assert len(counted) == 2
    renewing = POLICY | {
        "policy_no": "R2",
        "business_type": "续保",
        "starts_on": "2026-12-10",
        "expires_on": "2027-12-09",
        "issued_at": "2026-11-06 10:00",
    }
    load(tmp_path, policies=[renewing])
    assert (RenewalStatus.RENEWED,) in rows(Renewal, "status")
    assert all(linked for linked, number in rows(Policy, "renewed_renewal_id", "policy_no") if number == "R2")


def test_a_person_loads_only_what_their_role_may(sqlite_store: Database, tmp_path: Path) -> None:
    load(tmp_path, **ground())
    users = {name: key for key, name in rows(User, "id", "username")}
    manager = Actor(name="总一", user_id=users["m1"], role=None)
    manager = data.fresh(refreshed, manager)
    assert load(tmp_path, manager, leads=[LEAD]).loaded
    with pytest.raises(NotAllowed) as refused:
        load(tmp_path, manager, leads=[LEAD], users=USERS)
    assert "人员 只能由管理员导入" in words("zh").of(refused.value)


def test_a_manager_of_one_channel_writes_nothing_elsewhere(sqlite_store: Database, tmp_path: Path) -> None:
    home = {"username": "m2", "name": "经二", "role": "经理", "channel_code": "S1-C1"}
    load(tmp_path, **ground(leads=[LEAD]) | {"users": [*USERS, home]})
    users = {name: key for key, name in rows(User, "id", "username")}
    actor = data.fresh(refreshed, Actor(name="经二", user_id=users["m2"]))
    assert faults(load(tmp_path, actor, leads=[LEAD | {"lead_no": "K9"}])) == [("leads", 2, "channel_code")]
    assert faults(load(tmp_path, actor, leads=[LEAD | {"channel_code": "S1-C1"}])) == [("leads", 2, "lead_no")]


def test_the_order_of_rows_and_of_files_makes_no_difference(store: Database, tmp_path: Path) -> None:
    whole = everything()
    load(tmp_path, **ground())
    load(tmp_path, policies=whole["policies"][1:], leads=whole["leads"][2:])
    load(tmp_path, leads=list(reversed(whole["leads"][:2])), policies=whole["policies"][:1], follow_ups=[FOLLOW_UP])
    assert sorted(map(str, rows(Lead, "lead_no", "status", "captured", "order_price"))) == [
        "('K1', <LeadStatus.OPEN: 'open'>, True, None)",
        "('K2', <LeadStatus.DELIVERED: 'delivered'>, True, Decimal('150000.00'))",
        "('K3', <LeadStatus.LOST: 'lost'>, False, None)",
    ]
    assert len(rows(Renewal, "id")) == 1
    assert len(rows(Customer, "id")) == 2
