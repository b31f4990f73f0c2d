"""What a node sold of each model, with everything below it."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection

from db.queries import channel_figures as queries
from db.terms import Subject
from lib import kpi
from lib.access import Scope
from lib.board.figures import EVERYTHING, parameters, shape
from lib.data import reads
from lib.kpi import Figure
from lib.periods import Period


@dataclass(frozen=True)
class ModelNumbers:
    """One model's numbers in a period; `name` is none for leads that named no model. Orders are net."""

    name: str | None
    leads: int
    orders: int
    deliveries: int
    revenue: Decimal
    price_difference: Decimal
    guide_amount: Decimal

    def figure(self, slug: str) -> Figure:
        return kpi.figure(kpi.find(slug), self)


@reads(Subject.SALES, Subject.CHANNELS)
def models(connection: Connection, node: Scope, period: Period) -> tuple[ModelNumbers, ...]:
    """The models that had leads, orders or deliveries, most deliveries first."""
    shaped, values = shape(node, EVERYTHING), parameters(node, period, EVERYTHING)
    sold = {row.car_model_id: row for row in connection.execute(queries.sold_by_model(shaped), values)}
    found = []
    for row in connection.execute(queries.by_model(shaped), values):
        money = (Decimal(),) * 3
        if (paid := sold.get(row.car_model_id)) is not None:
            money = (paid.revenue, paid.guided_revenue - paid.guide_amount, paid.guide_amount)
        if row.leads or row.orders or row.deliveries:
            found.append(ModelNumbers(row.name, row.leads, row.orders, row.deliveries, *money))
    return tuple(sorted(found, key=lambda each: (-each.deliveries, -each.orders, -each.leads, each.name or "")))
