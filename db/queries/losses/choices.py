"""Whom and what the loss analysis can be narrowed to, and how those it counts are called."""

from typing import Any

from sqlalchemy import ColumnElement, Select, false, or_, select

from db.queries.channels import within
from db.tables import CarModel, Channel, User
from db.terms import Role

WITH_CASES = (Role.CONSULTANT, Role.RENEWAL_SPECIALIST, Role.POLICY_SPECIALIST, Role.MANAGER)


def people(path: str | None) -> Select[*tuple[Any, ...]]:
    """Everybody; `offered` are those at home in a subtree who may have cases, those at work first."""
    offered = User.role.in_(WITH_CASES) & _at_home(path)
    return (
        select(User.id, User.username, User.name, User.active, offered.label("offered"))
        .outerjoin(Channel, Channel.id == User.channel_id)
        .order_by(User.active.desc(), User.id)
    )


def channels(path: str | None) -> Select[*tuple[Any, ...]]:
    """The channels of a subtree, depth first."""
    return select(Channel.id, Channel.code, Channel.name, Channel.path).where(within(path)).order_by(Channel.path)


def car_models() -> Select[*tuple[Any, ...]]:
    """The cars on sale, and those that were."""
    return select(CarModel.id, CarModel.name).order_by(CarModel.name)


def _at_home(path: str | None) -> ColumnElement[bool]:
    nowhere = User.channel_id.is_(None) if path is None else false()
    return or_(nowhere, within(path))
