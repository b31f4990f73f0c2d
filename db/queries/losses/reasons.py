"""The dictionary of loss reasons, both levels in one row."""

from functools import cache
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from db.tables import LossReason


@cache
def reasons() -> Select[*tuple[Any, ...]]:
    """Every second-level reason with its first level, in the order of the dictionary."""
    group = aliased(LossReason)
    return (
        select(
            LossReason.id, LossReason.domain, LossReason.slug, LossReason.name, LossReason.name_en,
            LossReason.controllable, group.slug.label("group"), group.name.label("group_name"),
            group.name_en.label("group_name_en"),
        )
        .join(group, group.id == LossReason.parent_id)
        .order_by(LossReason.domain, group.position, group.id, LossReason.position, LossReason.id)
    )  # fmt: skip
