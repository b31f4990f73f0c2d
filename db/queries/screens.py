"""Sentences about wall screens."""

from typing import Any

from sqlalchemy import Select, select

from db.tables import Channel, Screen


def open_by_hash(token_hash: str) -> Select[*tuple[Any, ...]]:
    """The screen that is not revoked and whose token has this hash, with its channel's path."""
    return (
        select(Screen.id, Screen.options, Channel.path)
        .outerjoin(Channel, Channel.id == Screen.channel_id)
        .where(Screen.token_hash == token_hash, Screen.revoked_at.is_(None))
    )
