"""Everything that was ever submitted for a node's month: who, when, how much, and why it differed (C5)."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import Connection

from db.queries import forecasts as queries
from db.terms import Subject
from lib import settings
from lib.access import Scope
from lib.clock import business_day
from lib.data import reads
from lib.forecasts.freezes import Freeze, all_freezes, store_of
from lib.forecasts.months import begins, due_on
from lib.refusals import NotFound


@dataclass(frozen=True)
class Row:
    """One model of a submission."""

    model: str
    quantity: int
    below: int | None
    reason: str | None


@dataclass(frozen=True)
class Submission:
    """What came at one moment. `late`: after its day; `counts`: before the month began."""

    submitted_at: datetime
    submitted_by: str | None
    late: bool
    counts: bool
    rows: tuple[Row, ...]

    @property
    def total(self) -> int:
        return sum(each.quantity for each in self.rows)


@dataclass(frozen=True)
class History:
    """A node's submissions for a month and its store's freezes, the latest first."""

    submissions: tuple[Submission, ...]
    freezes: tuple[Freeze, ...]


@reads(Subject.FORECASTS, Subject.CHANNELS, Subject.PEOPLE, Subject.SETTINGS)
def history(connection: Connection, scope: Scope, code: str, month: date) -> History:
    """The history of a node of the scope. Errors: `NotFound`."""
    node = connection.execute(queries.node(code, scope.path)).first()
    if node is None:
        raise NotFound
    zone, due = settings.load().zone, due_on(connection, month)
    found = []
    for at, rows in groupby(connection.execute(queries.submissions(node.id, month)), lambda row: row.submitted_at):
        listed = list(rows)
        lines = tuple(Row(each.model, each.quantity, each.below_quantity, each.reason) for each in listed)
        late, counts = business_day(at, zone) > due, at < begins(month, zone)
        found.append(Submission(at, listed[0].submitted_by, late, counts, lines))
    freezes = all_freezes(connection, [store_of(node.path)], month)
    return History(tuple(found), tuple(each for _, each in freezes))
