"""The alerts of an area with how each was settled (C6)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from sqlalchemy import Connection

from db.queries import alerts as queries
from db.terms import AlertKind, AlertState, Subject
from lib.access import Scope
from lib.alerts import finding
from lib.alerts.finding import SALES_DAYS, Alert
from lib.data import reads
from lib.periods import Period

ORDER = tuple(AlertKind)


@dataclass(frozen=True)
class Settlement:
    """How one alert was settled: by whom, when, with which note."""

    id: int
    kind: AlertKind
    channel_id: int
    case: str
    state: AlertState
    note: str
    settled_at: datetime
    settled_by: str | None
    version: int
    name: str
    code: str
    path: str


@dataclass(frozen=True)
class Settled:
    """A settlement and its alert, where the data still shows it."""

    settlement: Settlement
    alert: Alert | None


@dataclass(frozen=True)
class Alerts:
    """What is open, the newest first within its kind, and what was settled."""

    open: tuple[Alert, ...]
    settled: tuple[Settled, ...]

    def counts(self, path: str | None = None) -> dict[AlertKind, int]:
        """How many are open at and below a path, by kind; kinds without any are left out."""
        found = Counter(each.kind for each in self.open if path is None or each.path.startswith(path))
        return {kind: found[kind] for kind in ORDER if found[kind]}


@reads(Subject.SALES, Subject.CHANNELS, Subject.PEOPLE, Subject.SETTINGS)
def alerts(connection: Connection, scope: Scope, today: date) -> Alerts:
    """The alerts of a scope as of a day."""
    window = Period(today - timedelta(SALES_DAYS - 1), today)
    found = [
        *finding.of_sales(connection, scope, window, today),
        *finding.of_conversion(connection, scope, today),
        *finding.of_silence(connection, scope, today),
    ]
    rows = [Settlement(**row._mapping) for row in connection.execute(queries.settlements(scope.path))]
    done = {(row.kind, row.channel_id, row.case) for row in rows}
    standing = {each.key: each for each in found}
    waiting = sorted((each for each in standing.values() if each.key not in done), key=_place)
    return Alerts(
        tuple(waiting),
        tuple(Settled(row, standing.get((row.kind, row.channel_id, row.case))) for row in rows),
    )  # fmt: skip


@reads(Subject.SALES, Subject.CHANNELS, Subject.PEOPLE, Subject.SETTINGS)
def open_by_node(connection: Connection, scope: Scope, today: date) -> Mapping[str, int]:
    """How many alerts are open at each node itself, by path; those without any are left out."""
    return MappingProxyType(Counter(each.path for each in alerts(connection, scope, today).open))


def _place(alert: Alert) -> tuple[int, int, str, str]:
    return ORDER.index(alert.kind), -alert.on.toordinal(), alert.code, alert.case
