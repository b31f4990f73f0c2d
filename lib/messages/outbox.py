"""What people do with messages: send one, take it by hand, mark it sent, repeat or cancel it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from db.queries import messages as queries
from db.queries import renewals as renewal_queries
from db.tables import Message
from db.terms import ContactMethod, MessageKind, MessageStatus, Origin, RenewalEventKind, Subject
from lib import reveals, settings
from lib.access import Permission
from lib.approvals import asking
from lib.data import Change, command
from lib.messages import clocks, guards, texts, writing
from lib.messages.gateways import MANUAL
from lib.messages.hours import hours
from lib.refusals import N_, Invalid, NotFound
from lib.renewals import acts
from lib.renewals.acts import QuoteTold
from lib.renewals.facts import EventFact
from lib.renewals.reaching import reach
from lib.renewals.writing import bring, claimed
from lib.reveals import Act, Kind

Status = MessageStatus
IN_FLIGHT = timedelta(minutes=2)  # a worker's call has ended by then; what is still `sending` is anybody's guess
PENDING = frozenset({Status.WAITING, Status.BY_HAND, Status.FAILED})


@dataclass(frozen=True)
class QuoteMessage:
    """A quote by SMS as it was chosen: a text, a saved trial, or a price of one's own."""

    template_id: int | None
    quote_id: int | None = None
    amount: Decimal | None = None
    note: str = ""
    callback_on: date | None = None


@dataclass(frozen=True)
class Copy:
    """A message in full, to be copied and sent by hand. Never cached, never logged."""

    mobile: str
    text: str


@command(Permission.RENEWAL_WRITE, Subject.RENEWALS, Subject.MESSAGES)
def send_quote(change: Change, renewal_id: int, seen: int, typed: QuoteMessage) -> int:
    """Tell a price by SMS (R4): the message and the quoted event that starts the three-day clock (R5), in one.

    `Invalid` without consent, after an opt-out, outside the hours, before an approval: each says what to do.
    """
    made = writing.draft(
        change.session, change.actor, renewal_id, MessageKind.QUOTE, typed.template_id, typed.quote_id, typed.amount
    )
    for quote_id in writing.quotes_named(change.session, made):
        asking.require_approved(change, quote_id)
    told = QuoteTold(ContactMethod.SMS, made.amount, typed.note, typed.callback_on)
    acts.tell_quote(change, renewal_id, seen, told)
    made.text(made.recipient.customer, made.recipient.plate)  # refuses a text that lacks a value
    event = change.connection.execute(renewal_queries.last_step(), {"sought": renewal_id}).one()
    return _put(change, made, event.id)


@command(Permission.RENEWAL_WRITE, Subject.RENEWALS, Subject.MESSAGES)
def send_reminder(change: Change, renewal_id: int, seen: int, template_id: int | None) -> int:
    """Remind of the expiry by SMS (J4): the message and the contact that it is, in one. No price, so no clock starts.

    `Invalid` as with a quote, but for the approval.
    """
    made = writing.draft(change.session, change.actor, renewal_id, MessageKind.REMINDER, template_id)
    acts.remind(change, renewal_id, seen, made.name)
    made.text(made.recipient.customer, made.recipient.plate)
    event = change.connection.execute(renewal_queries.last_step(), {"sought": renewal_id}).one()
    return _put(change, made, event.id)


@command(Permission.REVEAL, Subject.MESSAGES)
def copy(change: Change, message_id: int, why: Act | str = Act.COPY_SMS) -> Copy:
    """The message in full, to be sent from a person's own telephone; the look is on record (N10)."""
    row = _reached(change, message_id)
    hours(change.session).require(change.at)
    if (kept_back := guards.reason_to_keep(row)) is not None:
        raise Invalid(kept_back)
    shown = reveals.reveal(change, Kind.RENEWAL, row.renewal_id, why)
    values = row.variables | writing.personal(shown.name, shown.plate)
    return Copy(row.mobile, texts.framed(row.signature, row.body, values))


