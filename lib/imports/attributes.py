"""Facts of a car or a customer that many policies speak of: the latest policy's word counts, people's over all."""

import struct
from collections.abc import Iterable
from datetime import datetime
from enum import Enum, auto
from typing import Any

from db.queries import imports as queries
from lib.imports import said
from lib.imports.planning import Planning

CELL = struct.Struct(f">{said.CELL}sI")  # the digest of what was last written, and when its policy was issued


class Verdict(Enum):
    """What becomes of one word."""

    WRITE = auto()
    LEAVE = auto()
    KEEP = auto()  # people changed it: theirs stays, and the report says so


class Attributes:
    """What files last said of some records, attribute by attribute, so that the order of files does not matter."""

    def __init__(self, planning: Planning, sheet: str, names: tuple[str, ...]) -> None:
        self.planning, self.sheet, self.names = planning, sheet, names
        self.known: dict[bytes, bytes] = {}

    def load(self, keys: Iterable[Any]) -> None:
        """Read what was said of some records."""
        digests = {said.row_key(self.sheet, (key,)) for key in keys}
        for row in self.planning.load(lambda some: queries.said(self.sheet, some), sorted(digests)):
            self.known[row["key_digest"]] = row["cells"]

    def verdict(self, key: Any, name: str, stands: Any, value: Any, at: datetime, news: bool) -> Verdict:
        """Whether a policy's word on a record's attribute is written. `news`: its row did not say so before."""
        row = said.row_key(self.sheet, (key,))
        place, digest = self.names.index(name), said.cell(value)
        cells = self.known.get(row, bytes(CELL.size * len(self.names)))
        before, stamp = CELL.unpack_from(cells, place * CELL.size)
        minute = int(at.timestamp()) // 60
        found = _verdict(stands, value, digest, before, news and minute >= stamp)
        if (stands == value or found is not Verdict.LEAVE) and (before != digest or minute > stamp):
            self._remember(row, cells, place, digest, max(minute, stamp))
        return found

    def _remember(self, row: bytes, cells: bytes, place: int, digest: bytes, minute: int) -> None:
        changed = bytearray(cells)
        CELL.pack_into(changed, place * CELL.size, digest, minute)
        self.known[row] = self.planning.batch.said[(self.sheet, row)] = bytes(changed)


def _verdict(stands: Any, value: Any, digest: bytes, before: bytes, later_news: bool) -> Verdict:
    if stands == value:
        return Verdict.LEAVE
    if before == said.NOTHING:
        return Verdict.WRITE if stands is None else Verdict.KEEP
    if said.cell(stands) == before:
        return Verdict.WRITE if later_news else Verdict.LEAVE
    return Verdict.KEEP if digest == before or later_news else Verdict.LEAVE
