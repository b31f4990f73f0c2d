"""The rule's settings as the store has them now."""

from datetime import date, timedelta
from functools import cache

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from lib import preferences, settings
from lib.renewals.facts import Rules
from lib.workdays import Workdays

CALL_DAYS = 3  # the call comes by the end of the third day after the day of sending (R5)


def rules(source: Connection | Session) -> Rules:
    """The rule as the settings have it. They are read when the first quote asks for them: most acts send none."""

    @cache
    def calendar() -> Workdays | None:
        counts_working_days = preferences.value(source, preferences.QUOTE_CALL_DAYS) == preferences.WORKING_DAYS
        return preferences.workdays(source) if counts_working_days else None

    def call_due(day: date) -> date:
        working = calendar()
        return working.after(day, CALL_DAYS) if working else day + timedelta(days=CALL_DAYS)

    return Rules(settings.load().zone, call_due)
