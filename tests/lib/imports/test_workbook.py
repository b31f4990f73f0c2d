"""Files that are no workbook of the contract, and cells that hide something: refused in words, nothing written."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from db.engine import Database
from lib.access import SYSTEM
from lib.imports import loading, workbook
from lib.imports.unusable import Unusable
from tests.lib.imports.books import LEAD, book, dump, faults, ground, load

HEADINGS = ["客流编号", "首次接触时间", "来源", "渠道编码", "顾问工号", "差价"]
CELLS = ["K1", "2026-11-02 10:00", "来店", "S1", "c1"]


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def written(path: Path, sheets: dict[str, list[tuple[int, int, str]]]) -> Path:
    """A workbook of a few cells."""
    with xlsxwriter.Workbook(path) as target:
        for name, cells in sheets.items():
            page = target.add_worksheet(name)
            for row, column, text in cells:
                page.write(row, column, text)
    return path


def truncated(path: Path) -> None:
    path.write_bytes(book(path, ground(leads=[LEAD])).read_bytes()[:3000])


def bomb(path: Path) -> None:
    book(path, ground(leads=[LEAD]))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/big.xml", b"0" * (80 * 2**20))


OLE = b"\xd0\xcf\x11\xe0" + b"\x00" * 600
ENTITIES = {"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><workbook/>', "xl/_rels/workbook.xml.rels": b"<r/>"}
UNUSABLE: dict[str, Callable[[Path], object]] = {
    "no file": lambda path: path.unlink(missing_ok=True),
    "text": lambda path: path.write_text("hello"),
    "empty": lambda path: path.write_bytes(b""),
    "another archive": lambda path: zipped(path, {"hello.txt": b"hello"}),
    "truncated": truncated,
    "zip bomb": bomb,
    "password": lambda path: path.write_bytes(OLE + "EncryptedPackage".encode("utf-16-le")),
    "old kind": lambda path: path.write_bytes(OLE),
    "no known sheet": lambda path: written(path, {"工资": [(0, 0, "姓名")]}),
    "cells far apart": lambda path: written(path, {"客流": [(0, 0, "客流编号"), (1_048_575, 16_383, "x")]}),
    "no rows": lambda path: book(path, {"leads": [dict.fromkeys(LEAD, "")]}),
    "a form twice": lambda path: written(path, {"客流": [(0, 0, "客流编号")], "leads": [(0, 0, "lead_no")]}),
    "entities": lambda path: zipped(path, ENTITIES),
}


@pytest.mark.parametrize("kind", UNUSABLE)
def test_a_file_that_cannot_be_used_is_refused_and_the_database_stays(
    sqlite_store: Database, tmp_path: Path, kind: str
) -> None:
    before, path = dump(), tmp_path / "book.xlsx"
    UNUSABLE[kind](path)
    with pytest.raises(Unusable):
        loading.load(path, SYSTEM)
    assert dump() == before


def test_formulas_errors_and_merged_cells_are_wrong_cells(sqlite_store: Database, tmp_path: Path) -> None:
    load(tmp_path, **ground())
    path = tmp_path / "tricky.xlsx"
    with xlsxwriter.Workbook(path) as target:
        page = target.add_worksheet("客流")
        page.write_row(0, 0, [*HEADINGS, "自算"])
        page.write_row(1, 0, CELLS)
        page.write_formula("F2", "=1+1", value=2)
        page.write_formula("G2", "=1+1", value=2)  # of a column that is ignored: nobody's business
        page.write_row(2, 0, ["K2", *CELLS[1:]])
        page.merge_range("F3:F4", 5)
        page.write_row(3, 0, ["K3", *CELLS[1:]])
        page.write_row(4, 0, ["K4", *CELLS[1:]])
        page.write_formula("F5", "=1/0", value="#DIV/0!")
    report = loading.load(path, SYSTEM)
    assert faults(report) == [("leads", 2, "price_gap"), ("leads", 3, "price_gap"), ("leads", 5, "price_gap")]
    assert report.sheets[0].ignored == ("自算",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("name", ["客流.csv", "leads.csv"])
def test_a_csv_named_as_a_sheet_is_that_sheet(sqlite_store: Database, tmp_path: Path, encoding: str, name: str) -> None:
    load(tmp_path, **ground())
    text = ",".join([*HEADINGS[:5], "备注"]) + "\r\n" + ",".join(CELLS) + ',"要红色, 带天窗"\r\n'
    (tmp_path / name).write_bytes(text.encode(encoding))
    report = loading.load(tmp_path / name, SYSTEM)
    assert (faults(report), report.loaded, report.sheets[0].new) == ([], True, 1)


def test_english_headings_stars_blank_rows_and_strange_columns_are_taken(
    sqlite_store: Database, tmp_path: Path
) -> None:
    load(tmp_path, **ground())
    with xlsxwriter.Workbook(tmp_path / "en.xlsx") as target:
        page = target.add_worksheet("leads")
        page.write_row(1, 0, ["lead_no*", " Source ", "first_contact_at", "channel_code", "consultant", "mood"])
        page.write_row(4, 0, ["K1", "walk_in", "2026-11-02", "S1", "c1", "good"])
    report = loading.load(tmp_path / "en.xlsx", SYSTEM)
    assert (faults(report), report.loaded, report.sheets[0].ignored) == ([], True, ("mood",))


def test_a_missing_required_column_is_named_once(sqlite_store: Database, tmp_path: Path) -> None:
    rows = [{name: value for name, value in LEAD.items() if name != "source"} | {"lead_no": f"K{n}"} for n in range(3)]
    assert faults(load(tmp_path, **ground(leads=rows))) == [("leads", 1, "source")]


def test_an_archive_that_lies_about_its_sizes_is_no_workbook(tmp_path: Path) -> None:
    path = book(tmp_path / "lie.xlsx", ground(leads=[LEAD]))
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo("xl/sharedStrings.xml").file_size
    place = content.rindex(b"xl/sharedStrings.xml") - 46 + 24
    assert int.from_bytes(content[place : place + 4], "little") == size
    content[place : place + 4] = (size // 2).to_bytes(4, "little")
    path.write_bytes(content)
    with pytest.raises(Unusable):
        workbook.read(path)
