"""Blocks of primary keys, so that rows that point at each other can be made before they are written."""

from sqlalchemy import Connection, text

from db.base import Base


def reserve(connection: Connection, table: type[Base], count: int) -> list[int]:
    """Take `count` keys of a table that nobody else will get. Inside a write transaction of the caller."""
    name = table.__tablename__
    if count <= 0:
        return []
    if connection.dialect.name == "sqlite":
        # AUTOINCREMENT keeps its counter in sqlite_sequence, where the first row of a table makes the first entry.
        last = connection.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": name})
        sentence = (
            "INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)"
            if last is None
            else "UPDATE sqlite_sequence SET seq = :seq WHERE name = :name"
        )
        connection.execute(text(sentence), {"name": name, "seq": (last or 0) + count})
        return list(range((last or 0) + 1, (last or 0) + count + 1))
    keys = connection.scalars(
        text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)"),
        {"name": name, "count": count},
    )
    return [int(key) for key in keys]
