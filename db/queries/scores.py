"""Sentences about the marks of centres on their eight functions (C3)."""

from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from db.queries.channels import within
from db.tables import Channel, Score
from db.terms import CentreFunction, ChannelKind

Rows = Select[*tuple[Any, ...]]


def centres(path: str | None) -> Rows:
    """The distribution centres of a subtree that work, by code."""
    return (
        select(Channel.id, Channel.code, Channel.name, Channel.path)
        .where(Channel.active, Channel.kind == ChannelKind.DISTRIBUTION_CENTRE, within(path))
        .order_by(Channel.code)
    )


def marks(path: str | None, first: date, last: date) -> Rows:
    """The marks of a subtree's centres for the months from `first` to `last` (their first days)."""
    return (
        select(Score.id, Score.channel_id, Score.month, Score.function, Score.score, Score.evidence, Score.version)
        .join(Channel, Channel.id == Score.channel_id)
        .where(Score.month.between(first, last), Channel.kind == ChannelKind.DISTRIBUTION_CENTRE, within(path))
        .order_by(Score.month)
    )


def last_marked(path: str | None, until: date) -> Select[date]:
    """The latest month up to one for which a centre of a subtree has a mark."""
    return (
        select(func.max(Score.month))
        .join(Channel, Channel.id == Score.channel_id)
        .where(Score.month <= until, Channel.kind == ChannelKind.DISTRIBUTION_CENTRE, within(path))
    )


def mark(channel_id: int, month: date, function: CentreFunction) -> Rows:
    """One mark."""
    return select(Score.id, Score.score, Score.evidence, Score.version).where(
        Score.channel_id == channel_id, Score.month == month, Score.function == function
    )


def centre(channel_id: int) -> Rows:
    """One working centre by its key."""
    return select(Channel.id, Channel.path).where(
        Channel.id == channel_id, Channel.active, Channel.kind == ChannelKind.DISTRIBUTION_CENTRE
    )
