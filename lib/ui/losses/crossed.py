"""What a heat map of reasons shows: columns, cells and sheet, and the rows of columns that are no one thing."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from db.terms import LossDomain
from lib.losses.picture import Counted, Grain, Key
from lib.losses.rows import Group, Which
from lib.ui.language import t
from lib.ui.losses import wording
from lib.ui.losses.rows import Opened
from lib.ui.losses.specs import Cell
from lib.ui.losses.wanted import Wanted

COLUMNS = 16  # the rest stand together in one more
NONE, REST = "", "\n"  # columns of cases that have none, and of those beyond: nothing is called so


@dataclass(frozen=True)
class Crossed:
    """Losses by reason and one thing more. `second`: by the second level of their reasons. `dropped`: what is selected
    of the page but does not narrow it."""

    wanted: Wanted
    grain: Grain
    domain: LossDomain | None
    rows: tuple[Counted, ...]
    second: bool
    dropped: tuple[str, ...]
    code: Callable[[Key], str]
    label: Callable[[Key], str]

    @cached_property
    def across(self) -> list[Key]:
        """Everything that the losses are counted by, most losses first; those that have none are the last."""
        found: Counter[Key] = Counter()
        for row in self.rows:
            found[row.key] += row.lost
        return sorted((key for key, _ in found.most_common()), key=lambda key: self.code(key) == NONE)

    @cached_property
    def down(self) -> dict[str, str]:
        """The reasons with their words, most losses first."""
        found: Counter[tuple[str, str]] = Counter()
        for row in self.rows:
            found[self._row(row)] += row.lost
        return {code: label for (code, label), _ in found.most_common()}

    @cached_property
    def rest(self) -> tuple[Key, ...]:
        """Those that stand together in one column: never one alone."""
        named = [key for key in self.across if self.code(key) != NONE]
        return tuple(named[COLUMNS:]) if len(named) > COLUMNS + 1 else ()

    @cached_property
    def columns(self) -> dict[str, str]:
        """The columns with their words, those of no one thing last."""
        rest = {REST: t("The other {count}", count=len(self.rest))} if self.rest else {}
        named = {self.code(key): self.label(key) for key in self.across if key not in self.rest}
        nobody = {NONE: named.pop(NONE)} if NONE in named else {}
        return named | rest | nobody

    def cells(self, chosen: tuple[str, ...]) -> tuple[Cell, ...]:
        """A cell for every reason in every column; those of which both are selected are marked."""
        found, whole = Counter[tuple[str, str]](), Counter[str]()
        for row in self.rows:
            column = REST if row.key in self.rest else self.code(row.key)
            found[self._row(row)[0], column] += row.lost
            whole[column] += row.lost
        picked = self.wanted.selected.reasons
        return tuple(
            Cell(row, column, said, name, found[row, column], whole[column], column in chosen and row in picked)
            for row, said in self.down.items()
            for column, name in self.columns.items()
        )

    def sheet(self) -> list[tuple[str, str, int]]:
        """Every loss by its reason and what it is counted by, none of them put together."""
        found = Counter[tuple[str, Key]]()
        for row in self.rows:
            found[self._row(row)[0], row.key] += row.lost
        return [
            (said, self.label(key), found[row, key])
            for row, said in self.down.items()
            for key in self.across
            if found[row, key]
        ]

    def opens(self, reason: str, column: str) -> Opened:
        """The rows of a cell in a column of no one thing."""
        keys = tuple(key for key in self.rest if key is not None) if column == REST else ()
        return Opened(
            "losses", Which.LOST, reason=reason, group=Group(self.grain.value, None, self.domain, keys),
            dropped=self.dropped, title=f"{self.down[reason]} · {self.columns[column]}",
        )  # fmt: skip

    def _row(self, row: Counted) -> tuple[str, str]:
        reason = row.reason
        if reason is None:
            raise ValueError("a won case has no reason")
        if self.second:
            return reason.code, wording.second(reason)
        return reason.group_code, wording.group(reason, self.wanted.both)
