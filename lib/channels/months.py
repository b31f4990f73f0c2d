"""What each node did month by month, with everything below it: the last twelve."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection

from db.queries import channel_figures as queries
from db.terms import Subject
from lib import kpi
from lib.access import Scope
from lib.board import EVERYTHING, parameters, shape
from lib.channel_figures import lines_above
from lib.data import reads
from lib.kpi import Figure
from lib.periods import Period, Unit, whole
from lib.targets import GROUP

LENGTH = 12
FIGURES = (
    "deliveries", "orders", "leads", "lead_to_order_rate", "order_to_delivery_rate", "revenue", "price_deviation_rate",
)  # fmt: skip
"""What a month can be asked for: nothing that has to be counted anew over its parts."""


@dataclass
class MonthNumbers:
    """What adds up over nodes and months. Orders are net of cancellations."""

    leads: int = 0
    orders: int = 0
    deliveries: int = 0
    revenue: Decimal = Decimal()
    price_difference: Decimal = Decimal()
    guide_amount: Decimal = Decimal()

    def figure(self, slug: str) -> Figure:
        return kpi.figure(kpi.find(slug), self)


Course = tuple[MonthNumbers, ...]
IDLE: Course = tuple(MonthNumbers() for _ in range(LENGTH))


def last_months(day: date, length: int = LENGTH) -> tuple[Period, ...]:
    """The calendar months up to that of a day, the earliest first."""
    months = [whole(Unit.MONTH, day)]
    while len(months) < length:
        months.insert(0, whole(Unit.MONTH, months[0].first - timedelta(days=1)))
    return tuple(months)


@reads(Subject.SALES, Subject.CHANNELS)
def months(connection: Connection, scope: Scope, last: date) -> Mapping[str, Course]:
    """The twelve months up to that of `last`, of each node of the scope with an event, by path; the group's too."""
    span = last_months(last)
    places = {month.name: place for place, month in enumerate(span)}
    paths = {row.id: row.path for row in connection.execute(queries.nodes(scope.path))}
    shaped = shape(scope, EVERYTHING)
    values = parameters(scope, Period(span[0].first, span[-1].last), EVERYTHING)
    found: dict[str, Course] = {}

    def of(row: Any) -> list[MonthNumbers]:
        """The month of the row's node and of all above it in the scope."""
        over = (paths[row.channel_id], *lines_above(paths[row.channel_id]))
        mine = [path for path in over if scope.covers(path) or path == GROUP]
        return [found.setdefault(path, _blank())[places[row.month]] for path in mine]

    for row in connection.execute(queries.by_month(shaped), values):
        for each in of(row):
            each.leads += row.leads
            each.orders += row.orders
            each.deliveries += row.deliveries
    for row in connection.execute(queries.sold_by_month(shaped), values):
        for each in of(row):
            each.revenue += row.revenue
            each.price_difference += row.guided_revenue - row.guide_amount
            each.guide_amount += row.guide_amount
    return MappingProxyType(found)


def _blank() -> Course:
    return tuple(MonthNumbers() for _ in range(LENGTH))
