"""The names of what details refer to by key: channels, people, models, rules of authority, texts of SMS."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection

from db.queries import audit as queries

Reference = tuple[str, int]

TABLES = {
    "channel": "channels", "car_model_id": "car_models", "rules": "authority_rules", "template": "message_templates",
    "becomes": "message_templates",
}  # fmt: skip
OF_KIND = {"channel": "channels", "user": "users"}  # of whom a target is


def table(key: str, details: Mapping[str, Any]) -> str | None:
    """The table whose key a detail holds, if it is one."""
    return OF_KIND.get(str(details.get("of_kind"))) if key == "of_id" else TABLES.get(key)


def names(connection: Connection, entries: Iterable[Mapping[str, Any]]) -> dict[Reference, str]:
    """What the details of some entries refer to; what is gone has no name."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for details in entries:
        for kind, key in _references(details):
            wanted[kind].add(key)
    return {
        (kind, row.id): str(row.name)
        for kind, keys in wanted.items()
        for row in connection.execute(queries.names(kind, keys))
    }


def _references(details: Mapping[str, Any]) -> Iterator[Reference]:
    for key, value in details.items():
        if isinstance(value, Mapping):
            yield from _references(value)
        elif (kind := table(key, details)) is not None:
            held = value if isinstance(value, list) else [value]
            yield from ((kind, each) for each in held if isinstance(each, int))
