"""Sentences about targets."""

from functools import cache
from typing import Any

from sqlalchemy import Select, String, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from db.queries.channels import after, below
from db.tables import Channel, Target, User
from db.terms import Role

HOME = aliased(Channel)


@cache
def rows(subtree: bool) -> Select[*tuple[Any, ...]]:
    """The targets of `metrics` and `periods`, of the whole group or from `path` to `path_end`: whose, of what, when.

    A person stands at their home.
    """
    query = (
        select(
            Target.metric, Target.period, Target.value, Target.user_id, Target.version, Target.id,
            func.coalesce(Channel.path, HOME.path, "").label("path"),
        )
        .outerjoin(Channel, Channel.id == Target.channel_id)
        .outerjoin(User, User.id == Target.user_id)
        .outerjoin(HOME, HOME.id == User.channel_id)
        .where(
            Target.metric.in_(bindparam("metrics", expanding=True)),
            Target.period.in_(bindparam("periods", expanding=True)),
        )
    )  # fmt: skip
    if not subtree:
        return query
    path, end = bindparam("path", type_=String), bindparam("path_end", type_=String)
    return query.where(or_(and_(Channel.path >= path, Channel.path < end), and_(HOME.path >= path, HOME.path < end)))


def channels(path: str | None) -> Select[*tuple[Any, ...]]:
    """The channels that may be given targets, depth first."""
    query = select(Channel.id, Channel.code, Channel.name, Channel.path).where(Channel.active.is_(True))
    if path is not None:
        query = query.where(below(path, after(path)))
    return query.order_by(Channel.path)


def people(path: str | None) -> Select[*tuple[Any, ...]]:
    """The people who may be given targets: they sell cars or policies."""
    query = (
        select(User.id, User.name, User.role, Channel.path)
        .join(Channel, Channel.id == User.channel_id)
        .where(User.active.is_(True), User.role.in_((Role.CONSULTANT, Role.RENEWAL_SPECIALIST, Role.POLICY_SPECIALIST)))
    )
    if path is not None:
        query = query.where(below(path, after(path)))
    return query.order_by(Channel.path, User.id)


def one(channel_id: int | None, user_id: int | None, metric: str, period: str) -> Select[*tuple[Any, ...]]:
    """A subject's own row."""
    subject = Target.channel_id == channel_id if user_id is None else Target.user_id == user_id
    return select(Target.id, Target.value, Target.version).where(
        subject, Target.metric == metric, Target.period == period
    )


def home_of_channel(channel_id: int) -> Select[*tuple[Any, ...]]:
    return select(Channel.id, Channel.path).where(Channel.id == channel_id)


def home_of_user(user_id: int) -> Select[*tuple[Any, ...]]:
    return select(Channel.id, Channel.path).join(User, User.channel_id == Channel.id).where(User.id == user_id)
