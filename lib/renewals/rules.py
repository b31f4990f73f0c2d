"""The rule's settings as the store has them now."""

from datetime import date, timedelta

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from lib import preferences, settings
from lib.renewals.facts import Rules

CALL_DAYS = 3  # the call comes by the end of the third day after the day of sending (R5)


def rules(source: Connection | Session) -> Rules:
    """Read the settings that the rule depends on."""
    zone = settings.load().zone
    if preferences.value(source, preferences.QUOTE_CALL_DAYS) == preferences.WORKING_DAYS:
        calendar = preferences.workdays(source)
        return Rules(zone, lambda day: calendar.after(day, CALL_DAYS))
    return Rules(zone, _third_day)


def _third_day(day: date) -> date:
    return day + timedelta(days=CALL_DAYS)
