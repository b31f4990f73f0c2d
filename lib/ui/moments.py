"""Moments and days as lists and stories write them: the year is said where it is another."""

from datetime import date, datetime

from lib import clock, formats, settings
from lib.formats import NOTHING
from lib.ui.language import spoken
from lib.ui.today import today


def moment(at: datetime | None) -> str:
    """11-23 14:32 by the store's clock, 2025-11-23 14:32 where the year is another; blank for none."""
    if at is None:
        return ""
    there = clock.store_time(at, settings.load().zone)
    return f"{day(there.date())} {there:%H:%M}"


def day_of(at: datetime | None) -> str:
    """11-23, the day of a moment by the store's clock; blank for none."""
    return "" if at is None else day(clock.store_time(at, settings.load().zone).date())


def day(on: date | None) -> str:
    """11-23, with the year where it is another; a dash for none."""
    if on is None:
        return NOTHING
    return f"{on:%m-%d}" if on.year == today().year else f"{on:%Y-%m-%d}"


def in_full(at: datetime | None) -> str:
    """11月23日 周一 14:32, 2025年11月23日 14:32 where the year is another; a dash for none."""
    if at is None:
        return NOTHING
    there = clock.store_time(at, settings.load().zone)
    write = formats.day if there.year == today().year else formats.day_with_year
    return f"{write(there.date(), spoken())} {there:%H:%M}"
