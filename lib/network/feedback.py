"""What the nodes report of their markets, and what was done with it (C7, W2)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert

from db.queries import feedback as queries
from db.queries import network
from db.tables import Feedback
from db.terms import FeedbackTopic, MarketTier, Subject
from lib import masking
from lib.access import Actor, Permission
from lib.data import Change, command, reads
from lib.refusals import N_, Invalid, NotFound

LONGEST = 1000


@dataclass(frozen=True)
class Sight:
    """Whose reports: a subtree's, or (an agent's) one channel's alone."""

    path: str | None
    only: int | None

    @classmethod
    def of(cls, actor: Actor) -> "Sight":
        return cls(actor.path, actor.channel_id if actor.own_node_only else None)


@dataclass(frozen=True)
class Report:
    """One report. It was of value once an action came of it."""

    id: int
    channel: str
    market_tier: MarketTier | None
    topic: FeedbackTopic
    text: str
    at: datetime
    by: str | None
    action: str | None
    answered_at: datetime | None
    answered_by: str | None
    version: int


@reads(Subject.CHANNELS, Subject.PEOPLE)
def reports(
    connection: Connection, sight: Sight, topics: tuple[FeedbackTopic, ...] = (), tiers: tuple[MarketTier, ...] = ()
) -> tuple[Report, ...]:
    """The reports within sight, the latest first."""
    return tuple(
        Report(
            row.id, row.channel, row.market_tier, row.topic, row.text, row.at, row.by, row.action, row.answered_at,
            row.answered_by, row.version,
        )
        for row in connection.execute(queries.of(sight.path, sight.only, topics, tiers))
    )  # fmt: skip


@command(Permission.FEEDBACK_WRITE, Subject.CHANNELS)
def report(change: Change, channel_id: int, topic: FeedbackTopic, text: str) -> int:
    """Note what a node sees in its market; an agent for the own node alone. Errors: `NotFound`, `Invalid`."""
    node = change.connection.execute(network.node(channel_id)).first()
    if node is None or not node.active or not change.actor.speaks_for(node.id, node.path):
        raise NotFound
    values = {
        "channel_id": channel_id, "topic": topic, "text": _text(text), "actor_id": change.actor.user_id,
        "at": change.at,
    }  # fmt: skip
    key = int(change.connection.execute(insert(Feedback).values(**values).returning(Feedback.id)).scalar_one())
    change.record("feedback.reported", "feedback", key, channel_id, topic=topic)
    return key


@command(Permission.CHANNEL_WRITE, Subject.CHANNELS)
def answer(change: Change, feedback_id: int, seen: int, action: str) -> None:
    """Say what is done about a report. Errors: `NotFound` outside the actor's area, `Invalid`, `Conflict`."""
    row = change.connection.execute(queries.one(feedback_id)).first()
    if row is None or not change.actor.scope.covers(row.path):
        raise NotFound
    values = {"action": _text(action), "answered_by_id": change.actor.user_id, "answered_at": change.at}
    change.claim(Feedback, feedback_id, seen, **values)
    change.record("feedback.answered", "feedback", feedback_id, row.channel_id, changed=row.action is not None)


def _text(typed: str) -> str:
    text = masking.text(typed.strip()) or ""
    if not text or len(text) > LONGEST:
        raise Invalid(N_("Write what it is about, in at most {count} characters."), field="text", count=LONGEST)
    return text
