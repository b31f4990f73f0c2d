"""The workbook of an export: rows go to the disk as they come, and a text stays a text whatever it begins with."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

from lib.clock import store_time
from lib.imports import vocabulary
from lib.imports.cells import EXACT_DIGITS
from lib.imports.columns import Column, Form
from lib.imports.forms import EVERY_FORM, FORMS
from lib.imports.template import heading
from lib.imports.workbook import MOST_ROWS
from lib.refusals import N_, Refused
from lib.words import Words

OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class Book:
    """A workbook in the making, with a sheet a form. Rows of different sheets may come in any order.

    A sheet of our own stands there only if it has rows.
    """

    def __init__(self, path: Path, words: Words, zone: ZoneInfo) -> None:
        self.words, self.zone = words, zone
        self.counts = {form.name: 0 for form in EVERY_FORM}
        self.book = xlsxwriter.Workbook(path, OPTIONS)
        self.bold = self.book.add_format({"bold": True, "bg_color": "#DCE6F7", "bottom": 1})
        self.day = self.book.add_format({"num_format": "yyyy-mm-dd"})
        self.sheets = {form.name: self._sheet(form) for form in FORMS}

    def add(self, form: Form, record: Mapping[str, Any]) -> None:
        """Write one row. Errors: `Refused` for more rows than a sheet that loads again can have."""
        self.counts[form.name] += 1
        if form.name not in self.sheets:
            self.sheets[form.name] = self._sheet(form)
        number, sheet = self.counts[form.name], self.sheets[form.name]
        if number >= MOST_ROWS:
            raise Refused(
                N_("More than {most} rows are too many for a sheet. Export channel by channel, or take a backup."),
                most=MOST_ROWS,
            )
        for place, column in enumerate(form.columns):
            cell = self._cell(column, record.get(column.name))
            if isinstance(cell, str):
                sheet.write_string(number, place, cell)
            elif isinstance(cell, date):
                sheet.write_datetime(number, place, cell, self.day)
            elif cell is not None:
                sheet.write_number(number, place, cell)

    def close(self) -> None:
        """Put the file together."""
        self.book.close()

    def _sheet(self, form: Form) -> Any:
        sheet = self.book.add_worksheet(form.chinese if self.words.language == "zh" else form.name)
        sheet.set_column(0, len(form.columns) - 1, 16)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(form.columns):
            sheet.write_string(0, place, heading(column, self.words.language), self.bold)
        return sheet

    def _cell(self, column: Column, value: Any) -> str | float | date | None:
        """A value as the form's cell: times on the store's clock to their last place, numbers exactly."""
        if isinstance(value, StrEnum):
            return self.words.term(value) if self.words.language == "zh" else value.value
        if isinstance(value, bool):
            return self.words.say(N_("yes")) if value else self.words.say(N_("no"))
        if isinstance(value, (dict, list)):
            return json.dumps(value, ensure_ascii=False, sort_keys=True)
        if isinstance(value, datetime):
            return moment(value, self.zone)
        if isinstance(value, date):
            return f"{value:%Y-%m}" if column.parse is vocabulary.month else value
        if isinstance(value, (int, Decimal)):
            exact = len(Decimal(value).as_tuple().digits) <= EXACT_DIGITS
            return float(value) if exact else str(value)
        return value or None


def moment(at: datetime, zone: ZoneInfo) -> str:
    """2026-11-23 10:30:05, with what a second holds beyond, and with its offset where the clock shows it twice."""
    there = store_time(at, zone)
    twice = there.replace(fold=0).utcoffset() != there.replace(fold=1).utcoffset()
    return there.isoformat(" ") if twice else there.replace(tzinfo=None).isoformat(" ")
