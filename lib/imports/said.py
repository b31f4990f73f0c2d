"""What a row said when it was last loaded: short keyed digests of its cells, never the cells themselves."""

from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from typing import Any

from lib import keys, settings

CELL = 8  # bytes of a cell's digest: two values alike by chance once in 10^19
KEY = 16
NOTHING = bytes(CELL)


@cache
def _key_of(_database: str) -> bytes:
    return keys.digest_key()


def _key() -> bytes:
    return _key_of(settings.load().database)


def cell(value: Any) -> bytes:
    """The digest of one cell's value; nothing for a blank."""
    return NOTHING if value is None else blake2b(str(value).encode(), digest_size=CELL, key=_key()).digest()


def row_key(sheet: str, key: Iterable[Any]) -> bytes:
    """The digest by which a row of a sheet is found again."""
    return blake2b("\x1f".join([sheet, *map(str, key)]).encode(), digest_size=KEY, key=_key()).digest()
