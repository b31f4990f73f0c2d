"""Opening a file without trusting it: a workbook or a CSV, as sheets of raw rows (interchange, "Import")."""

import csv
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from python_calamine import CalamineError, CalamineWorkbook

from lib.imports.archive import Marks, Place, check_sizes, marks_of, sheet_parts, verify_the_rest
from lib.imports.columns import Form
from lib.imports.forms import BY_SHEET, EVERY_FORM, FORMS
from lib.imports.unusable import Unusable
from lib.refusals import N_

LARGEST_FILE = 100 * 2**20
MOST_ROWS = 1_000_000
MOST_CELLS = 60_000_000  # of the rectangle that a sheet spans
OLE, ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class RawSheet:
    """One sheet of a known form: rows as the file has them, the first being the spreadsheet's row 1."""

    form: Form
    rows: list[list[Any]]
    formulas: frozenset[Place] = frozenset()
    errors: frozenset[Place] = frozenset()
    merged: tuple[tuple[Place, Place], ...] = ()


@dataclass(frozen=True)
class Book:
    """The known sheets of a file in the order of the forms, and the names of the others."""

    sheets: tuple[RawSheet, ...]
    ignored: tuple[str, ...] = ()


def read(path: Path) -> Book:
    """Open a file. Errors: `Unusable` with what is wrong with it."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4)
    except OSError as error:
        raise Unusable(N_("The file cannot be read: {name}"), name=path.name) from error
    if size == 0:
        raise Unusable(N_("The file is empty."))
    if size > LARGEST_FILE:
        raise Unusable(N_("The file is larger than {most} MB. Split it."), most=LARGEST_FILE // 2**20)
    if head == OLE:
        raise _old_or_protected(path)
    return _workbook(path) if head == ZIP else _table(path)


def form_of(name: str) -> Form | None:
    """The form that a sheet's name means, Chinese or English."""
    return BY_SHEET.get(name.strip()) or BY_SHEET.get(name.strip().lower())


def _old_or_protected(path: Path) -> Unusable:
    if ENCRYPTED in path.read_bytes():
        return Unusable(N_("The workbook is protected by a password. Save it without one."))
    return Unusable(N_("This is a workbook of the old kind. Save it as .xlsx."))


def _workbook(path: Path) -> Book:
    try:
        with zipfile.ZipFile(path) as archive:
            check_sizes(archive)
            parts = sheet_parts(archive)
            forms = {name: form for name in parts if (form := form_of(name))}
            marks = {name: marks_of(archive, parts[name]) for name in forms}
            verify_the_rest(archive, {parts[name] for name in forms})
        _check_spans(marks.values())
        with CalamineWorkbook.from_path(str(path)) as book:
            sheets = [_sheet(book, name, form, marks[name]) for name, form in forms.items()]
    except (CalamineError, OSError, ValueError, KeyError, ParseError, RuntimeError, zipfile.BadZipFile) as error:
        raise Unusable(N_("This is not a workbook, or it is damaged.")) from error
    return _book(sheets, [name for name in parts if name not in forms])


def _check_spans(marks: Iterable[Marks]) -> None:
    for each in marks:
        if each.rows > MOST_ROWS or each.rows * each.columns > MOST_CELLS:
            raise Unusable(N_("A sheet has more than {most} rows, or cells far apart. Split the file."), most=MOST_ROWS)


def _sheet(book: CalamineWorkbook, name: str, form: Form, marks: Marks) -> RawSheet:
    sheet = book.get_sheet_by_name(name)
    merged = tuple(
        ((first[0] + 1, first[1]), (last[0] + 1, last[1]))
        for first, last in sheet.merged_cell_ranges or ()
        if first != last
    )
    return RawSheet(form, sheet.to_python(skip_empty_area=False), marks.formulas, marks.errors, merged)


def _table(path: Path) -> Book:
    form = form_of(path.stem)
    if form is None:
        raise Unusable(
            N_("This is neither a workbook nor a CSV that is named as a sheet, such as {example}."),
            example=f"{BY_SHEET['leads'].chinese}.csv",
        )
    rows: list[list[Any]] = []
    try:
        for row in csv.reader(io.StringIO(_decoded(path.read_bytes()), newline=""), strict=True):
            rows.append(list(row))
            if len(rows) > MOST_ROWS:
                raise Unusable(N_("A sheet has more than {most} rows. Split the file."), most=MOST_ROWS)
    except csv.Error as error:
        raise Unusable(N_("This is not a CSV, or it is damaged.")) from error
    return _book([RawSheet(form, rows)], [])


def _decoded(content: bytes) -> str:
    if b"\x00" in content:
        raise Unusable(N_("This is not a workbook, or it is damaged."))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unusable(N_("The text of the CSV is neither UTF-8 nor GB18030."))


def _book(sheets: list[RawSheet], ignored: list[str]) -> Book:
    """The sheets in the order of the forms. Two sheets of one form (客流 and leads) cannot both be meant."""
    names = [sheet.form.name for sheet in sheets]
    if len(set(names)) < len(names):
        raise Unusable(N_("Two sheets are of the same form."))
    if not sheets:
        known = "、".join(form.chinese for form in FORMS)
        raise Unusable(N_("The workbook has none of the known sheets: {known}."), known=known)
    order = {form.name: place for place, form in enumerate(EVERY_FORM)}
    return Book(tuple(sorted(sheets, key=lambda sheet: order[sheet.form.name])), tuple(ignored))
