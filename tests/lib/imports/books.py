"""Small workbooks for the tests: rows by the English column names, written as a dealership's Excel would."""

from pathlib import Path
from typing import Any

import xlsxwriter
from sqlalchemy import select

from db.base import Base
from lib import data
from lib.access import SYSTEM, Actor
from lib.imports import loading
from lib.imports.findings import Report
from lib.imports.forms import BY_SHEET

Rows = list[dict[str, Any]]

VIN, OTHER_VIN = "LSVHJ133022221761", "1M8GDM9AXKP042788"
CHANNELS: Rows = [
    {"code": "S1", "name": "东风店", "kind": "4S店"},
    {"code": "S1-C1", "name": "北区中心", "kind": "分销中心", "parent_code": "S1"},
    {"code": "S1-C2", "name": "南区中心", "kind": "distribution_centre", "parent_code": "S1"},
    {"code": "S1-R", "name": "大区", "kind": "大区总代理", "parent_code": "S1"},
]
USERS: Rows = [
    {"username": "c1", "name": "顾一", "role": "销售顾问", "channel_code": "S1"},
    {"username": "r1", "name": "续一", "role": "renewal_specialist", "channel_code": "S1"},
    {"username": "m1", "name": "总一", "role": "经理", "channel_code": "*"},
]
MODELS: Rows = [{"car_model": "远途A7", "series": "远途", "guide_price": "159,800"}]
LEAD: dict[str, Any] = {
    "lead_no": "K1", "first_contact_at": "2026-11-02 10:00", "source": "来店",
    "channel_code": "S1", "consultant": "c1",
    "customer_name": "张三", "phone": "13812348000", "car_model": "远途A7",
}  # fmt: skip
POLICY: dict[str, Any] = {
    "insurer": "人保财险", "policy_no": "PDAA1", "line": "商业险", "business_type": "新保", "vin": VIN,
    "insured_name": "张三", "phone": "13812348000",
    "issued_at": "2025-12-01 09:00", "registered_at": "2025-12-01 09:30",
    "starts_on": "2025-12-10", "expires_on": "2026-12-09", "premium": 4200.5, "channel_code": "S1",
}  # fmt: skip
FOLLOW_UP: dict[str, Any] = {
    "vin": VIN, "due_on": "2026-12-09", "at": "2026-11-02 10:00", "method": "短信", "specialist": "r1",
    "outcome": "短信报价", "note": "短信报价", "quote_amount": 4100,
}  # fmt: skip


def ground(**more: Rows) -> dict[str, Rows]:
    """Channels, people and a model, and whatever else."""
    return {"channels": CHANNELS, "users": USERS, "car_models": MODELS, **more}


def book(path: Path, sheets: dict[str, Rows], chinese: bool = True) -> Path:
    """Write a workbook; dates given as dates are written as Excel dates."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm", "strings_to_numbers": False}) as target:
        for sheet, rows in sheets.items():
            form = BY_SHEET[sheet]
            page = target.add_worksheet(form.chinese if chinese else form.name)
            names = list(dict.fromkeys(name for row in rows for name in row))
            headings = [form.by_name[name].chinese if chinese and name in form.by_name else name for name in names]
            page.write_row(0, 0, headings)
            for number, row in enumerate(rows, 1):
                page.write_row(number, 0, [row.get(name, "") for name in names])
    return path


def load(folder: Path, actor: Actor = SYSTEM, dry_run: bool = False, **sheets: Rows) -> Report:
    """Write a workbook of these sheets and load it."""
    return loading.load(book(folder / "book.xlsx", sheets), actor, dry_run)


def rows(table: type[Base], *columns: str) -> list[tuple[Any, ...]]:
    """Every row's columns, in the order of keys."""
    wanted = [getattr(table, column) for column in columns]
    return [tuple(row) for row in data.fresh(lambda connection: connection.execute(select(*wanted)).all())]


def dump() -> dict[str, list[tuple[Any, ...]]]:
    """The whole database but for sequences: to see that nothing changed."""

    def read(connection: Any) -> dict[str, list[tuple[Any, ...]]]:
        return {
            table.name: sorted(tuple(map(str, row)) for row in connection.execute(select(table)))
            for table in Base.metadata.sorted_tables
        }

    return data.fresh(read)


def faults(report: Report) -> list[tuple[str, int, str]]:
    """Sheet, row and column of each wrong cell."""
    return [(each.sheet, each.row, each.column) for each in report.wrong]
