"""What to answer a customer who names a reason."""

from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from db.tables import CounterArgument, LossReason
from db.terms import LossDomain


def listed(domain: LossDomain) -> Select[*tuple[Any, ...]]:
    """The arguments of a domain, each with its reason, in the order of the dictionary and then their own."""
    group = aliased(LossReason)
    return (
        select(
            CounterArgument.id, CounterArgument.loss_reason_id, CounterArgument.title,
            CounterArgument.title_en, CounterArgument.text, CounterArgument.text_en, CounterArgument.position,
            CounterArgument.active, CounterArgument.version,
            LossReason.name.label("reason"), LossReason.name_en.label("reason_en"), group.name.label("group"),
            group.name_en.label("group_en"), func.coalesce(group.id, LossReason.id).label("group_id"),
        )
        .join(LossReason, LossReason.id == CounterArgument.loss_reason_id)
        .outerjoin(group, group.id == LossReason.parent_id)
        .where(CounterArgument.domain == domain)
        .order_by(
            func.coalesce(group.position, LossReason.position), LossReason.parent_id.is_not(None),
            LossReason.position, CounterArgument.position, CounterArgument.id,
        )
    )  # fmt: skip
