"""How near each node's forecasts came to its deliveries (model.md, "Channels")."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from db.queries import channel_figures as queries
from db.terms import Subject
from lib import kpi, settings
from lib.access import Scope
from lib.board.figures import EVERYTHING, parameters, shape
from lib.clock import business_day
from lib.data import reads
from lib.forecasts.months import Deadlines, before, deadlines
from lib.kpi import Figure
from lib.periods import Period, Unit, whole, whole_months

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
    """Forecasts against deliveries, over months. `punctual` of the `months` were on time.

    A month is on time when every model forecast for it was first submitted by the deadline, and one was.
    """

    absolute_error: int = 0
    error: int = 0
    naive_error: int = 0
    actual: int = 0
    punctual: int = 0
    months: int = 0

    def __add__(self, other: "Accuracy") -> "Accuracy":
        return Accuracy(**{each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(self)})

    def figure(self, slug: str) -> Figure:
        return kpi.figure(kpi.find(slug), self)

    @property
    def on_time(self) -> bool | None:
        """Whether every month was; none where no whole month lies in the window."""
        return self.punctual == self.months if self.months else None

    @property
    def forecast(self) -> int:
        """How many cars were forecast."""
        return self.error + self.actual

    @property
    def forecast_value_added(self) -> Decimal | None:
        """How much better than copying last month."""
        naive, error = self.figure("naive_wape").value, self.figure("wape").value
        return None if naive is None or error is None else Decimal(naive) - Decimal(error)


@dataclass(frozen=True)
class Record:
    """What one node submitted, in that order, what its subtree delivered, from a month before the window, and those
    months of the window that began with it."""

    submissions: tuple[Submission, ...]
    delivered: Cars
    months: tuple[date, ...]


@reads(Subject.FORECASTS, Subject.SALES, Subject.CHANNELS, Subject.SETTINGS)
def accuracies(connection: Connection, scope: Scope, period: Period) -> tuple[tuple[str, Accuracy], ...]:
    """The accuracy of each node of the scope that ever submitted, by path, over the months whole in the period (C5)."""
    months, zone, due = months_in(period), settings.load().zone, deadlines(connection)
    return tuple(
        (path, accuracy(record.submissions, record.delivered, record.months, zone, due))
        for path, record in records(connection, scope, months).items()
    )


def records(connection: Connection, scope: Scope, months: tuple[date, ...]) -> dict[str, Record]:
    """Of each node of the scope that ever submitted, by path, what is needed to judge its forecasts of these months."""
    nodes = {row.path: row for row in connection.execute(queries.forecasting(scope.path))}
    submitted = _submitted(connection, months) if nodes and months else {}
    delivered = _delivered(connection, scope, months, set(nodes)) if nodes and months else {}
    return {
        path: Record(
            tuple(submitted.get(row.id, ())), delivered.get(path, Counter()),
            tuple(month for month in months if _there_in(row, month)),
        )
        for path, row in nodes.items()
    }  # fmt: skip


def months_in(period: Period) -> tuple[date, ...]:
    """The first days of the months that lie whole in a period."""
    return tuple(month.first for month in whole_months(period))


def accuracy(
    submissions: Iterable[Submission], delivered: Cars, months: tuple[date, ...], zone: ZoneInfo, due: Deadlines
) -> Accuracy:
    """The errors over whole months; `submissions` in the order of submitting, `delivered` from a month before."""
    counting = _counting(submissions, zone)
    first: dict[date, dict[int, date]] = defaultdict(dict)
    for each in counting:
        first[each.month].setdefault(each.car_model_id, business_day(each.submitted_at, zone))
    punctual = sum(_on_time(first[month].values(), due.due_on(month)) for month in months)
    of_models = by_model(counting, delivered, months, zone).values()
    return sum(of_models, Accuracy(punctual=punctual, months=len(months)))


def by_model(
    submissions: Iterable[Submission], delivered: Cars, months: tuple[date, ...], zone: ZoneInfo
) -> Mapping[int, Accuracy]:
    """The errors of each model over whole months; what is on time is not of a model."""
    forecast = expected(submissions, zone)
    return {
        model: sum((_error(model, month, forecast, delivered) for month in months), Accuracy())
        for model in {model for _, model in (*forecast, *delivered)}
    }


def expected(submissions: Iterable[Submission], zone: ZoneInfo) -> Cars:
    """What was forecast last before each month began; `submissions` in the order of submitting."""
    return Counter({(each.month, each.car_model_id): each.quantity for each in _counting(submissions, zone)})


def _error(model: int, month: date, forecast: Cars, delivered: Cars) -> Accuracy:
    actual = delivered[month, model]
    error = forecast[month, model] - actual
    return Accuracy(abs(error), error, abs(delivered[before(month), model] - actual), actual)


def _counting(submissions: Iterable[Submission], zone: ZoneInfo) -> list[Submission]:
    """Those that came before their month began."""
    return [each for each in submissions if each.submitted_at < datetime.combine(each.month, time(), zone)]


def _there_in(node: Any, month: date) -> bool:
    """Whether a node was there when a month began, as `db.queries.forecasts.there_in` says it."""
    begun = node.opened_on is None or node.opened_on < month
    return begun and (node.active or (node.closed_on is not None and node.closed_on >= month))


def _on_time(days: Iterable[date], due_on: date) -> bool:
    days = list(days)
    return bool(days) and max(days) <= due_on


def _submitted(connection: Connection, months: tuple[date, ...]) -> dict[int, list[Submission]]:
    found: dict[int, list[Submission]] = defaultdict(list)
    for row in connection.execute(queries.forecasts(), {"first": months[0], "last": months[-1]}):
        found[row.channel_id].append(Submission(row.month, row.car_model_id, row.quantity, row.submitted_at))
    return found


def _delivered(connection: Connection, scope: Scope, months: tuple[date, ...], wanted: set[str]) -> dict[str, Cars]:
    """Deliveries of the subtrees of the wanted paths, a month further back than the window."""
    paths = {row.id: row.path for row in connection.execute(queries.nodes(scope.path))}
    span = Period(before(months[0]), whole(Unit.MONTH, months[-1]).last)
    found: dict[str, Cars] = defaultdict(Counter)
    rows = connection.execute(queries.delivered_models(shape(scope, EVERYTHING)), parameters(scope, span, EVERYTHING))
    for row in rows:
        for path in _at_and_above(paths[row.channel_id]):
            if path in wanted:
                found[path][date.fromisoformat(f"{row.month}-01"), row.car_model_id] += row.cars
    return found


def _at_and_above(path: str) -> list[str]:
    return [path[: at + 1] for at, letter in enumerate(path) if letter == "."]
