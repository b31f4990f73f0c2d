"""From raw sheets to typed rows; every cell that cannot be read is named."""

from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from lib import identifiers
from lib.imports.archive import Place
from lib.imports.columns import Column, Form
from lib.imports.findings import Report, as_whole
from lib.imports.workbook import RawSheet
from lib.refusals import N_, Invalid


@dataclass(slots=True)
class Row:
    """One row of a form: what it says, by column; a blank cell says nothing. `number` is the spreadsheet's."""

    number: int
    values: dict[str, Any]

    def get(self, column: str) -> Any:
        return self.values.get(column)


@dataclass
class Sheet:
    """The rows of one form that can be read. `keys` holds the keys of all its rows, right or wrong.

    `faulty` are the rows that cannot be read, as far as they can.
    """

    form: Form
    rows: list[Row] = field(default_factory=list)
    faulty: list[Row] = field(default_factory=list)
    keys: set[tuple[Any, ...]] = field(default_factory=set)


def read(raw: RawSheet, zone: ZoneInfo, report: Report) -> Sheet:
    """Type every cell of a sheet. What is wrong goes to the report; only rows without fault come back."""
    sheet, form = Sheet(raw.form), raw.form
    count = report.count(form)
    heading = next((number for number, cells in enumerate(raw.rows, 1) if any(map(_filled, cells))), None)
    if heading is None:
        return sheet
    columns = _columns(form, raw.rows[heading - 1], heading, report)
    report.cells[form.name] = raw.rows, {column.name: index for index, column in columns}
    _blame_merged(raw, columns, heading, report)
    first_seen: dict[tuple[Any, ...], int] = {}
    for number, cells in enumerate(raw.rows[heading:], heading + 1):
        if not any(map(_filled, cells)) and not _marked(raw, number):
            continue
        count.rows += 1
        row, faults = _row(form, columns, number, cells, raw, zone, report)
        key = tuple(row.get(name) for name in form.keys)
        if faults:
            sheet.faulty.append(row)
        if None in key:
            continue
        sheet.keys.add(key)
        if key in first_seen:
            column = form.keys[-1]
            why = Invalid(N_("The same key as in row {row}."), row=first_seen[key])
            report.blame(form, number, column, row.get(column), why)
            continue
        first_seen[key] = number
        if not faults:
            sheet.rows.append(row)
    return sheet


def _filled(cell: Any) -> bool:
    return cell is not None and cell != "" and not (isinstance(cell, str) and not cell.strip())


def _marked(raw: RawSheet, number: int) -> bool:
    return any(row == number for row, _ in (*raw.formulas, *raw.errors)) if raw.formulas or raw.errors else False


def _columns(form: Form, headings: list[Any], number: int, report: Report) -> list[tuple[int, Column]]:
    """Which column of the sheet is which of the form. Missing ones that a row must fill are wrong cells."""
    columns: list[tuple[int, Column]] = []
    ignored: list[str] = []
    for index, raw in enumerate(headings):
        heading = identifiers.folded(str(raw)) or ""
        column = form.by_heading.get(heading.rstrip("*＊ ").lower())
        if column is None:
            ignored += [heading] if heading else []
        elif any(column is known for _, known in columns):
            report.blame(form, number, column.name, heading, Invalid(N_("This column is there twice.")))
        else:
            columns.append((index, column))
    known = {column.name for _, column in columns}
    for column in form.columns:
        if column.required and column.name not in known:
            report.blame(form, number, column.name, None, Invalid(N_("This required column is missing.")))
    report.count(form).ignored = tuple(ignored)
    return columns


def _blame_merged(raw: RawSheet, columns: list[tuple[int, Column]], heading: int, report: Report) -> None:
    for (top, left), (bottom, right) in raw.merged:
        for index, column in columns:
            if bottom >= heading and left <= index <= right:
                why = Invalid(N_("Merged cells: undo the merging and fill each cell."))
                report.blame(raw.form, top, column.name, None, why)
                break


def _row(
    form: Form, columns: list[tuple[int, Column]], number: int, cells: list[Any], raw: RawSheet, zone: ZoneInfo,
    report: Report,
) -> tuple[Row, bool]:  # fmt: skip
    """The row as far as it can be read, and whether anything is wrong with it."""
    values: dict[str, Any] = {}
    faults = False
    for index, column in columns:
        cell = cells[index] if index < len(cells) else None
        try:
            if raw.formulas or raw.errors:
                _refuse_marked(raw, (number, index))
            value = None if cell is None or cell == "" else column.parse(cell, zone)
            if value is not None:
                values[column.name] = value
            elif column.required:
                raise Invalid(N_("This cell must be filled."))
        except Invalid as why:
            faults = True
            report.blame(form, number, column.name, as_whole(cell), why)
    return Row(number, values), faults or any(name not in values for name in form.required)


def _refuse_marked(raw: RawSheet, place: Place) -> None:
    if place in raw.formulas:
        raise Invalid(N_("This cell is a formula. Paste its value instead."))
    if place in raw.errors:
        raise Invalid(N_("This cell holds an error of the spreadsheet."))
