"""The audit trail: who did what, when and to what, with masked values only (N10). It is only ever added to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from db.queries import audit as queries
from lib.access import Scope
from lib.audit_details import referring
from lib.audit_details.referring import Reference

PAGE = 50
MOST_DOWNLOADED = 10_000


@dataclass(frozen=True)
class Entry:
    """One thing that somebody did."""

    id: int
    at: datetime
    actor_name: str
    action: str
    subject: str | None
    subject_id: int | None
    channel_name: str | None
    details: Mapping[str, Any]
    names: Mapping[Reference, str] = field(default_factory=dict)  # of what the details refer to by key

    @property
    def key(self) -> tuple[datetime, int]:
        """What comes after this entry is older than this key."""
        return self.at, self.id


@dataclass(frozen=True)
class Asked:
    """Business days, both included, and what else was asked for."""

    first: date
    last: date
    actor_name: str | None = None
    action: str | None = None
    subject: str | None = None

    def span(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The moments from which and until which, in the store's days."""
        return (
            datetime.combine(self.first, time(), zone),
            datetime.combine(self.last + timedelta(days=1), time(), zone),
        )


@dataclass(frozen=True)
class Kinds:
    """What one can filter by in a time."""

    people: tuple[str, ...]
    actions: tuple[str, ...]
    subjects: tuple[str, ...]


def entries(
    connection: Connection, scope: Scope, asked: Asked, zone: ZoneInfo, before: tuple[datetime, int] | None = None,
    count: int = PAGE,
) -> tuple[Entry, ...]:  # fmt: skip
    """The newest entries that were asked for, older than `before`. For `data.fresh`: every write adds one."""
    since, until = asked.span(zone)
    sentence = queries.entries(
        scope.path, since, until, asked.actor_name, asked.action, asked.subject, before, count
    )  # fmt: skip
    rows = connection.execute(sentence).all()
    names = referring.names(connection, [row.details for row in rows])
    return tuple(Entry(**row._mapping, names=names) for row in rows)


def kinds(connection: Connection, scope: Scope, asked: Asked, zone: ZoneInfo) -> Kinds:
    """The people, actions and subjects that occur in the days asked for."""
    rows = connection.execute(queries.kinds(scope.path, *asked.span(zone))).all()
    return Kinds(
        tuple(sorted({row.actor_name for row in rows})),
        tuple(sorted({row.action for row in rows})),
        tuple(sorted({row.subject for row in rows if row.subject})),
    )
