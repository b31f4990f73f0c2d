"""Lost events of a period by what else was noted of them: the competitor, how far the price was off; and reviewed.

Parameters as in `db.queries.losses.decided`.
"""

from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select
from sqlalchemy.orm import aliased

from db.base import Money
from db.queries.loss_reviews import REVIEWED, UNCLEAR
from db.queries.losses.decided import EVENTS, LOST, asked, decided_kinds, in_scope, joined, lost_only
from db.queries.losses.shape import Shape
from db.tables import LossReason, LossReview
from db.terms import LossReviewState

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


@cache
def reviewed(shape: Shape) -> Rows:
    """How many there are, how many of them a manager accepted, and how many of these have a clear reason; one row."""
    event, group = EVENTS[shape.domain], aliased(LossReason)
    accepted = LossReview.state == LossReviewState.ACCEPTED
    clear = and_(accepted, LossReason.slug != UNCLEAR, group.slug != UNCLEAR)
    columns = (
        func.count().label("losses"), func.count(case((accepted, 1))).label("accepted_losses"),
        func.count(case((clear, 1))).label("clear_losses"),
    )  # fmt: skip
    return (
        asked(select(*columns), shape)
        .join(LossReason, LossReason.id == event.loss_reason_id)
        .outerjoin(group, group.id == LossReason.parent_id)
        .outerjoin(LossReview, REVIEWED[shape.domain] == event.id)
        .where(*in_scope(shape), decided_kinds(shape.domain), event.kind == LOST[shape.domain], *lost_only(shape))
    )


def _counted(shape: Shape, noted: ColumnElement[Any]) -> Rows:
    event = EVENTS[shape.domain]
    conditions = [*in_scope(shape), event.kind == LOST[shape.domain], *lost_only(shape)]
    each = joined(select(noted), shape.domain).where(*conditions).subquery("lost_events")
    return select(each.c.noted, func.count().label("lost")).group_by(each.c.noted)
