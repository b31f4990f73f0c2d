"""What comes next for an open renewal: one pure function (model.md, "What comes next for a renewal"; R3, R5)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from db.terms import ContactMethod, NextAction, RenewalEventKind
from lib.clock import business_day
from lib.renewals.facts import ARCHIVED_AFTER, EventFact, Rules


class Next(NamedTuple):
    """The next act, its day, and the last day of a call that is owed after an SMS quote."""

    action: NextAction
    on: date
    call_due_on: date | None


def next_action(due_on: date, opened_on: date, events: Iterable[EventFact], rules: Rules) -> Next:
    """The earliest of: the call owed after an SMS quote, the agreed callback, the next touch of the plan."""
    call_due_on: date | None = None
    callback_on: date | None = None
    after = opened_on - timedelta(days=1)
    for event in sorted(events, key=lambda event: (event.at, is_sms_quote(event))):  # a call follows strictly after
        if not event.is_contact:
            continue
        if event.answers_quote:
            call_due_on = None
        elif is_sms_quote(event):
            owed = event.call_due_on or rules.call_due(business_day(event.at, rules.zone))
            call_due_on = min(call_due_on, owed) if call_due_on else owed
        callback_on = event.callback_on
        after = business_day(event.at, rules.zone)
    choices = [Next(NextAction.TOUCH, next_touch(due_on, after, rules.touches), call_due_on)]
    if callback_on:
        choices.insert(0, Next(NextAction.CALLBACK, callback_on, call_due_on))
    if call_due_on:
        choices.insert(0, Next(NextAction.QUOTE_CALL, call_due_on, call_due_on))
    return min(choices, key=lambda choice: choice.on)


def is_sms_quote(event: EventFact) -> bool:
    """Whether this event starts the three-day clock."""
    return event.kind is RenewalEventKind.QUOTED and event.method is ContactMethod.SMS


def next_touch(due_on: date, after: date, touches: tuple[int, ...]) -> date:
    """The first day of the plan after a day; past the last one, the day on which the renewal is archived."""
    for days in touches:
        day = due_on + timedelta(days=days)
        if day > after:
            return day
    return due_on + timedelta(days=ARCHIVED_AFTER)
