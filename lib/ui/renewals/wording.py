"""How renewals are worded on screens: days left, what is late, money, moments."""

from datetime import date
from decimal import Decimal

from db.terms import ContactMethod, ContactOutcome, NextAction, PolicyStatus, RenewalEventKind, RenewalStatus, Stage
from lib.renewals.case import Entry
from lib.renewals.course import is_owed
from lib.renewals.queue import SHOWN_TO
from lib.ui import moments
from lib.ui.language import current, t, term

NOTHING = "—"


def left(days: int) -> str:
    """Days until the expiry, or since."""
    if days < 0:
        return t("lapsed {days} d", days=-days)
    return t("expires today") if days == 0 else t("{days} d left", days=days)


def expiry(status: RenewalStatus, partly_renewed: bool, due_on: date, days: int) -> str:
    """The days left to an expiry that is still to be renewed; of a decided case only its day."""
    return left(days) if is_owed(status, partly_renewed) else moments.day(due_on)


def due(on: date | None, today: date) -> str:
    """When something is to be done, seen from today."""
    if on is None:
        return NOTHING
    days = (on - today).days
    if days < 0:
        return t("{days} d late", days=-days)
    if days == 0:
        return t("today")
    return t("tomorrow") if days == 1 else t("in {days} d", days=days)


def action(what: NextAction | None, stage: Stage, partly: bool) -> str:
    """The next act; a touch of the plan is named by its stage."""
    if partly:
        return t("Missing line")
    return term(stage) if what is NextAction.TOUCH else term(what)


def heard(method: ContactMethod | None, outcome: ContactOutcome | None) -> str:
    """What came of a contact; an SMS is not answered as it is sent, so that it was one says enough. A price told in
    another way than by SMS is no SMS quote."""
    if outcome is ContactOutcome.QUOTE_SENT and method is not ContactMethod.SMS:
        return term(RenewalEventKind.QUOTED)
    if method is ContactMethod.SMS and outcome is ContactOutcome.NO_ANSWER:
        return term(method)
    return term(outcome)


def money(amount: Decimal | None) -> str:
    """4,286, with its cents where it has some: 1,372.50; a dash for none."""
    return NOTHING if amount is None else f"{amount:,.2f}".removesuffix(".00")


def void_reason(kept: str | None) -> str:
    """Why a case is void: a word of ours in the language spoken now, or what somebody typed."""
    if kept in set(PolicyStatus):
        return term(PolicyStatus(kept))
    return t(kept) if kept else ""


def note(entry: Entry) -> str:
    """The note of an event; where the rule wrote it, in words."""
    if entry.kind is RenewalEventKind.UNDONE and entry.note in set(RenewalEventKind):
        return term(RenewalEventKind(entry.note))
    return void_reason(entry.note) if entry.kind is RenewalEventKind.VOIDED else entry.note or ""


def count(number: int) -> str:
    """Up to 999, then 999+."""
    return f"{SHOWN_TO}+" if number > SHOWN_TO else str(number)


def either(chinese: str, english: str) -> str:
    """Of two texts that people wrote, the one in the language spoken now."""
    return english if current() == "en" else chinese


def reason(names: tuple[str, str] | None, names_en: tuple[str, str] | None) -> str:
    """A loss reason in two levels, once where both are the same."""
    pair = (names_en if current() == "en" else names) or ("", "")
    return pair[0] if pair[0] == pair[1] else f"{pair[0]} / {pair[1]}"
