"""Lost events of a period by what else was noted of them: the competitor, how far the price was off.

Parameters as in `db.queries.losses.decided`.
"""

from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal, select

from db.base import Money
from db.queries.losses.decided import EVENTS, LOST, in_scope, joined, lost_only
from db.queries.losses.shape import Shape

Rows = Select[*tuple[Any, ...]]


@cache
def by_competitor(shape: Shape) -> Rows:
    """Losses by competitor, none for those without one."""
    return _counted(shape, func.nullif(func.trim(EVENTS[shape.domain].competitor), "").label("noted"))


@cache
def by_gap(shape: Shape, edges: tuple[Decimal, ...]) -> Rows:
    """Losses by the place of their price gap among ascending edges: 0 below the first; none where none was noted."""
    amount = EVENTS[shape.domain].price_gap_amount
    below = [(amount < literal(edge, Money()), place) for place, edge in enumerate(edges)]
    return _counted(shape, case((amount.is_(None), None), *below, else_=len(edges)).label("noted"))


def _counted(shape: Shape, noted: ColumnElement[Any]) -> Rows:
    event = EVENTS[shape.domain]
    conditions = [*in_scope(shape), event.kind == LOST[shape.domain], *lost_only(shape)]
    each = joined(select(noted), shape.domain).where(*conditions).subquery("lost_events")
    return select(each.c.noted, func.count().label("lost")).group_by(each.c.noted)
