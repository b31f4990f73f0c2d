"""Finding alerts: prices out of the band, sales outside the territory, wholesale, fallen conversion, silence.

A sale is a delivery, and belongs to the node that it counts for.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from db.queries import alerts as queries
from db.queries import channel_figures
from db.terms import AlertKind, BuyerKind
from lib import kpi, masking, preferences
from lib.access import Scope
from lib.board.figures import EVERYTHING, parameters, shape
from lib.periods import DAY, Period

SALES_DAYS = 90  # how far back prices and territories are looked at
RECENT_DAYS, USUAL_DAYS = 30, 90  # conversion: the last days against those before
LEADS_NEEDED = 30  # in both, or a rate says nothing
FALLEN_TO = Decimal(2) / 3  # of what it was


@dataclass(frozen=True)
class Sale:
    """A sale behind an alert. The buyer's name is masked."""

    lead_id: int
    channel_id: int
    channel: str
    lead_no: str
    on: date
    model: str | None
    consultant: str
    buyer: str | None
    price: Decimal | None
    guide_price: Decimal | None
    district: str | None
    territory: str | None
    buyer_kind: BuyerKind | None

    @property
    def deviation(self) -> Decimal | None:
        """How far the price lies from the guide price, as a share of it."""
        if self.price is None or self.guide_price is None:
            return None
        return kpi.ratio(self.price - self.guide_price, self.guide_price)


@dataclass(frozen=True)
class Rates:
    """Orders by leads in the last days and in those before."""

    orders: int
    leads: int
    orders_before: int
    leads_before: int

    @property
    def now(self) -> Decimal | None:
        return kpi.ratio(self.orders, self.leads)

    @property
    def before(self) -> Decimal | None:
        return kpi.ratio(self.orders_before, self.leads_before)

    @property
    def fallen(self) -> bool:
        """By more than a third, where there are enough leads to say so."""
        enough = min(self.leads, self.leads_before) >= LEADS_NEEDED
        return enough and self.orders_before > 0 and self.now is not None and self.before is not None and (
            Decimal(self.orders) / self.leads < FALLEN_TO * self.orders_before / self.leads_before
        )  # fmt: skip


@dataclass(frozen=True)
class Alert:
    """One thing that may be wrong at a node. `case` names it within its kind; `on` is the day it rests on.

    `bought` is how many cars its buyer got in the group, which may be more than there are `sales` within reach.
    """

    kind: AlertKind
    channel_id: int
    code: str
    name: str
    path: str
    case: str
    on: date
    sales: tuple[Sale, ...] = ()
    rates: Rates | None = None
    bought: int = 0

    @property
    def key(self) -> tuple[AlertKind, int, str]:
        return self.kind, self.channel_id, self.case


def of_sales(connection: Connection, scope: Scope, window: Period, today: date) -> list[Alert]:
    """Alerts about single sales of a window, and about buyers of several cars until a day."""
    path, first, last = scope.path, window.first, window.last
    band = int(preferences.value(connection, preferences.ALERT_PRICE_BAND))
    found = [
        *_each(AlertKind.PRICE, connection.execute(queries.prices(path, first, last, band))),
        *_each(AlertKind.TERRITORY, connection.execute(queries.territories(path, first, last))),
        *_each(AlertKind.WHOLESALE, connection.execute(queries.to_dealers(path, first, last))),
    ]
    cars = int(preferences.value(connection, preferences.ALERT_BUYER_CARS))
    days = int(preferences.value(connection, preferences.ALERT_BUYER_DAYS))
    rows = connection.execute(queries.repeated(path, today - (days - 1) * DAY, today, cars))
    return [*found, *_by_buyer(rows)]


def of_conversion(connection: Connection, scope: Scope, today: date) -> list[Alert]:
    """Nodes whose own leads turn into orders much more seldom than before. A new month asks again."""
    recent = recent_days(today)
    usual = Period(recent.first - timedelta(USUAL_DAYS), recent.first - DAY)
    now, before = _converted(connection, scope, recent), _converted(connection, scope, usual)
    found = []
    for row in connection.execute(queries.last_seen(scope.path)):
        rates = Rates(*now.get(row.id, (0, 0)), *before.get(row.id, (0, 0)))
        if rates.fallen:
            found.append(_of_node(AlertKind.CONVERSION, row, f"{today:%Y-%m}", today, rates))
    return found


def recent_days(today: date) -> Period:
    """The days whose leads and orders are held against those before."""
    return Period(today - timedelta(RECENT_DAYS - 1), today)


def of_silence(connection: Connection, scope: Scope, today: date) -> list[Alert]:
    """Working nodes that once recorded something and have not for days."""
    days = int(preferences.value(connection, preferences.ALERT_SILENT_DAYS))
    return [
        _of_node(AlertKind.SILENT, row, row.on.isoformat(), row.on)
        for row in connection.execute(queries.last_seen(scope.path))
        if row.on is not None and (today - row.on).days >= days
    ]


def _each(kind: AlertKind, rows: Iterable[Any]) -> list[Alert]:
    return [
        Alert(kind, row.channel_id, row.code, row.name, row.path, f"lead:{row.lead_id}", row.on, (_sale(row),))
        for row in rows
    ]


def _by_buyer(rows: Iterable[Any]) -> list[Alert]:
    """One alert a node and buyer, with the buyer's sales at every node within reach; a further car is a new case.
    A dealer's cars are alerts each already."""
    bought: dict[int, list[Any]] = defaultdict(list)
    at_node: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for row in rows:
        bought[row.customer_id].append(row)
        at_node[row.channel_id, row.customer_id].append(row)
    return [
        Alert(
            AlertKind.WHOLESALE, newest.channel_id, newest.code, newest.name, newest.path,
            f"buyer:{newest.customer_id}:{newest.lead_id}", newest.on, tuple(_sale(row) for row in within_reach),
            bought=newest.bought or len(within_reach),
        )
        for group in at_node.values()
        for newest in (group[0],)
        for within_reach in (bought[newest.customer_id],)
        if any(row.buyer_kind is not BuyerKind.DEALER for row in group)
    ]  # fmt: skip


def _sale(row: Any) -> Sale:
    return Sale(
        row.lead_id, row.channel_id, row.name, row.lead_no, row.on, row.model, row.consultant,
        masking.name(row.customer), row.price, row.guide_price, row.district, row.territory, row.buyer_kind,
    )  # fmt: skip


def _of_node(kind: AlertKind, row: Any, case: str, on: date, rates: Rates | None = None) -> Alert:
    return Alert(kind, row.id, row.code, row.name, row.path, case, on, rates=rates)


def _converted(connection: Connection, scope: Scope, period: Period) -> dict[int, tuple[int, int]]:
    """Orders (net) and leads of each node."""
    rows = connection.execute(
        channel_figures.by_channel(shape(scope, EVERYTHING)), parameters(scope, period, EVERYTHING)
    )
    return {row.channel_id: (row.orders, row.leads) for row in rows}
