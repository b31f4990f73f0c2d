"""The worker: takes waiting messages one at a time and hands each to the gateway, at most once.

A message is claimed in a transaction of its own before the call, so that no other worker takes it and a crash leaves
it visible as `sending`. Only an answer that says "not accepted" lets it be tried again; where nobody knows, a person
decides.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import sleep
from typing import Any

import structlog
from sqlalchemy import Connection, update

from db.queries import messages as queries
from db.tables import Message
from db.terms import MessageStatus, Subject
from lib import clock, data, logs, masking
from lib.access import SYSTEM
from lib.data import Change
from lib.messages import clocks, guards, texts, writing
from lib.messages.gateways import Accepted, Answer, Gateway, Outgoing, Rejected
from lib.messages.hours import hours
from lib.messages.outbox import call_off
from lib.refusals import Conflict, Unavailable

log = structlog.get_logger("desk.messages")

AT_ONCE = 20  # messages looked up at a time
BACKOFF = tuple(timedelta(seconds=each) for each in (30, 120, 480, 1800))  # after the first, second … rejection
LONGEST_ERROR = 300  # characters
LOOK_EVERY = 2.0  # seconds
SETTLE_TRIES = 60  # a database that is away for a minute does not make the outcome unknown


@dataclass(frozen=True)
class Claimed:
    """A message that is this worker's alone, at the version that its claim gave it."""

    id: int
    version: int
    attempts: int
    outgoing: Outgoing


def deliver(gateway: Gateway) -> int:
    """Hand over everything that waits; how many messages were handed over."""
    handed = 0
    while keys := data.fresh(_due, clock.now()):
        taken = [claimed for key in keys if (claimed := claim(key)) is not None and _hand_over(gateway, claimed)]
        handed += len(taken)
        if len(keys) < AT_ONCE:
            break
    return handed


def keep_on(gateway: Gateway, wait: Callable[[float], bool]) -> None:
    """Deliver until `wait` (seconds; true: stop) says so. A database that is away is waited for."""
    while True:
        try:
            deliver(gateway)
        except Unavailable:
            log.warning("database_away")
        if wait(LOOK_EVERY):
            return


def claim(message_id: int) -> Claimed | None:
    """Make a waiting message this worker's, as `sending`; `None` when another has it or it must not go out now."""
    try:
        with data.transaction(SYSTEM) as change:
            row = change.session.execute(queries.outgoing(message_id)).first()
            return None if row is None or row.status is not MessageStatus.WAITING else _claimed(change, row)
    except Conflict:  # another worker or a person was faster
        return None


def settle(claimed: Claimed, answer: Answer, now: datetime) -> None:
    """Write what came of a claimed message. One that a person decided about meanwhile stays as they left it."""
    values, action = _outcome(claimed, answer, now)
    with data.transaction(SYSTEM) as change:
        change.subjects.add(Subject.MESSAGES)
        mine = (Message.id == claimed.id, Message.status == MessageStatus.SENDING, Message.version == claimed.version)
        written = change.session.execute(
            update(Message).where(*mine).values(version=claimed.version + 1, **values)
        ).rowcount  # type: ignore[attr-defined]
        if written != 1:
            log.warning("outcome_came_late", message=claimed.id, outcome=action)
            return
        message = change.session.get_one(Message, claimed.id)
        channel_id = message.channel_id
        if values.get("status") is MessageStatus.SENT:
            clocks.start(change, message.renewal_id, message.event_id)
        told = {"mobile": masking.mobile(claimed.outgoing.mobile), "attempt": claimed.attempts + 1}
        change.record(action, "messages", claimed.id, channel_id, **told, error=values.get("error"))
    log.info(action, message=claimed.id, attempt=claimed.attempts + 1)


def _claimed(change: Change, row: Any) -> Claimed | None:
    change.subjects.add(Subject.MESSAGES)
    kept_back = guards.reason_to_keep(row)
    if kept_back is not None:
        call_off(change, row, row.version, kept_back)
        change.record("message_kept_back", "messages", row.id, row.channel_id, why=kept_back)
        return None
    opening = hours(change.session).next_opening(change.at)
    if opening > change.at:
        change.claim(Message, row.id, row.version, next_attempt_at=opening)
        return None
    values = row.variables | writing.personal(row.customer, row.plate)
    outgoing = Outgoing(
        row.public_key, row.mobile, texts.framed(row.signature, row.body, values), row.signature, row.provider_code,
        tuple(sorted((name, values[name]) for name in texts.used(row.body))),
    )  # fmt: skip
    change.claim(
        Message, row.id, row.version, status=MessageStatus.SENDING, claimed_at=change.at, next_attempt_at=None,
        error=None,
    )  # fmt: skip
    return Claimed(row.id, row.version + 1, row.attempts, outgoing)


def _hand_over(gateway: Gateway, claimed: Claimed) -> bool:
    """Call the gateway once, outside any transaction, and write its answer."""
    answer = gateway.send(claimed.outgoing)
    for _ in range(SETTLE_TRIES):
        try:
            settle(claimed, answer, clock.now())
            return True
        except Unavailable:
            sleep(1)
    log.error("outcome_not_written", message=claimed.id)
    return True


def _outcome(claimed: Claimed, answer: Answer, now: datetime) -> tuple[dict[str, Any], str]:
    """The columns that an answer sets, and its name in the audit trail."""
    attempts = claimed.attempts + 1
    if isinstance(answer, Accepted):
        return {
            "status": MessageStatus.SENT, "sent_at": now, "attempts": attempts,
            "gateway_message_id": answer.gateway_message_id,
        }, "message_sent"  # fmt: skip
    error = str(logs.masked(answer.why))[:LONGEST_ERROR]
    if not isinstance(answer, Rejected):
        return {"attempts": attempts, "error": error}, "message_unclear"
    if answer.again and attempts <= len(BACKOFF):
        again_at = now + BACKOFF[attempts - 1]
        waiting = {"status": MessageStatus.WAITING, "next_attempt_at": again_at, "attempts": attempts, "error": error}
        return waiting, "message_rejected"
    return {"status": MessageStatus.FAILED, "attempts": attempts, "error": error}, "message_failed"


def _due(connection: Connection, now: datetime) -> tuple[int, ...]:
    return tuple(connection.scalars(queries.due(now, AT_ONCE)))
