"""The three-way merge of a row: what the file says now, what it said last time, what the record says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lib.imports import said
from lib.imports.columns import Column, Form


@dataclass
class Merged:
    """A row's outcome: the record as it shall stand, which of its columns the file changes, which people keep."""

    values: dict[str, Any]
    changed: dict[str, Any] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    said: bytes = b""
    new: bool = False

    def touches(self, *columns: str) -> bool:
        """Whether the file changes any of these columns."""
        return any(column in self.changed for column in columns)


def merge(
    form: Form, row: Mapping[str, Any], current: Mapping[str, Any] | None, before: bytes | None,
    elsewhere: frozenset[str] = frozenset(),
) -> Merged:  # fmt: skip
    """Merge one row (interchange: a blank cell leaves what is there; where people changed a record, theirs stays).

    `current` is the record in the words of the form, `before` the digests of the last load. Columns `elsewhere` belong
    to a record that many rows speak of: here it is only seen whether the row says something new of them.
    """
    digests = [said.NOTHING] * len(form.columns)
    if before is not None:
        there = [before[place : place + said.CELL] for place in range(0, len(before), said.CELL)]
        digests[: len(there)] = there  # a row of a time when the form had fewer columns
    merged = Merged(dict(current or {}), new=current is None)
    for place, column in enumerate(form.columns):
        value = row.get(column.name)
        if value is None:
            continue
        digest = said.cell(value)
        if column.name in elsewhere:
            merged.values[column.name] = value
            if digest != digests[place]:
                merged.changed[column.name] = value
        else:
            _cell(merged, column, value, digests[place], current)
        digests[place] = digest
    merged.said = b"".join(digests)
    return merged


def _cell(merged: Merged, column: Column, value: Any, before: bytes, current: Mapping[str, Any] | None) -> None:
    name = column.name
    if current is None:
        merged.values[name] = merged.changed[name] = value
        return
    stands = current.get(name)
    if stands == value:
        return
    untouched = stands in (None, column.default) if before == said.NOTHING else said.cell(stands) == before
    if untouched:
        merged.values[name] = merged.changed[name] = value
    else:
        merged.kept.append(name)
