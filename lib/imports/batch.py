"""What an import will write: rows and changes by table, with stand-ins for keys that are not reserved yet."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from db.base import Base
from db.terms import Subject


@dataclass
class Batch:
    """Rows to insert and columns to change. A new row's key is negative until a block of keys is reserved."""

    inserts: dict[type[Base], list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    updates: dict[type[Base], dict[int, dict[str, Any]]] = field(default_factory=lambda: defaultdict(dict))
    said: dict[tuple[str, bytes], bytes] = field(default_factory=dict)
    new_keys: Counter[type[Base]] = field(default_factory=Counter)
    subjects: set[Subject] = field(default_factory=set)
    settled: set[int] = field(default_factory=set)
    """The stored cars whose renewals were settled: nobody may have added to them since."""

    def new_key(self, table: type[Base]) -> int:
        """A stand-in for the next key of a table."""
        self.new_keys[table] += 1
        return -self.new_keys[table]

    def insert(self, table: type[Base], subject: Subject, **values: Any) -> int:
        """A new row; returns its stand-in key, 0 where the table has no such key."""
        key = 0
        if "id" in table.__table__.columns:
            values["id"] = key = values.get("id") or self.new_key(table)
        self.inserts[table].append(values)
        self.subjects.add(subject)
        return key

    def update(self, table: type[Base], subject: Subject, key: int, **values: Any) -> None:
        """Change columns of a stored row."""
        self.updates[table].setdefault(key, {}).update(values)
        self.subjects.add(subject)

    def __bool__(self) -> bool:
        return bool(self.subjects or self.said)
