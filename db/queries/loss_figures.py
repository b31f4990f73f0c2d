"""Losses by the second level of their reason. Parameters: `first`, `last`, `path`, `path_end`."""

from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from db.queries.channels import subtree
from db.tables import LeadEvent, LossReason, RenewalEvent
from db.terms import LeadEventKind, LossDomain, RenewalEventKind

EVENTS: dict[LossDomain, tuple[Any, Any]] = {
    LossDomain.LEAD: (LeadEvent, LeadEventKind.LOST),
    LossDomain.RENEWAL: (RenewalEvent, RenewalEventKind.LOST),
}


@cache
def by_reason(domain: LossDomain, scoped: bool) -> Select[*tuple[Any, ...]]:
    """The lost events of the period."""
    event, lost = EVENTS[domain]
    query = (
        select(LossReason.slug.label("reason"), func.count().label("cases"))
        .select_from(event)
        .join(LossReason, LossReason.id == event.loss_reason_id)
        .where(
            event.superseded_at.is_(None), event.business_on.between(bindparam("first"), bindparam("last")),
            event.kind == lost,
        )
        .group_by(LossReason.slug)
    )  # fmt: skip
    return query.where(event.channel_id.in_(subtree())) if scoped else query
