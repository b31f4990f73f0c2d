"""What a specialist does to a case (R3, R4, R5, R7): each command adds one event and lets the rule settle the rest."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from db.queries import renewals as queries
from db.tables import LossReason
from db.terms import (
    ContactMethod,
    ContactOutcome,
    Controllable,
    LossDomain,
    Origin,
    RenewalEventKind,
    RenewalStatus,
    Subject,
)
from lib import settings
from lib.access import Permission
from lib.approvals import asking
from lib.approvals.judging import Rule
from lib.clock import business_day
from lib.data import Change, command
from lib.loss_reviews import answering
from lib.messages.hours import hours
from lib.refusals import N_, Invalid
from lib.renewals import consents
from lib.renewals.allowed import Act, require
from lib.renewals.facts import ARCHIVED_AFTER, EventFact
from lib.renewals.writing import Case, as_seen, bring
from lib.words import Words, words

Kind, Method, Outcome = RenewalEventKind, ContactMethod, ContactOutcome
CONTACT_OUTCOMES = (Outcome.INTERESTED, Outcome.CONSIDERING, Outcome.NO_ANSWER)
HIGHEST_AMOUNT = Decimal(1_000_000)
LATEST_APPOINTMENT = timedelta(days=366)
LONGEST_NOTE, LONGEST_COUNTERMEASURE, LONGEST_NAME, LONGEST_REASON = 2000, 1000, 100, 200  # as their columns hold
OTHER = "other"


@dataclass(frozen=True)
class Contact:
    """A contact as it was typed. Only a reached customer has something to note."""

    method: ContactMethod
    outcome: ContactOutcome
    note: str = ""
    callback_on: date | None = None


@dataclass(frozen=True)
class QuoteTold:
    """A price told to the customer by any method; by SMS it starts the three-day clock (R5)."""

    method: ContactMethod
    amount: Decimal | None
    note: str = ""
    callback_on: date | None = None


@dataclass(frozen=True)
class Appointment:
    """When the customer comes."""

    method: ContactMethod
    at: datetime | None
    note: str = ""


@dataclass(frozen=True)
class Loss:
    """Why a case is lost, and what we do about it, unless it was beyond us."""

    method: ContactMethod
    loss_reason_id: int | None
    note: str = ""
    competitor: str = ""
    price_gap: Decimal | None = None
    countermeasure: str = ""
    uncontrollable: bool = False


@command(Permission.RENEWAL_WRITE, Subject.RENEWALS)
def contact(change: Change, renewal_id: int, seen: int, typed: Contact) -> None:
    """Log a contact and the next date (R3). `Invalid` for a conversation without a note, or a day that is past."""
    case = _case(change, renewal_id, seen, Act.CONTACT)
    if typed.outcome not in CONTACT_OUTCOMES:
        raise Invalid(N_("Choose what came of the contact."), field="outcome")
    note = _said(typed.note)
    if typed.outcome is not Outcome.NO_ANSWER and note is None:
        raise Invalid(N_("Write what the customer said."), field="note")
    _check_callback(change, case, typed.callback_on)
    _tell(
        change, case, Kind.CONTACT, "renewal.contact", method=typed.method, outcome=typed.outcome,
        note=note or _spoken(change).term(typed.outcome), callback_on=typed.callback_on,
    )  # fmt: skip


@command(Permission.RENEWAL_WRITE, Subject.RENEWALS)
def tell_quote(change: Change, renewal_id: int, seen: int, typed: QuoteTold) -> None:
    """Record a price that was told (R4), within one's authority (N5); where none can judge that, with a note on it.

    An SMS, from one's own telephone too, needs the customer's consent and the store's hours (domain.md B4).
    """
    case = _case(change, renewal_id, seen, Act.QUOTE)
    amount = _amount(typed.amount, "amount")
    if amount is None:
        raise Invalid(N_("Enter the price that you told: more than 0, up to 1,000,000 yuan."), field="amount")
    by_sms = typed.method is Method.SMS
    unjudged = asking.require_price(change, case.id, amount, spoken=not by_sms)
    if by_sms:
        consents.require(change.session, case.customer_id)
        hours(change.session).require(change.at)
    _check_callback(change, case, typed.callback_on)
    _tell(
        change, case, Kind.QUOTED, "renewal.quoted", method=typed.method, outcome=Outcome.QUOTE_SENT,
        quote_amount=amount, note=_source(change, _said(typed.note), unjudged), callback_on=typed.callback_on,
    )  # fmt: skip


@command(Permission.RENEWAL_WRITE, Subject.RENEWALS)
def remind(change: Change, renewal_id: int, seen: int, what: str) -> None:
    """Record that an SMS reminds the customer of the expiry (R3, J4): a contact that tells no price and gets no answer.

    It starts no clock and stops none, and what was agreed for later stays agreed.
    """
    case = _case(change, renewal_id, seen, Act.QUOTE)
    consents.require(change.session, case.customer_id)
    hours(change.session).require(change.at)
    _tell(
        change, case, Kind.CONTACT, "renewal.contact", method=Method.SMS, outcome=Outcome.NO_ANSWER, note=what,
        callback_on=change.session.scalar(queries.agreed(case.id)),
    )  # fmt: skip


@command(Permission.RENEWAL_WRITE, Subject.RENEWALS)
def promise(change: Change, renewal_id: int, seen: int, typed: Appointment) -> None:
    """Record that the customer comes, within a year. If they do not, the next day calls for them again."""
    case = _case(change, renewal_id, seen, Act.PROMISE)
    if typed.at is None or typed.at <= change.at:
        raise Invalid(N_("Choose a day and hour to come."), field="at")
    if typed.at > change.at + LATEST_APPOINTMENT:
        raise Invalid(N_("Choose a day within a year."), field="at")
    day = business_day(typed.at, change.zone)
    _tell(
        change, case, Kind.PROMISED, "renewal.promised", method=typed.method, outcome=Outcome.PROMISED,
        appointment_at=typed.at, note=_said(typed.note), callback_on=day + timedelta(days=1),
    )  # fmt: skip


@command(Permission.RENEWAL_WRITE, Subject.RENEWALS)
def lose(change: Change, renewal_id: int, seen: int, typed: Loss) -> None:
    """Record a loss with its reason and countermeasure, or that it was beyond us (R7).

    Of a partly renewed case the missing line is lost.
    """
    case = _case(change, renewal_id, seen, Act.LOSE)
    reason = change.session.get(LossReason, typed.loss_reason_id or 0)
    if reason is None or reason.domain is not LossDomain.RENEWAL or reason.parent_id is None or not reason.active:
        raise Invalid(N_("Choose the reason for the loss."), field="loss_reason_id")
    note, countermeasure = _said(typed.note), _said(typed.countermeasure, "countermeasure", LONGEST_COUNTERMEASURE)
    if reason.slug == OTHER and note is None:
        raise Invalid(N_("For another reason, write in the note what it was."), field="note")
    beyond_us = reason.controllable is Controllable.NO or typed.uncontrollable
    if countermeasure is None and not beyond_us:
        raise Invalid(N_("Write what we do about it, or tick that it was beyond us."), field="countermeasure")
    _tell(
        change, case, Kind.LOST, "renewal.lost", method=typed.method, outcome=Outcome.LOST, note=note,
        loss_reason_id=reason.id, competitor=_said(typed.competitor, "competitor", LONGEST_NAME),
        price_gap_amount=_amount(typed.price_gap, "price_gap"), countermeasure=countermeasure,
    )  # fmt: skip


@command(Permission.RENEWAL_WRITE, Subject.RENEWALS)
def void(change: Change, renewal_id: int, seen: int, reason: str) -> None:
    """Set a case aside: scrapped, sold, entered twice, wrong data. It counts in no rate."""
    case = _case(change, renewal_id, seen, Act.VOID)
    _tell(change, case, Kind.VOIDED, "renewal.voided", outcome=Outcome.VOID, note=_reason(reason))


@command(Permission.RENEWAL_WRITE, Subject.RENEWALS)
def reopen(change: Change, renewal_id: int, seen: int, reason: str) -> None:
    """Take a decided case up again, with a reason; a renewed one only by a manager."""
    case = _case(change, renewal_id, seen, Act.REOPEN)
    if case.status is RenewalStatus.RENEWED:
        change.actor.require(Permission.RENEWAL_ASSIGN)
    why = _reason(reason)
    answering.reopened(change, LossDomain.RENEWAL, case.id, why)
    _tell(change, case, Kind.REOPENED, "renewal.reopened", note=why)


def _case(change: Change, renewal_id: int, seen: int, act: Act) -> Case:
    case = as_seen(change, renewal_id, seen)
    require(act, case.status, case.partly_renewed)
    return case


def _tell(change: Change, case: Case, kind: RenewalEventKind, action: str, **facts: Any) -> None:
    """Add the event, settle, and leave the audit row. Notes stay with the event: they may name people."""
    worked = facts.get("method") is not None
    specialist_id = (case.owner_id or change.actor.own_scope.owner_id) if worked else None
    event = EventFact(
        kind, change.at, Origin.APP, renewal_id=case.id, actor_id=change.actor.user_id, specialist_id=specialist_id,
        **facts,
    )  # fmt: skip
    bring(change, case, event)
    told = {name: _plain(facts[name]) for name in ("method", "outcome", "callback_on", "quote_amount") if name in facts}
    change.record(action, "renewals", case.id, case.channel_id, **told)


def _said(typed: str, field: str = "note", longest: int = LONGEST_NOTE) -> str | None:
    """What was typed, as it was typed; nothing is `None`. `Invalid` for more than is kept."""
    said = typed.strip() or None
    if said is not None and len(said) > longest:
        raise Invalid(N_("This text is too long: at most {count} characters."), field=field, count=longest)
    return said


def _source(change: Change, note: str | None, unjudged: tuple[Rule, ...]) -> str | None:
    """The note on a price without a trial: where it comes from, and the rules that nobody could judge."""
    if not unjudged:
        return note
    if note is None:
        raise Invalid(
            N_("Without a trial nobody can tell whether this price keeps to the store's rule ({rule}). Write in the "
               "note where the price comes from, or save it as a premium trial first."),
            field="note", rule=unjudged[0].kind,
        )  # fmt: skip
    spoken = _spoken(change)
    rules = " / ".join(dict.fromkeys(spoken.term(each.kind) for each in unjudged))
    return _said(spoken.say(N_("{note} (without a trial; not checked: {rules})"), note=note, rules=rules))


def _spoken(change: Change) -> Words:
    return words(change.actor.language or settings.load().language)


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str) else str(value)


def _reason(typed: str) -> str:
    reason = _said(typed, "reason", LONGEST_REASON)
    if reason is None:
        raise Invalid(N_("Write the reason."), field="reason")
    return reason


def _amount(value: Decimal | None, field: str) -> Decimal | None:
    if value is not None and not 0 < value <= HIGHEST_AMOUNT:
        raise Invalid(N_("Enter an amount in yuan between 0 and 1,000,000."), field=field)
    return value


def _check_callback(change: Change, case: Case, day: date | None) -> None:
    if day is None:
        return
    if day < change.today:
        raise Invalid(N_("The next date is past. Choose today or later."), field="callback_on")
    if day > case.due_on + timedelta(days=ARCHIVED_AFTER):
        raise Invalid(N_("By then the case has left the queue. Choose an earlier day."), field="callback_on")
