"""The months that are forecast, and by when."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from lib import preferences
from lib.periods import DAY, Unit, whole

REMINDED_DAYS = 10  # before the deadline, from when on a page reminds who owes a forecast


def month_of(day: date) -> date:
    """The first day of the month that a day lies in."""
    return whole(Unit.MONTH, day).first


def before(month: date) -> date:
    """The month before, as its first day."""
    return month_of(month_of(month) - DAY)


def after(month: date) -> date:
    """The month after, as its first day."""
    return whole(Unit.MONTH, month).last + DAY


def begins(month: date, zone: ZoneInfo) -> datetime:
    """The moment at which a month starts; a forecast of it counts when it came before."""
    return datetime.combine(month, time(), zone)


@dataclass(frozen=True)
class Deadlines:
    """Up to which day of the month before a forecast is on time. A month whose day had passed when this was set anew
    keeps the day that it had: `kept` says until which month, the earliest first."""

    day: int
    kept: tuple[tuple[date, int], ...] = ()

    def due_on(self, month: date) -> date:
        """The last day on which a forecast of the month is on time."""
        day = next((day for last, day in self.kept if month <= last), self.day)
        return before(month).replace(day=day)

    def keeping(self, today: date) -> tuple[tuple[date, int], ...]:
        """What is to be kept when another day is set today."""
        coming = after(month_of(today))
        last = coming if self.due_on(coming) < today else month_of(today)
        return self.kept if self.kept and self.kept[-1][0] >= last else (*self.kept, (last, self.day))


def deadlines(source: Connection | Session) -> Deadlines:
    """What the store has set."""
    kept = preferences.value(source, preferences.FORECAST_DAYS_KEPT)
    return Deadlines(
        int(preferences.value(source, preferences.FORECAST_DAY)),
        tuple((date.fromisoformat(last), int(day)) for last, day in kept),
    )


def due_on(source: Connection | Session, month: date) -> date:
    """The last day on which a forecast of the month is on time."""
    return deadlines(source).due_on(month)
