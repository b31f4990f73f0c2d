"""What the data itself says of a centre's functions in a month: a proposal for its marks, never a mark (C3)."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import Connection

from db.queries import alerts as alert_queries
from db.terms import AlertState, CentreFunction, Subject
from lib import kpi
from lib.access import Scope
from lib.alerts import finding
from lib.board import figures as board_figures
from lib.data import reads
from lib.forecasts.standing import OWES_NONE, State, overview
from lib.periods import Period, Unit, whole
from lib.targets import targets

F = CentreFunction
HUNDRED = Decimal(100)
POINTS = Decimal(5)  # that an alert costs the order of the market
WHOLE = Decimal(1)


@dataclass(frozen=True)
class Measured:
    """A function's proposal: a mark of 0 to 100 and the two numbers that it comes from."""

    function: CentreFunction
    score: Decimal
    count: int
    of: Decimal


@reads(
    Subject.SALES, Subject.TARGETS, Subject.FORECASTS, Subject.CHANNELS, Subject.PEOPLE, Subject.SETTINGS
)  # fmt: skip
def measured(connection: Connection, path: str, month: date) -> tuple[Measured, ...]:
    """What can be measured of the centre at a path in a month, with everything below it; `month` has begun.

    Sales: deliveries of the target. Feedback: forecasts on time of those owed, its own and its agents'.
    Market order: a hundred less five points for each alert about a sale.
    """
    scope, period = Scope(path), whole(Unit.MONTH, month)
    sold = board_figures.board(connection, scope, period, as_of_day=period.last).numbers.deliveries
    target = targets(connection, scope, period, period.last, ("deliveries",)).target("deliveries")
    owed = [each for each in overview(connection, scope, month, month).nodes if each.state not in OWES_NONE]
    on_time = sum(each.state is State.ON_TIME for each in owed)
    found = [
        _share(F.VEHICLE_SALES, sold, target),
        _share(F.FEEDBACK, on_time, Decimal(len(owed))),
        _order(connection, scope, period) if sold else None,
    ]
    return tuple(each for each in found if each is not None)


def _order(connection: Connection, scope: Scope, period: Period) -> Measured:
    """A hundred less some points for each alert about a sale of the month that nobody explained or called false."""
    found = {each.key for each in finding.of_sales(connection, scope, period, period.last)}
    rows = connection.execute(alert_queries.settlements(scope.path))
    found -= {(row.kind, row.channel_id, row.case) for row in rows if row.state is not AlertState.CORRECTED}
    return Measured(F.MARKET_ORDER, max(Decimal(), HUNDRED - POINTS * len(found)), len(found), POINTS)


def _share(function: CentreFunction, count: int, of: Decimal | None) -> Measured | None:
    share = kpi.ratio(count, of)
    if share is None or of is None:
        return None
    return Measured(function, min(HUNDRED, (share * HUNDRED).quantize(WHOLE, ROUND_HALF_UP)), count, of)
