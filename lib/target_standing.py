"""What stands in a month: every channel and person with the target that holds, what is reached, and how far that is."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from db.queries import targets as queries
from db.terms import Subject, TargetSubject
from lib import kpi, target_entries
from lib.access import Scope
from lib.board import figures as board_figures
from lib.board.figures import BoardFilters
from lib.data import reads
from lib.kpi import Figure
from lib.periods import Period
from lib.target_entries import Line

METRICS = (
    "deliveries", "orders", "first_visits", "test_drives", "capture_rate", "test_drive_rate", "showroom_close_rate",
    "new_car_insurance_rate", "policies_issued", "premium_amount", "renewals_renewed",
)  # fmt: skip
MOST = 250  # lines of one form


@dataclass(frozen=True)
class Standing:
    """One subject's line of the form with its figure so far."""

    line: Line
    figure: Figure
    attainment: kpi.Number | None


@dataclass(frozen=True)
class Standings:
    """The lines of a form, and how many more lie below them."""

    shown: tuple[Standing, ...]
    hidden: int = 0


@reads(Subject.SALES, Subject.POLICIES, Subject.RENEWALS, Subject.PEOPLE, Subject.CHANNELS, Subject.TARGETS,
       Subject.SETTINGS)  # fmt: skip
def standing(connection: Connection, scope: Scope, month: Period, metric: str, today: date) -> Standings:
    """The subjects of the scope (N1, M13), channels each followed by their people; an own-cases scope: that person.

    Of more than `MOST` the upper levels alone: each line asks for figures of its own. A month that has not begun has no
    figures. Errors: `NotFound` for no such metric.
    """
    record = kpi.find(metric)
    paths = {row.id: row.path for row in connection.execute(queries.channels(scope.path))}
    most = MOST if scope.owner_id is None else None
    lines = target_entries.lines(connection, Scope(scope.path), month, (metric,), most)
    found = []
    for line in lines.shown:
        person = line.kind is TargetSubject.USER
        if scope.owner_id is not None and (not person or line.subject_id != scope.owner_id):
            continue
        where = scope if person else Scope(paths[line.subject_id])
        filters = BoardFilters(consultants=(line.subject_id,)) if person else BoardFilters()
        figure = Figure(None)
        if month.first <= today and filters.used <= record.filters:
            reached = Period(month.first, min(month.last, today))
            figure = board_figures.board(connection, where, reached, filters, as_of_day=today).figure(metric)
        found.append(Standing(line, figure, kpi.ratio(figure.value, line.cells[0].found)))
    return Standings(tuple(found), lines.hidden)
