"""What the data itself says of a centre's functions in a month: a proposal for its marks, never a mark (C3)."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import Connection

from db.terms import CentreFunction, Subject
from lib import board, kpi
from lib.access import Scope
from lib.data import reads
from lib.forecasts.standing import State, overview
from lib.periods import Unit, whole
from lib.targets import targets

F = CentreFunction
HUNDRED = Decimal(100)
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
    """
    scope, period = Scope(path), whole(Unit.MONTH, month)
    sold = board.board(connection, scope, period, as_of_day=period.last).numbers.deliveries
    target = targets(connection, scope, period, period.last, ("deliveries",)).target("deliveries")
    owed = [each for each in overview(connection, scope, month, month).nodes if each.state is not State.FREE]
    on_time = sum(each.state is State.ON_TIME for each in owed)
    found = [
        _share(F.VEHICLE_SALES, sold, target),
        _share(F.FEEDBACK, on_time, Decimal(len(owed))),
    ]
    return tuple(each for each in found if each is not None)


def _share(function: CentreFunction, count: int, of: Decimal | None) -> Measured | None:
    share = kpi.ratio(count, of)
    if share is None or of is None:
        return None
    return Measured(function, min(HUNDRED, (share * HUNDRED).quantize(WHOLE, ROUND_HALF_UP)), count, of)
