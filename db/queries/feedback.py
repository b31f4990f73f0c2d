"""Sentences about what the nodes report of their markets (C7, W2)."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from db.queries.channels import within
from db.tables import Channel, Feedback, User
from db.terms import FeedbackTopic

Rows = Select[*tuple[Any, ...]]


def of(path: str | None, only: int | None, topics: tuple[FeedbackTopic, ...], tiers: tuple[Any, ...]) -> Rows:
    """The reports of a subtree, or of one channel alone, the latest first."""
    writer, answerer = aliased(User), aliased(User)
    sentence = (
        select(
            Feedback.id, Feedback.topic, Feedback.text, Feedback.at, Feedback.action, Feedback.answered_at,
            Feedback.version, Channel.name.label("channel"), Channel.market_tier, writer.name.label("by"),
            answerer.name.label("answered_by"),
        )
        .join(Channel, Channel.id == Feedback.channel_id)
        .outerjoin(writer, writer.id == Feedback.actor_id)
        .outerjoin(answerer, answerer.id == Feedback.answered_by_id)
        .where(within(path))
        .order_by(Feedback.at.desc(), Feedback.id.desc())
    )  # fmt: skip
    if only is not None:
        sentence = sentence.where(Feedback.channel_id == only)
    if topics:
        sentence = sentence.where(Feedback.topic.in_(topics))
    return sentence.where(Channel.market_tier.in_(tiers)) if tiers else sentence


def one(feedback_id: int) -> Rows:
    """One report with its channel's path."""
    return (
        select(Feedback.id, Feedback.action, Feedback.channel_id, Channel.path)
        .join(Channel, Channel.id == Feedback.channel_id)
        .where(Feedback.id == feedback_id)
    )
