"""What the board can be narrowed to, beside sources."""

from typing import Any

from sqlalchemy import Select, select

from db.queries.channels import within
from db.tables import CarModel, Channel, User
from db.terms import Role


def channels(path: str | None) -> Select[*tuple[Any, ...]]:
    """The channels of a subtree (none: the whole group), depth first."""
    return select(Channel.id, Channel.code, Channel.name, Channel.path).where(within(path)).order_by(Channel.path)


def consultants(path: str | None) -> Select[*tuple[Any, ...]]:
    """The consultants at home in a subtree, those at work first."""
    return (
        select(User.id, User.username, User.name, User.active)
        .join(Channel, Channel.id == User.channel_id)
        .where(User.role == Role.CONSULTANT, within(path))
        .order_by(User.active.desc(), User.id)
    )


def car_models() -> Select[*tuple[Any, ...]]:
    """The cars on sale."""
    return select(CarModel.id, CarModel.name).order_by(CarModel.name)
