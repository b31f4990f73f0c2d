"""What a form offers to choose from."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from db.tables import CarModel, LossReason
from db.terms import LossDomain


def car_models() -> Select[int, str]:
    """The models on sale."""
    return select(CarModel.id, CarModel.name).order_by(CarModel.name)


def loss_reasons(domain: LossDomain) -> Select[*tuple[Any, ...]]:
    """The active second-level reasons of a domain, each with its first level."""
    group = aliased(LossReason)
    return (
        select(
            LossReason.id, LossReason.slug, LossReason.name, LossReason.name_en, group.name.label("group"),
            group.name_en.label("group_en"),
        )
        .join(group, group.id == LossReason.parent_id)
        .where(LossReason.domain == domain, LossReason.active, group.active)
        .order_by(group.position, LossReason.position)
    )  # fmt: skip
