"""Sentences about the network."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, select, true

from db.queries.hints import among
from db.tables import Channel


def below(path: Any, path_end: Any) -> ColumnElement[bool]:
    """The subtree of a path: one range of the path's index. `path_end` is `after(path)`."""
    return and_(Channel.path >= path, Channel.path < path_end)


def after(path: str) -> str:
    """The first text that is greater than every path of the subtree: its closing dot raised by one."""
    return path[:-1] + chr(ord(path[-1]) + 1)


def bounds(path: str | None) -> dict[str, str]:
    """The values of the parameters `path` and `path_end`; none for the whole group."""
    return {} if path is None else {"path": path, "path_end": after(path)}


@cache
def subtree() -> Select[int]:
    """The ids of a subtree's channels; its parameters are `path` and `path_end`."""
    return select(Channel.id).where(below(bindparam("path"), bindparam("path_end")))


def within(path: str | None) -> ColumnElement[bool]:
    """The channels at and below a path; all of them where there is no path."""
    return true() if path is None else below(path, after(path))


def at_home(channel_id: Any, path: str | None) -> ColumnElement[bool]:
    """The rows whose channel lies at or below a path, said of their own column: so an index by channel and day is found
    where a join with the channels would read every store's days."""
    return true() if path is None else among(channel_id, select(Channel.id).where(within(path)))


def path_of(code: str) -> Select[str]:
    """The path of the channel with a code."""
    return select(Channel.path).where(Channel.code == code)
