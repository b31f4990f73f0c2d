"""Alembic runs here, in batch mode, over a connection that its caller hands in (`lib.install`) or a URL."""

from typing import Literal

from alembic import context
from sqlalchemy import Connection, create_engine

import db.tables  # noqa: F401 - imported for the tables it registers
from db.base import Base, Instant, Scaled


def compare_type(_context: object, _inspected: object, _column: object, _old: object, new: object) -> bool | None:
    """Our own types are whole numbers in the database; do not take that for a difference."""
    return False if isinstance(new, Scaled) else None


def render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write our own types as what they are in the database, so that a migration stands without our code."""
    if kind == "type" and isinstance(item, Scaled):
        return "sa.BigInteger()"
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime()"
    return False


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=compare_type,
        render_item=render_item,
    )  # fmt: skip
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    with create_engine(context.config.get_main_option("sqlalchemy.url", "")).begin() as opened:
        migrate(opened)
