"""One node's forecast of one month as it is filled in: a line a model with what helps to judge it (C5)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import Connection

from db.queries import forecasts as queries
from db.queries.channels import after as path_end
from db.terms import ChannelKind, Subject
from lib import settings
from lib.access import Scope
from lib.board.figures import EVERYTHING, parameters, shape
from lib.data import reads
from lib.forecasts.freezes import Freeze, standing_freezes, store_of
from lib.forecasts.months import before, begins, due_on, month_of
from lib.forecasts.standing import State, Submitted, state, submitted
from lib.periods import Period, Unit, whole
from lib.refusals import NotFound

MONTHS_AVERAGED = 3


@dataclass(frozen=True)
class Line:
    """One model. Deliveries and stock are those of the node's subtree, deliveries from before it moved too.

    `last_month` and `average` (of three) are whole months before the forecast was due; `so_far` is this month until
    today; `actual` the forecast month's own once it has begun. `below` is what those straight below submitted together:
    none where nobody spoke.
    """

    car_model_id: int
    model: str
    last_month: int
    average: Decimal
    so_far: int
    in_stock: int
    in_transit: int
    below: int | None
    quantity: int | None
    reason: str | None
    actual: int | None


@dataclass(frozen=True)
class Sheet:
    """A node's month. `seen` is the key of the row stored last: whoever submits says which they saw."""

    id: int
    code: str
    name: str
    kind: ChannelKind
    path: str
    month: date
    due_on: date
    last_month: date
    lines: tuple[Line, ...]
    below: tuple[Submitted, ...]
    state: State
    seen: int
    submitted_at: datetime | None
    submitted_by: str | None
    freeze: Freeze | None
    begun: bool

    @property
    def open(self) -> bool:
        """Whether it may still be submitted."""
        return self.freeze is None and not self.begun

    @property
    def missing(self) -> tuple[Submitted, ...]:
        """Those straight below who have not spoken."""
        return tuple(each for each in self.below if each.owes)


@reads(Subject.FORECASTS, Subject.SALES, Subject.STOCK, Subject.CHANNELS, Subject.PEOPLE, Subject.SETTINGS)
def sheet(connection: Connection, scope: Scope, code: str, month: date, today: date) -> Sheet:
    """The sheet of a node of the scope. Errors: `NotFound`."""
    node = connection.execute(queries.node(code, scope.path)).first()
    if node is None:
        raise NotFound
    zone, due, moment = settings.load().zone, due_on(connection, month), begins(month, settings.load().zone)
    own = {row.car_model_id: row for row in connection.execute(queries.own(node.id, month, moment))}
    under = tuple(submitted(row, due, today, zone) for row in connection.execute(queries.below(node.id, month, moment)))
    last = connection.execute(queries.last(node.id, month)).first()
    frozen = dict(standing_freezes(connection, [store_of(node.path)], month))
    complete_at = max((row.first_at for row in own.values()), default=None)
    return Sheet(
        node.id, node.code, node.name, node.kind, node.path, month, due, before(min(month, month_of(today))),
        _lines(connection, node, month, today, own, below_sums(connection, node.id, month, moment)), under,
        state(node, complete_at, due, today, zone), last.id if last else 0,
        last.submitted_at if last else None, last.submitted_by if last else None,
        frozen.get(store_of(node.path)), month <= today,
    )  # fmt: skip


def below_sums(connection: Connection, node_id: int, month: date, moment: datetime) -> dict[int, int] | None:
    """What those straight below submitted together, by model; none where nobody spoke."""
    rows = connection.execute(queries.below_models(node_id, month, moment)).all()
    return {row.car_model_id: int(row.quantity) for row in rows} or None


def _lines(
    connection: Connection, node: Any, month: date, today: date, own: dict[int, Any], below: dict[int, int] | None
) -> tuple[Line, ...]:
    until = min(month, month_of(today))
    past = [before(until)]
    while len(past) < MONTHS_AVERAGED:
        past.append(before(past[-1]))
    until_last = max(today, whole(Unit.MONTH, month).last)
    sold = sum((_delivered(connection, path, past[-1], until_last) for path in _places(connection, node)), Counter())
    stock = _stock(connection, node.path)
    return tuple(
        Line(
            model.id, model.name, sold[past[0], model.id],
            _average([sold[each, model.id] for each in past]), sold[month_of(today), model.id],
            *stock.get(model.id, (0, 0)), None if below is None else below.get(model.id, 0),
            own[model.id].quantity if model.id in own else None, own[model.id].reason if model.id in own else None,
            sold[month, model.id] if month <= today else None,
        )
        for model in connection.execute(queries.models())
    )  # fmt: skip


def _places(connection: Connection, node: Any) -> list[str]:
    """Where a node stands, and where it stood before it moved: what it sold there helps to judge what it will."""
    found = [node.path]
    while node.moved_from_id is not None:
        node = connection.execute(queries.by_id(node.moved_from_id)).one()
        found.append(node.path)
    return found


def _delivered(connection: Connection, path: str, first: date, last: date) -> Counter[tuple[date, int]]:
    scope = Scope(path)
    rows = connection.execute(
        queries.delivered(shape(scope, EVERYTHING)), parameters(scope, Period(first, last), EVERYTHING)
    )
    return Counter({(date.fromisoformat(f"{row.month}-01"), row.car_model_id): row.cars for row in rows})


def _stock(connection: Connection, path: str) -> dict[int, tuple[int, int]]:
    rows = connection.execute(queries.stock(), {"path": path, "path_end": path_end(path)})
    return {row.car_model_id: (row.in_stock, row.in_transit) for row in rows}


def _average(cars: list[int]) -> Decimal:
    return (Decimal(sum(cars)) / len(cars)).quantize(Decimal("0.1"), ROUND_HALF_UP)
