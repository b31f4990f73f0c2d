"""The months that are forecast, and by when."""

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


def due_on(source: Connection | Session, month: date) -> date:
    """The last day on which a forecast of the month is on time."""
    return before(month).replace(day=int(preferences.value(source, preferences.FORECAST_DAY)))
