"""Who has submitted a month's forecast, who is late, who is missing (C5)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum, auto
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from db.queries import forecasts as queries
from db.terms import ChannelKind, Subject
from lib import settings
from lib.access import Scope
from lib.channels.figures import depth_first
from lib.clock import business_day
from lib.data import reads
from lib.forecasts.freezes import Freeze, standing_freezes, store_of
from lib.forecasts.months import begins, due_on


class State(StrEnum):
    """Where one node's forecast of a month stands; the words stand beside the screens."""

    ON_TIME = auto()
    LATE = auto()  # submitted after its day
    OWED = auto()  # not yet due
    MISSING = auto()  # due and not there
    FREE = auto()  # a store owes none: those below it speak
    NEW = auto()  # owes none: it came after the day on which the forecast was due


OWES_NONE = (State.FREE, State.NEW)


@dataclass(frozen=True)
class Submitted:
    """A node and what it submitted. `adjusted` models differ from those below; `below` is their sum, if they spoke."""

    id: int
    code: str
    name: str
    kind: ChannelKind
    path: str
    depth: int
    state: State
    quantity: int | None
    complete_at: datetime | None
    last_at: datetime | None
    submitted_by: str | None
    adjusted: int
    below: int | None = None

    @property
    def owes(self) -> bool:
        return self.state in (State.OWED, State.MISSING)


@dataclass(frozen=True)
class Overview:
    """A month's forecasts of a scope: each node in the order of the tree, and what is frozen, by store."""

    month: date
    due_on: date
    nodes: tuple[Submitted, ...]
    frozen: tuple[tuple[int, Freeze], ...]

    def freeze_of(self, path: str) -> Freeze | None:
        return dict(self.frozen).get(store_of(path))

    @property
    def owing(self) -> tuple[Submitted, ...]:
        """The nodes that still owe one and may still submit."""
        return tuple(each for each in self.nodes if each.owes and not self.freeze_of(each.path))

    def count(self, *states: State) -> int:
        return sum(each.state in states for each in self.nodes)


@reads(Subject.FORECASTS, Subject.CHANNELS, Subject.PEOPLE, Subject.SETTINGS)
def overview(connection: Connection, scope: Scope, month: date, today: date) -> Overview:
    """Where the forecasts of a month stand in a scope."""
    zone, due = settings.load().zone, due_on(connection, month)
    found = connection.execute(queries.standing(scope.path, month, begins(month, zone)))
    rows = {row.path: row for row in found}
    sums: dict[int | None, int] = {}
    for row in rows.values():
        if row.quantity is not None:
            sums[row.parent_id] = sums.get(row.parent_id, 0) + int(row.quantity)
    paths = depth_first({path: row.code for path, row in rows.items()})
    nodes = tuple(submitted(rows[path], due, today, zone, sums.get(rows[path].id)) for path in paths)
    stores = sorted({store_of(each.path) for each in nodes})
    return Overview(month, due, nodes, standing_freezes(connection, stores, month))


def submitted(row: Any, due: date, today: date, zone: ZoneInfo, below: int | None = None) -> Submitted:
    """A row of `queries.standing` or `queries.below` with its state."""
    return Submitted(
        row.id, row.code, row.name, row.kind, row.path, row.path.count(".") - 1,
        state(row, row.complete_at, due, today, zone), None if row.quantity is None else int(row.quantity),
        row.complete_at, row.last_at, row.submitted_by, row.adjusted or 0, below,
    )  # fmt: skip


def state(row: Any, complete_at: datetime | None, due: date, today: date, zone: ZoneInfo) -> State:
    """Where a node's forecast stands: on time when every model was first there by the end of its day.

    A node that came after that day owes none, unless it only moved.
    """
    if complete_at is not None:
        return State.ON_TIME if business_day(complete_at, zone) <= due else State.LATE
    if row.kind is ChannelKind.STORE:
        return State.FREE
    if row.opened_on is not None and row.opened_on > due and row.moved_from_id is None:
        return State.NEW
    return State.OWED if today <= due else State.MISSING
