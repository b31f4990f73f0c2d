"""The workbook to start from: every form as a sheet, required columns marked, vocabularies to choose from."""

import io
from enum import StrEnum

import xlsxwriter

from lib.imports.columns import Column
from lib.imports.forms import FORMS
from lib.imports.vocabulary import choices
from lib.words import words

FILE_NAME = "导入模板-import-template.xlsx"
ROWS = 10_000  # so far down a cell offers its choices


def workbook(language: str) -> bytes:
    """The template with Chinese or English headings; both load."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        key = book.add_format({"bold": True, "bg_color": "#DCE6F7", "bottom": 1})
        required = book.add_format({"bg_color": "#DCE6F7", "bottom": 1})
        plain = book.add_format({"bg_color": "#F0F3F8", "bottom": 1})
        as_text = book.add_format({"num_format": "@"})
        for form in FORMS:
            page = book.add_worksheet(form.chinese if language == "zh" else form.name)
            page.freeze_panes(1, 0)
            for place, column in enumerate(each for each in form.columns if not each.own):
                style = key if column.key else required if column.required else plain
                page.write_string(0, place, heading(column, language), style)
                page.set_column(place, place, 16, as_text)
                if terms := choices(column.parse):
                    page.data_validation(1, place, ROWS, place, {"validate": "list", "source": _words(terms, language)})
    return target.getvalue()


def heading(column: Column, language: str) -> str:
    """A column's heading; a star marks what each row must fill."""
    name = column.chinese if language == "zh" else column.name
    return f"{name}*" if column.required else name


def _words(terms: type[StrEnum], language: str) -> list[str]:
    return [words(language).term(member) if language == "zh" else member.value for member in terms]
