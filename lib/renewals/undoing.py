"""Taking back one's own last step within ten minutes: an event that says so; nothing is deleted."""

from datetime import datetime, timedelta
from typing import Any

from db.queries import renewals as queries
from db.terms import MessageStatus, Origin, RenewalEventKind, Subject
from lib.access import Permission
from lib.data import Change, command
from lib.messages import undoing as messages
from lib.refusals import N_, Invalid
from lib.renewals.facts import EventFact
from lib.renewals.writing import bring, claimed

WITHIN = timedelta(minutes=10)
FINAL = (RenewalEventKind.OPENED, RenewalEventKind.UNDONE, RenewalEventKind.ASSIGNED)


def until(last: Any, user_id: int | None, now: datetime) -> datetime | None:
    """Until when a person may take back the last step of a case (a row of `last_step`); `None` when they may not, or
    when its SMS has gone out."""
    gone = last is not None and last.message not in (None, MessageStatus.CANCELLED, *messages.NOT_GONE)
    return None if gone else _end(last, user_id, now)


def _end(last: Any, user_id: int | None, now: datetime) -> datetime | None:
    """The same, whatever became of its SMS."""
    if last is None or user_id is None or last.actor_id != user_id or last.kind in FINAL:
        return None
    end: datetime = last.at + WITHIN
    return end if now <= end else None


@command(Permission.RENEWAL_WRITE, Subject.RENEWALS)
def undo(change: Change, renewal_id: int, seen: int) -> None:
    """Let one's own last step count no more. `Invalid` for another's step, an old one, or one already taken back."""
    case = claimed(change, renewal_id, seen)
    last = change.connection.execute(queries.last_step(), {"sought": renewal_id}).first()
    if last is None or _end(last, change.actor.user_id, change.at) is None:
        raise Invalid(N_("Only your own last step of the last ten minutes can be taken back."))
    taken_back = EventFact(
        RenewalEventKind.UNDONE, change.at, Origin.APP, renewal_id=case.id, actor_id=change.actor.user_id,
        note=last.kind.value,
    )  # fmt: skip
    messages.follow(change, last.id)
    bring(change, case, taken_back, undone=(last.id,))
    change.record("renewal.undone", "renewals", case.id, case.channel_id, step=last.kind, event_id=last.id)
