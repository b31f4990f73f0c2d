"""What becomes of a message when the step that wrote it is taken back."""

from db.queries import messages as queries
from db.tables import Message
from db.terms import MessageStatus, Subject
from lib.data import Change
from lib.refusals import N_, Invalid

NOT_GONE = frozenset({MessageStatus.WAITING, MessageStatus.BY_HAND, MessageStatus.FAILED})


def follow(change: Change, event_id: int) -> None:
    """Cancel the message that a step wrote. `Invalid` when it is on its way or gone: the quote was told."""
    row = change.session.execute(queries.of_event(event_id)).first()
    if row is None or row.status is MessageStatus.CANCELLED:
        return
    if row.status not in NOT_GONE:
        raise Invalid(N_("The SMS has gone out: the quote was told and cannot be taken back."))
    change.subjects.add(Subject.MESSAGES)
    change.claim(Message, row.id, row.version, status=MessageStatus.CANCELLED, next_attempt_at=None)
