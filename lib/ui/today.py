"""The business day and the moment of a run, as the store's clock has them."""

from datetime import date, datetime

from lib import clock, settings


def now() -> datetime:
    """This moment on the store's clock."""
    return clock.store_time(clock.now(), settings.load().zone)


def today() -> date:
    """The store's calendar day."""
    return now().date()
