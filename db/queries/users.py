"""People as sentences."""

from typing import Any

from sqlalchemy import Select, case, func, select

from db.queries.channels import after, below
from db.tables import Channel, Session, User
from db.terms import Role


def listed(path: str | None, now: Any) -> Select[*tuple[Any, ...]]:
    """Everybody of a subtree (or of the whole group) with their last sign-in and how many sessions run now."""
    runs = case((Session.ended_at.is_(None) & (Session.expires_at > now), 1), else_=0)
    signed_in = (
        select(Session.user_id, func.max(Session.started_at).label("last_at"), func.sum(runs).label("running"))
        .group_by(Session.user_id)
        .subquery()
    )
    sentence = (
        select(
            User.id, User.username, User.name, User.role, User.channel_id, Channel.name.label("channel_name"),
            User.active, User.password_hash.is_not(None).label("has_password"), User.must_change_password,
            User.version, signed_in.c.last_at, func.coalesce(signed_in.c.running, 0).label("running"),
        )
        .outerjoin(Channel, Channel.id == User.channel_id)
        .outerjoin(signed_in, signed_in.c.user_id == User.id)
        .order_by(User.active.desc(), Channel.path, User.username)
    )  # fmt: skip
    return sentence if path is None else sentence.where(below(path, after(path)))


def with_path(user_id: int) -> Select[*tuple[Any, ...]]:
    """A person with the path of their home channel; no path: the whole group."""
    return select(User, Channel.path).outerjoin(Channel, Channel.id == User.channel_id).where(User.id == user_id)


def by_username(username: str) -> Select[*tuple[int]]:
    """The person of exactly this name for signing in."""
    return select(User.id).where(User.username == username)


def same_name(username: str) -> Select[*tuple[int]]:
    """People whose name for signing in differs by upper and lower case at most."""
    return select(User.id).where(func.lower(User.username) == username.lower())


def admins_who_can_sign_in() -> Select[*tuple[int]]:
    """Active admins with a password; the rows stay held, so that no two of them can be taken away at once."""
    return (
        select(User.id)
        .where(User.role == Role.ADMIN, User.active, User.password_hash.is_not(None))
        .order_by(User.id)
        .with_for_update()
    )


def homes(path: str | None) -> Select[*tuple[Any, ...]]:
    """The channels of a subtree that a person may belong to, in the order of the tree."""
    sentence = select(Channel.id, Channel.code, Channel.name, Channel.path).where(Channel.active).order_by(Channel.path)
    return sentence if path is None else sentence.where(below(path, after(path)))


def home_of_code(code: str) -> Select[*tuple[Any, ...]]:
    """The channel of a code."""
    return select(Channel.id, Channel.path).where(Channel.code == code, Channel.active)
