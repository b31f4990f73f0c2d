"""Sentences about who holds which renewals."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from db.queries.channels import within
from db.tables import Channel, Renewal, User
from db.terms import Role

Rows = Select[*tuple[Any, ...]]
WORKED = or_(Renewal.closed_at.is_(None), Renewal.partly_renewed)


def holders(path: str | None) -> Rows:
    """The specialists of a subtree and whoever else holds cases there, with how many are in the queue."""
    load = func.count(Renewal.id)
    return (
        select(
            User.id, User.name, User.active, load.label("load"),
            and_(User.role == Role.RENEWAL_SPECIALIST, User.active).label("takes"),
        )
        .outerjoin(Renewal, and_(Renewal.owner_id == User.id, Renewal.queue_on.is_not(None)))
        .join(Channel, Channel.id == User.channel_id)
        .where(within(path))
        .group_by(User.id, User.name, User.active, User.role)
        .having(or_(User.role == Role.RENEWAL_SPECIALIST, load > 0))
        .order_by(User.name, User.id)
    )  # fmt: skip


def loads(user_ids: Sequence[int]) -> Rows:
    """How many cases these people have in the queue."""
    return (
        select(Renewal.owner_id, func.count())
        .where(Renewal.owner_id.in_(user_ids), Renewal.queue_on.is_not(None))
        .group_by(Renewal.owner_id)
    )


def to_give(path: str | None, owner_id: int | None, tier_ranks: Sequence[int], limit: int) -> Rows:
    """The undecided cases of a person (none: of nobody) in a subtree, held for this transaction, most urgent first.

    Of nobody's cases only those in the queue are given; of a person's all, archived ones too.
    """
    owned = _nobodys() if owner_id is None else Renewal.owner_id == owner_id
    return _held(path, owned, Renewal.tier_rank.in_(tier_ranks)).order_by(
        Renewal.due_on, Renewal.tier_rank, Renewal.id
    ).limit(limit)  # fmt: skip


def chosen(path: str | None, renewal_ids: Sequence[int]) -> Rows:
    """Of these cases the undecided ones in a subtree, held for this transaction."""
    return _held(path, Renewal.id.in_(renewal_ids)).order_by(Renewal.id)


def _nobodys() -> ColumnElement[bool]:
    return and_(Renewal.owner_id.is_(None), Renewal.queue_on.is_not(None))


def _held(path: str | None, *conditions: ColumnElement[bool]) -> Rows:
    return (
        select(Renewal.id, Renewal.channel_id, Renewal.owner_id, Renewal.version, Renewal.tier_rank, Channel.path)
        .join(Channel, Channel.id == Renewal.channel_id)
        .where(WORKED, within(path), *conditions)
        .with_for_update(of=Renewal)
    )
