"""Sentences about wall screens."""

from typing import Any

from sqlalchemy import Select, select

from db.queries.channels import after, below
from db.tables import Channel, Screen


def open_by_hash(token_hash: str) -> Select[*tuple[Any, ...]]:
    """The screen that is not revoked and whose token has this hash, with its channel's path."""
    return (
        select(Screen.id, Screen.options, Channel.path)
        .outerjoin(Channel, Channel.id == Screen.channel_id)
        .where(Screen.token_hash == token_hash, Screen.revoked_at.is_(None))
    )


def listed(path: str | None) -> Select[*tuple[Any, ...]]:
    """The screens of a subtree (or all), those whose link holds first."""
    sentence = (
        select(
            Screen.id, Screen.name, Screen.options, Screen.created_at, Screen.revoked_at, Screen.seen_at,
            Channel.name.label("channel_name"), Channel.path,
        )
        .outerjoin(Channel, Channel.id == Screen.channel_id)
        .order_by(Screen.revoked_at.is_not(None), Screen.id)
    )  # fmt: skip
    return sentence if path is None else sentence.where(below(path, after(path)))


def with_path(screen_id: int) -> Select[*tuple[Any, ...]]:
    """A screen with its channel's path; no path: the whole group."""
    return (
        select(Screen.name, Screen.channel_id, Channel.path)
        .outerjoin(Channel, Channel.id == Screen.channel_id)
        .where(Screen.id == screen_id)
    )
