"""Tables as files that people open in Excel: no cell can turn into a formula, and each says who took it and when."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

Cell = str | int | float | Decimal | bool | date | datetime | None

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")  # a text that starts so is run as a formula by spreadsheet programs
WIDEST = 60  # characters


@dataclass(frozen=True)
class Sheet:
    """A table with its headings, already in somebody's language and masked. Moments are shown in `zone`."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    watermark: str
    zone: ZoneInfo


def workbook(sheet: Sheet) -> bytes:
    """The table as a workbook, its headings frozen, the watermark in a last row of its own."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        page = book.add_worksheet(_title(sheet.title))
        heading = book.add_format({"bold": True, "bg_color": "#F0F3F8", "bottom": 1})
        formats = {
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        }
        for column, text in enumerate(sheet.columns):
            page.write_string(0, column, text, heading)
            page.set_column(column, column, _width(sheet, column))
        for number, row in enumerate(sheet.rows, start=1):
            for column, cell in enumerate(row):
                _write(page, number, column, _plain(cell, sheet.zone), formats)
        page.write_string(
            len(sheet.rows) + 2, 0, sheet.watermark, book.add_format({"italic": True, "color": "#5B6B7F"})
        )
        page.freeze_panes(1, 0)
    return target.getvalue()


def comma_separated(sheet: Sheet) -> bytes:
    """The table as CSV that Excel reads right (UTF-8 with its mark); a text that could be run gets an apostrophe."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(_harmless(each) for each in sheet.columns)
    writer.writerows([_harmless(_plain(cell, sheet.zone)) for cell in row] for row in sheet.rows)
    writer.writerow([_harmless(sheet.watermark)])
    return target.getvalue().encode("utf-8-sig")


def _write(page: "xlsxwriter.worksheet.Worksheet", row: int, column: int, cell: Cell, formats: dict[Any, Any]) -> None:
    if isinstance(cell, str):
        page.write_string(row, column, cell)
    elif isinstance(cell, (date, datetime)):
        page.write_datetime(row, column, cell, formats[type(cell)])
    elif isinstance(cell, bool):
        page.write_boolean(row, column, cell)
    elif cell is not None:
        page.write_number(row, column, float(cell) if isinstance(cell, Decimal) else cell)


def _plain(cell: Cell, zone: ZoneInfo) -> Cell:
    """A moment as the store's clock showed it; everything else as it is."""
    if isinstance(cell, datetime) and cell.tzinfo is not None:
        return cell.astimezone(zone).replace(tzinfo=None)
    return cell


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RISKY) else cell


def _width(sheet: Sheet, column: int) -> int:
    texts: Iterable[str] = (str(row[column]) for row in sheet.rows[:200])
    longest = max((_columns(text) for text in (sheet.columns[column], *texts)), default=8)
    return min(max(longest + 2, 8), WIDEST)


def _columns(text: str) -> int:
    """How wide a text is: a Chinese character takes two columns."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)


def _title(title: str) -> str:
    """A sheet name that Excel accepts."""
    return "".join(" " if character in "[]:*?/\\'" else character for character in title)[:31].strip() or "Sheet1"
