"""What an import found: wrong cells, what was kept, warnings, counts. Personal values are masked here, once."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from lib import settings
from lib.clock import store_time
from lib.imports.columns import Form
from lib.refusals import Invalid, Refused
from lib.words import words

MOST_WARNINGS = 1000  # that a job keeps: a warning is no fault


@dataclass(frozen=True)
class Finding:
    """One cell that somebody should look at; `row` is the spreadsheet's number, `value` is masked."""

    sheet: str
    row: int
    column: str
    value: str
    why: Refused

    def sentence(self, language: str) -> str:
        """What is wrong, in a language."""
        return words(language).of(self.why)


@dataclass
class SheetCount:
    """What a sheet did to the database."""

    sheet: str
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0
    ignored: tuple[str, ...] = ()


@dataclass
class Report:
    """The outcome of one import."""

    file_name: str
    dry_run: bool = False
    loaded: bool = False
    sheets: list[SheetCount] = field(default_factory=list)
    wrong: list[Finding] = field(default_factory=list)
    kept: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    ignored_sheets: tuple[str, ...] = ()
    backup: str | None = None
    seconds: float = 0.0
    cells: dict[str, tuple[Sequence[Sequence[Any]], dict[str, int]]] = field(default_factory=dict, repr=False)
    _read: int | None = None

    @property
    def refused(self) -> bool:
        return bool(self.wrong)

    def count(self, form: Form) -> SheetCount:
        """The sheet's counts, begun when first asked for."""
        for each in self.sheets:
            if each.sheet == form.name:
                return each
        self.sheets.append(SheetCount(form.name))
        return self.sheets[-1]

    def blame(self, form: Form, row: int, column: str, value: Any, why: Invalid) -> None:
        """A wrong cell: nothing of the file will be written."""
        self.wrong.append(finding(form, row, column, self._written(form, row, column, value), why))

    def warn(self, form: Form, row: int, column: str, value: Any, why: Invalid) -> None:
        """A cell that is loaded, and worth a look."""
        self.warnings.append(finding(form, row, column, self._written(form, row, column, value), why))

    def keep(self, form: Form, row: int, column: str, value: Any, why: Invalid) -> None:
        """A cell that was not loaded because people changed the record since."""
        self.kept.append(finding(form, row, column, self._written(form, row, column, value), why))

    def _written(self, form: Form, row: int, column: str, value: Any) -> Any:
        """The cell as the file has it; what it has not, as the store would write it."""
        rows, places = self.cells.get(form.name, ((), {}))
        cells = rows[row - 1] if column in places and row <= len(rows) else ()
        raw = cells[places[column]] if cells and places[column] < len(cells) else None
        if raw not in (None, ""):
            return as_whole(raw)
        return store_time(value, settings.load().zone).replace(tzinfo=None) if isinstance(value, datetime) else value

    def begin_again(self) -> None:
        """Forget what an earlier plan found; what reading the cells found stays."""
        if self._read is None:
            self._read = len(self.wrong)
        del self.wrong[self._read :]
        self.kept.clear()
        self.warnings.clear()
        for each in self.sheets:
            each.new = each.changed = each.unchanged = 0

    def tidy(self) -> None:
        """Findings in the order of sheets and rows; the file's cells are let go."""
        self.cells.clear()
        order = {each.sheet: place for place, each in enumerate(self.sheets)}
        for findings in (self.wrong, self.kept, self.warnings):
            findings.sort(key=lambda each: (order.get(each.sheet, 0), each.row))
        rows = Counter(sheet for sheet, _ in {(each.sheet, each.row) for each in self.kept})
        for each in self.sheets:
            each.kept = rows[each.sheet]


def as_whole(cell: Any) -> Any:
    """A spreadsheet's whole number as people write it, without ".0"."""
    return str(int(cell)) if isinstance(cell, float) and cell == int(cell) and abs(cell) < 1e15 else cell


def finding(form: Form, row: int, column: str, value: Any, why: Invalid) -> Finding:
    """A finding with its value masked where it is personal, and cut where it is long."""
    shown = "" if value is None else str(value)
    mask = form.by_name[column].mask if column in form.by_name else None
    if mask:
        shown = mask(shown) or ""
    return Finding(form.name, row, column, shown[:60], why)


def as_json(report: Report) -> dict[str, Any]:
    """The report as it is kept with a job: sentences in both languages."""

    def each(findings: Iterable[Finding]) -> list[dict[str, Any]]:
        return [
            {
                "sheet": one.sheet, "row": one.row, "column": one.column, "value": one.value,
                "zh": one.sentence("zh"), "en": one.sentence("en"),
            }
            for one in findings
        ]  # fmt: skip

    return {
        "loaded": report.loaded, "dry_run": report.dry_run, "sheets": [asdict(one) for one in report.sheets],
        "wrong": each(report.wrong), "kept": each(report.kept), "warnings": each(report.warnings[:MOST_WARNINGS]),
        "ignored_sheets": list(report.ignored_sheets), "backup": report.backup, "seconds": report.seconds,
    }  # fmt: skip
