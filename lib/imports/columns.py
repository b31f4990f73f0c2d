"""What a form is made of: columns, each with its headings and how its cells are read."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from lib.access import Permission
from lib.imports.cells import Parser, decimal

Mask = Callable[[str | None], str | None]


@dataclass(frozen=True)
class Column:
    """One column: its two headings, how a cell is read, how its value may be shown, what a record is without it.

    An `own` one is no part of the contract: `export` writes it, so that nothing is lost, and a file may do without.
    """

    name: str
    chinese: str
    parse: Parser
    required: bool = False
    key: bool = False
    mask: Mask | None = None
    default: Any = None
    own: bool = False


@dataclass(frozen=True)
class Form:
    """One sheet."""

    name: str
    chinese: str
    permission: Permission
    columns: tuple[Column, ...]
    own: bool = False
    by_heading: dict[str, Column] = field(init=False, hash=False, compare=False)
    by_name: dict[str, Column] = field(init=False, hash=False, compare=False)
    keys: tuple[str, ...] = field(init=False)
    required: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        headings = {each.chinese.lower(): each for each in self.columns} | {each.name: each for each in self.columns}
        object.__setattr__(self, "by_heading", headings)
        object.__setattr__(self, "by_name", {each.name: each for each in self.columns})
        object.__setattr__(self, "required", tuple(each.name for each in self.columns if each.required))
        object.__setattr__(self, "keys", tuple(each.name for each in self.columns if each.key))


def key(name: str, chinese: str, parse: Parser, mask: Mask | None = None) -> Column:
    """A column of the row's key."""
    return Column(name, chinese, parse, required=True, key=True, mask=mask)


def need(name: str, chinese: str, parse: Parser, mask: Mask | None = None) -> Column:
    """A required column."""
    return Column(name, chinese, parse, required=True, mask=mask)


def may(name: str, chinese: str, parse: Parser, mask: Mask | None = None, default: Any = None) -> Column:
    """A column that may be blank or missing."""
    return Column(name, chinese, parse, mask=mask, default=default)


def own(name: str, chinese: str, parse: Parser, mask: Mask | None = None, default: Any = None) -> Column:
    """A column of our own; it stands behind those of the contract."""
    return Column(name, chinese, parse, mask=mask, default=default, own=True)


def hidden(value: str | None) -> str | None:
    """Free text may hold anything, so that none of it is repeated."""
    return value and "***"


BUSINESS, ORGANISATION = Permission.IMPORT_BUSINESS, Permission.IMPORT_ORGANISATION
money, amount = decimal(2), decimal(2, least=0)
rate = decimal(6, least=0, most=1)
