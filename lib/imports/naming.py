"""What stored rows of the set-up are called in a file: rate rows and rules of authority, which have no codes."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from db.queries import imports as queries


def rate_names(connection: Connection) -> dict[int, str]:
    """Rate rows: of which table, for what, since when."""
    return {
        row["id"]: _told(row, "kind", "region", "item", "low", "valid_from")
        for row in connection.execute(queries.rate_rows()).mappings()
    }


def rule_names(connection: Connection) -> dict[int, str]:
    """Rules of authority: what they bound, who answers, since when."""
    return {
        row["id"]: _told(row, "kind", "threshold", "vehicle_use", "approver", "valid_from")
        for row in connection.execute(queries.authority_rules()).mappings()
    }


def _told(row: Mapping[Any, Any], *names: str) -> str:
    return "|".join("" if row[name] is None else f"{row[name]}" for name in names)
