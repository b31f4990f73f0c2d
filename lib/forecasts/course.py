"""A node's forecasts beside its deliveries, month by month."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from db.terms import Subject
from lib import settings
from lib.access import Scope
from lib.channels.months import last_months
from lib.data import reads
from lib.forecasts import figures as forecast_figures


@dataclass(frozen=True)
class ForecastMonth:
    """What a node forecast of a month before it began (none where it did not), and what its subtree delivered in it."""

    first: date
    forecast: int | None
    actual: int


@reads(Subject.FORECASTS, Subject.SALES, Subject.CHANNELS)
def course(connection: Connection, node: Scope, last: date) -> tuple[ForecastMonth, ...]:
    """The twelve months up to that of `last`; nothing for a node that never submitted."""
    months = tuple(month.first for month in last_months(last))
    record = forecast_figures.records(connection, node, months).get(node.path or "")
    if record is None:
        return ()
    expected = forecast_figures.expected(record.submissions, settings.load().zone)
    return tuple(
        ForecastMonth(first, _sum(expected, first), _sum(record.delivered, first) or 0) for first in months
    )  # fmt: skip


def _sum(cars: forecast_figures.Cars, month: date) -> int | None:
    found = [count for (of, _), count in cars.items() if of == month]
    return sum(found) if found else None
