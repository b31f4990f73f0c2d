"""How near each node's forecasts came to its deliveries (model.md, "Channels")."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from db.queries import channel_figures as queries
from db.terms import Subject
from lib import kpi, preferences, settings
from lib.access import Scope
from lib.board import EVERYTHING, parameters, shape
from lib.clock import business_day
from lib.data import reads
from lib.kpi import Figure
from lib.periods import DAY, Period, Unit, whole, whole_months

Cars = Counter[tuple[date, int]]
"""Cars by month (its first day) and model."""


@dataclass(frozen=True)
class Submission:
    """One quantity of one model for one month."""

    month: date
    car_model_id: int
    quantity: int
    submitted_at: datetime


@dataclass(frozen=True)
class Accuracy:
    """A node's forecasts against its subtree's deliveries. `on_time` is none where no whole month lies in the window.

    A month is on time when every model forecast for it was first submitted by the deadline, and one was.
    """

    absolute_error: int
    error: int
    naive_error: int
    actual: int
    on_time: bool | None

    def figure(self, slug: str) -> Figure:
        return kpi.figure(kpi.find(slug), self)

    @property
    def forecast_value_added(self) -> Decimal | None:
        """How much better than copying last month."""
        naive, error = self.figure("naive_wape").value, self.figure("wape").value
        return None if naive is None or error is None else Decimal(naive) - Decimal(error)


@reads(Subject.FORECASTS, Subject.SALES, Subject.CHANNELS, Subject.SETTINGS)
def accuracies(connection: Connection, scope: Scope, period: Period) -> tuple[tuple[str, Accuracy], ...]:
    """The accuracy of each node of the scope that ever submitted, by path, over the months whole in the period (C5)."""
    nodes = {row.id: row.path for row in connection.execute(queries.forecasting(scope.path))}
    months = tuple(month.first for month in whole_months(period))
    submitted = _submitted(connection, months) if nodes and months else {}
    delivered = _delivered(connection, scope, months) if nodes and months else {}
    zone, deadline = settings.load().zone, int(preferences.value(connection, preferences.FORECAST_DAY))
    return tuple(
        (path, accuracy(submitted.get(node, ()), _below(path, delivered), months, zone, deadline))
        for node, path in nodes.items()
    )


def accuracy(
    submissions: Iterable[Submission], delivered: Cars, months: tuple[date, ...], zone: ZoneInfo, deadline: int
) -> Accuracy:
    """The errors over whole months; `submissions` in the order of submitting, `delivered` from a month before."""
    forecast: Cars = Counter()
    first: dict[date, dict[int, date]] = defaultdict(dict)
    for each in submissions:
        if each.submitted_at < datetime.combine(each.month, time(), zone):
            forecast[each.month, each.car_model_id] = each.quantity
            first[each.month].setdefault(each.car_model_id, business_day(each.submitted_at, zone))
    models = {model for _, model in (*forecast, *delivered)}
    pairs = [(month, model) for month in months for model in models]
    errors = [forecast[pair] - delivered[pair] for pair in pairs]
    return Accuracy(
        absolute_error=sum(map(abs, errors)),
        error=sum(errors),
        naive_error=sum(abs(delivered[before(month), model] - delivered[month, model]) for month, model in pairs),
        actual=sum(delivered[pair] for pair in pairs),
        on_time=all(_on_time(month, first[month].values(), deadline) for month in months) if months else None,
    )


def before(month: date) -> date:
    """The first day of the month before."""
    return whole(Unit.MONTH, month - DAY).first


def _on_time(month: date, days: Iterable[date], deadline: int) -> bool:
    days = list(days)
    return bool(days) and max(days) <= before(month).replace(day=deadline)


def _submitted(connection: Connection, months: tuple[date, ...]) -> dict[int, list[Submission]]:
    found: dict[int, list[Submission]] = defaultdict(list)
    for row in connection.execute(queries.forecasts(), {"first": months[0], "last": months[-1]}):
        found[row.channel_id].append(Submission(row.month, row.car_model_id, row.quantity, row.submitted_at))
    return found


def _delivered(connection: Connection, scope: Scope, months: tuple[date, ...]) -> dict[str, Cars]:
    """Deliveries by the path of their channel, a month further back than the window."""
    paths = {row.id: row.path for row in connection.execute(queries.nodes(scope.path))}
    span = Period(before(months[0]), whole(Unit.MONTH, months[-1]).last)
    found: dict[str, Cars] = defaultdict(Counter)
    rows = connection.execute(queries.delivered_models(shape(scope, EVERYTHING)), parameters(scope, span, EVERYTHING))
    for row in rows:
        found[paths[row.channel_id]][date.fromisoformat(f"{row.month}-01"), row.car_model_id] += row.cars
    return found


def _below(path: str, delivered: dict[str, Cars]) -> Cars:
    return sum((cars for node, cars in delivered.items() if node.startswith(path)), Counter())