@command(Permission.RENEWAL_WRITE, Subject.MESSAGES)
def mark_sent(change: Change, message_id: int, seen: int) -> None:
    """Note that a person sent it by hand, or found out that it arrived.

    From the day on which it is sent by hand run the three days of the call (R5).
    """
    row = _reached(change, message_id)
    if row.status is not Status.BY_HAND and not unclear(row, change):
        raise _passed(row)
    change.claim(Message, message_id, seen, status=Status.SENT, sent_at=change.at, error=None)
    if row.status is Status.BY_HAND:
        clocks.start(change, row.renewal_id, row.event_id)
    _record(change, row, "message_marked_sent")


@command(Permission.RENEWAL_WRITE, Subject.MESSAGES)
def repeat(change: Change, message_id: int, seen: int) -> None:
    """Send a failed one again, or one of which a person has found out that it did not arrive."""
    row = _reached(change, message_id)
    if row.status is not Status.FAILED and not unclear(row, change):
        raise _passed(row)
    hours(change.session).require(change.at)
    if (kept_back := guards.reason_to_keep(row)) is not None:
        raise Invalid(kept_back)
    by_hand = settings.load().sms_gateway == MANUAL
    change.claim(
        Message, message_id, seen, status=Status.BY_HAND if by_hand else Status.WAITING, attempts=0, error=None,
        next_attempt_at=None if by_hand else change.at, gateway=settings.load().sms_gateway,
    )  # fmt: skip
    _record(change, row, "message_repeated")


@command(Permission.RENEWAL_WRITE, Subject.MESSAGES)
def take_by_hand(change: Change, message_id: int, seen: int) -> None:
    """Take a waiting or failed one out of the workers' reach, to send it by hand."""
    row = _reached(change, message_id)
    if row.status not in (Status.WAITING, Status.FAILED):
        raise _passed(row)
    change.claim(Message, message_id, seen, status=Status.BY_HAND, next_attempt_at=None, error=None, gateway=MANUAL)
    _record(change, row, "message_taken_by_hand")


@command(Permission.RENEWAL_WRITE, Subject.RENEWALS, Subject.MESSAGES)
def cancel(change: Change, message_id: int, seen: int) -> None:
    """Do not send it. The quote or the contact that it was counts no more: nobody was told."""
    row = _reached(change, message_id)
    if row.status not in PENDING and not unclear(row, change):
        raise _passed(row)
    call_off(change, row, seen, None)
    _record(change, row, "message_cancelled")


def call_off(change: Change, row: Any, seen: int, why: str | None) -> None:
    """Cancel a message inside a change, and take back the event that it announced if that still counts."""
    change.claim(Message, row.id, seen, status=Status.CANCELLED, next_attempt_at=None, error=why)
    live = row.event_id and change.session.execute(queries.counting(row.event_id)).first()
    if not live:
        return
    change.subjects.add(Subject.RENEWALS)
    case = claimed(change, row.renewal_id, row.renewal_version)
    taken_back = EventFact(
        RenewalEventKind.UNDONE, change.at, Origin.APP, renewal_id=case.id, actor_id=change.actor.user_id,
        note=live.kind.value,
    )  # fmt: skip
    bring(change, case, taken_back, undone=(row.event_id,))


def unclear(row: Any, change: Change) -> bool:
    """Whether nobody knows if it went out: its worker never came back, or the gateway did not answer."""
    if row.status is not Status.SENDING:
        return False
    return row.error is not None or row.claimed_at is None or row.claimed_at < change.at - IN_FLIGHT


def _put(change: Change, made: writing.Draft, event_id: int) -> int:
    message_id = writing.put(change, made, event_id)
    change.record(
        "message_written", "messages", message_id, made.recipient.channel_id, renewal=made.recipient.id,
        template=made.template_id,
    )  # fmt: skip
    return message_id


def _reached(change: Change, message_id: int) -> Any:
    """The message as it is now, within the actor's own reach."""
    row = change.session.execute(queries.outgoing(message_id)).first()
    if row is None:
        raise NotFound
    reach(change.session, change.actor, row.renewal_id)
    return row


def _passed(row: Any) -> Invalid:
    return Invalid(N_("This message is {status} already. Look at it again."), status=row.status)


def _record(change: Change, row: Any, action: str) -> None:
    change.record(action, "messages", row.id, row.channel_id, renewal=row.renewal_id, was=row.status)
