"""Lost and won renewals of a period by their type. Parameters as in `db.queries.losses.decided`."""

from functools import cache
from typing import Any

from sqlalchemy import Select, case, func, select

from db.queries.losses.decided import joined, within
from db.queries.losses.shape import Shape
from db.tables import Renewal, RenewalEvent
from db.terms import RenewalEventKind


@cache
def by_type(shape: Shape) -> Select[*tuple[Any, ...]]:
    """One row a type; a shape of renewals."""
    lost = func.count(case((RenewalEvent.kind == RenewalEventKind.LOST, 1)))
    query = select(Renewal.type, lost.label("lost"), (func.count() - lost).label("won"))
    return joined(query, shape.domain).where(*within(shape)).group_by(Renewal.type)
