"""Sentences about the businesses that want to join the network (C1)."""

from typing import Any

from sqlalchemy import Select, select

from db.queries.channels import within
from db.tables import Channel, Partner, PartnerMark, PartnerVisit, User

Rows = Select[*tuple[Any, ...]]


def partners(path: str | None) -> Rows:
    """The partners that would stand in a subtree, the latest first."""
    return (
        select(
            Partner.id, Partner.name, Partner.kind, Partner.parent_id, Partner.territory, Partner.market_tier,
            Partner.state, Partner.decision, Partner.decided_at, Partner.channel_id, Partner.version,
            Channel.name.label("parent"), Channel.path,
        )
        .join(Channel, Channel.id == Partner.parent_id)
        .where(within(path))
        .order_by(Partner.created_at.desc(), Partner.id.desc())
    )  # fmt: skip


def partner(partner_id: int) -> Rows:
    """One partner."""
    return partners(None).where(Partner.id == partner_id)


def marks(path: str | None) -> Rows:
    """The marks of a subtree's partners."""
    return (
        select(PartnerMark.partner_id, PartnerMark.criterion, PartnerMark.mark, PartnerMark.evidence)
        .join(Partner, Partner.id == PartnerMark.partner_id)
        .join(Channel, Channel.id == Partner.parent_id)
        .where(within(path))
    )


def visits(path: str | None) -> Rows:
    """The visits to a subtree's partners, the latest first."""
    return (
        select(PartnerVisit.partner_id, PartnerVisit.visited_on, PartnerVisit.findings, User.name.label("by"))
        .join(Partner, Partner.id == PartnerVisit.partner_id)
        .join(Channel, Channel.id == Partner.parent_id)
        .outerjoin(User, User.id == PartnerVisit.actor_id)
        .where(within(path))
        .order_by(PartnerVisit.visited_on.desc(), PartnerVisit.id.desc())
    )


def marks_of(partner_id: int) -> Rows:
    """The marks of one partner."""
    return marks(None).where(PartnerMark.partner_id == partner_id)


def visits_of(partner_id: int) -> Rows:
    """The visits to one partner, the latest first."""
    return visits(None).where(PartnerVisit.partner_id == partner_id)
