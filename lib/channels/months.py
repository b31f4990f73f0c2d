"""What each node did month by month, with everything below it: the last twelve."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection

from db.queries import channel_figures as queries
from db.queries.summaries import reading as sums
from db.tables.summaries import MonthKind
from db.terms import Subject
from lib import kpi
from lib.access import Scope
from lib.board.figures import EVERYTHING, parameters, shape
from lib.channels.figures import lines_above
from lib.data import reads
from lib.kpi import Figure
from lib.periods import Period, Unit, whole
from lib.summaries import asking
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
NOTHING = Decimal()
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
    places = {asking.number(month): place for place, month in enumerate(span)}
    paths = {row.id: row.path for row in connection.execute(queries.nodes(scope.path))}
    period = Period(span[0].first, span[-1].last)
    shaped, values = shape(scope, EVERYTHING), parameters(scope, period, EVERYTHING)
    cut = asking.spans(connection, MonthKind.SALES, scope, period)
    found: dict[str, Course] = {}

    @cache
    def courses(channel_id: int) -> tuple[Course, ...]:
        """Those of a node and of all above it in the scope."""
        over = (paths[channel_id], *lines_above(paths[channel_id]))
        mine = [path for path in over if scope.covers(path) or path == GROUP]
        return tuple(found.setdefault(path, _blank()) for path in mine)

    def add(row: Any) -> None:
        """Whatever a row tells of: one of the rows' sentences leaves out the prices, the other the counts."""
        told = row._mapping
        revenue, guided, guide = (told.get(name, NOTHING) for name in ("revenue", "guided_revenue", "guide_amount"))
        leads, orders, deliveries = (told.get(name, 0) for name in ("leads", "orders", "deliveries"))
        for course in courses(row.channel_id):
            each = course[places[row.month]]
            each.leads += leads
            each.orders += orders
            each.deliveries += deliveries
            each.revenue += revenue
            each.price_difference += guided - guide
            each.guide_amount += guide

    summed = sums.channels(scope.path is not None)
    for row in asking.rows(connection, cut, queries.by_month(shaped), summed, values):
        add(row)
    for row in asking.rows(connection, replace(cut, months=()), queries.sold_by_month(shaped), summed, values):
        add(row)
    return MappingProxyType(found)


def _blank() -> Course:
    return tuple(MonthNumbers() for _ in range(LENGTH))
