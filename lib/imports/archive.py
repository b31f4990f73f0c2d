"""The zip archive that a workbook is: its sizes before anything is unpacked, and what the reader does not tell.

Sheets are read by a fast reader that runs no formulas, but it neither says which cells are formulas or errors, nor
bounds the memory of a sheet whose cells lie far apart; both are seen here in the sheet's XML.
"""

import re
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from posixpath import join, normpath
from xml.etree import ElementTree

from lib.imports.unusable import Unusable
from lib.refusals import N_

LARGEST_UNPACKED = 1000 * 2**20
LARGEST_RATIO = 200  # a real workbook packs ten to thirty times; a bomb a thousand times
SMALL_ENOUGH = 50 * 2**20  # whatever its ratio
MOST_PARTS = 5000
CHUNK = 2**20

FORMULA = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]+)(\d+)"[^>]*>\s*<(?:\w+:)?f[\s/>]')
ERROR = re.compile(rb'<(?:\w+:)?c\s(?=[^>]*\bt="e")[^>]*?\br="([A-Z]+)(\d+)"')
WIDE = re.compile(rb'\br="([A-Z]{2,3})\d+"')
ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*?\br="(\d+)"')

Place = tuple[int, int]
"""A cell: its row's number in the spreadsheet and its column's index."""


@dataclass(frozen=True)
class Marks:
    """What a sheet's XML tells of itself: how far it spans, and which cells are formulas or errors."""

    rows: int
    columns: int
    formulas: frozenset[Place] = frozenset()
    errors: frozenset[Place] = frozenset()


def check_sizes(archive: zipfile.ZipFile) -> None:
    """Refuse what would unpack to far more than it is, before unpacking. Errors: `Unusable`."""
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    bomb = unpacked > SMALL_ENOUGH and unpacked / packed > LARGEST_RATIO
    if unpacked > LARGEST_UNPACKED or len(parts) > MOST_PARTS or bomb:
        raise Unusable(N_("The workbook would unpack to far more than any real one. It was not opened."))
    if any(part.flag_bits & 1 for part in parts):
        raise Unusable(N_("The workbook is protected by a password. Save it without one."))


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The archive's part of each sheet, by the sheet's name, in the workbook's order."""
    targets = {}
    for each in _parsed(archive.read("xl/_rels/workbook.xml.rels")):
        target = each.get("Target", "")
        targets[each.get("Id")] = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
    parts = {}
    for each in _parsed(archive.read("xl/workbook.xml")).iter():
        if each.tag.endswith("}sheet"):
            relation = next((value for name, value in each.items() if name.endswith("}id")), None)
            parts[each.get("name", "")] = targets[relation]
    return parts


def _parsed(content: bytes) -> ElementTree.Element:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Unusable(N_("This is not a workbook, or it is damaged."))
    return ElementTree.fromstring(content)  # noqa: S314 - no entities can be declared without a doctype


def marks_of(archive: zipfile.ZipFile, part: str) -> Marks:
    """Look through one sheet's XML."""
    content = archive.read(part)
    numbers = [int(number) for number in ROW.findall(content)]
    wide = {_index(letters) for letters in WIDE.findall(content)}
    return Marks(
        rows=max(numbers, default=0),
        columns=max(wide, default=25) + 1,
        formulas=_places(FORMULA, content) if b"<f" in content or b":f" in content else frozenset(),
        errors=_places(ERROR, content) if b't="e"' in content else frozenset(),
    )


def verify_the_rest(archive: zipfile.ZipFile, known: Collection[str]) -> None:
    """Unpack every other part once, bounded by what the directory says: one that lies fails its checksum."""
    for part in archive.infolist():
        if part.filename not in known:
            with archive.open(part) as source:
                while source.read(CHUNK):
                    pass


def _places(pattern: re.Pattern[bytes], content: bytes) -> frozenset[Place]:
    return frozenset((int(row), _index(letters)) for letters, row in pattern.findall(content))


def _index(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1
