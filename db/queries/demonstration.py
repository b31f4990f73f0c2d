"""Where the demonstration's next made-up event may happen: one row, drawn by the database."""

from typing import Any

from sqlalchemy import Select, func, select

from db.tables import CarModel, Channel, Lead, LossReason, User
from db.terms import LeadStatus, LossDomain, Role


def some_consultant() -> Select[*tuple[Any, ...]]:
    """An active consultant."""
    return select(User.id).where(User.role == Role.CONSULTANT, User.active).order_by(func.random()).limit(1)


def some_lead(status: LeadStatus) -> Select[*tuple[Any, ...]]:
    """A captured lead in this state, of a consultant who still works here, with its model's price."""
    return (
        select(Lead.id, Lead.version, Lead.consultant_id, CarModel.name, CarModel.guide_price)
        .join(User, User.id == Lead.consultant_id)
        .join(CarModel, CarModel.id == Lead.car_model_id)
        .where(Lead.status == status, Lead.captured, User.active)
        .order_by(func.random())
        .limit(1)
    )


def model_id(name: str) -> Select[*tuple[Any, ...]]:
    """The key of a model."""
    return select(CarModel.id).where(CarModel.name == name)


def loss_reason_id(slug: str) -> Select[*tuple[Any, ...]]:
    """The key of a lead's loss reason of the second level."""
    return select(LossReason.id).where(
        LossReason.domain == LossDomain.LEAD, LossReason.slug == slug, LossReason.parent_id.is_not(None)
    )


def channel_id(code: str) -> Select[int]:
    """The key of a channel."""
    return select(Channel.id).where(Channel.code == code)


def reason_id(domain: LossDomain, slug: str) -> Select[int]:
    """The key of a loss reason of either level; of the first where both are called so."""
    found = select(LossReason.id).where(LossReason.domain == domain, LossReason.slug == slug)
    return found.order_by(LossReason.parent_id.is_not(None)).limit(1)
