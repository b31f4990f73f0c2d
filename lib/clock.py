"""The only module that asks what time it is. Everything else is told."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def business_day(at: datetime, zone: ZoneInfo) -> date:
    """The store's calendar day of a moment."""
    return at.astimezone(zone).date()


def store_time(at: datetime, zone: ZoneInfo) -> datetime:
    """A moment as the store's clock shows it."""
    return at.astimezone(zone)
