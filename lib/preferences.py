"""What the store decides for itself: rows of `settings`, with the value that holds until somebody sets one."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import Session

from db.tables import CalendarDay, Setting
from lib.workdays import Workdays

CALENDAR_DAYS, WORKING_DAYS = "calendar", "working"


@dataclass(frozen=True)
class Preference:
    """A name in `settings` and its default. `allowed` lists the values where they are few."""

    name: str
    default: Any
    allowed: tuple[Any, ...] = ()


QUOTE_CALL_DAYS = Preference("quote_call_days", CALENDAR_DAYS, (CALENDAR_DAYS, WORKING_DAYS))  # how R5 counts its three
FORECAST_DAY = Preference("forecast_day", 25)  # a forecast is on time up to this day of the month before (C5)
FORECAST_DAYS_KEPT = Preference("forecast_days_kept", ())  # of months that were due before it was set anew
APPROVAL_DAYS = Preference("approval_days", 1)  # working days in which what goes beyond the rules is decided (N5)
PROVINCE = Preference("province", "云南")  # whose floating scheme and vehicle tax a premium trial starts from
ALERT_PRICE_BAND = Preference("alert_price_band", 8)  # per cent around the guide price that a sale may keep to (C6)
ALERT_BUYER_CARS = Preference("alert_buyer_cars", 3)  # so many cars to one buyer look like wholesale (C4) …
ALERT_BUYER_DAYS = Preference("alert_buyer_days", 90)  # … within so many days
ALERT_SILENT_DAYS = Preference("alert_silent_days", 7)  # without any record a node is silent
WINBACK_FROM_DAYS = Preference("winback_from_days", 30)  # a lost lead is worth another call from so many days on …
WINBACK_UNTIL_DAYS = Preference("winback_until_days", 365)  # … until so many days after the loss
SMS_FROM = Preference("sms_from", "09:00")  # SMS go out from this hour of the store's clock …
SMS_UNTIL = Preference("sms_until", "20:30")  # … until this one (domain.md B4)


VALUE = select(Setting.value).where(Setting.name == bindparam("sought"))


def value(source: Connection | Session, preference: Preference) -> Any:
    """The value that holds now."""
    found = source.execute(VALUE, {"sought": preference.name}).first()
    return preference.default if found is None else found.value


def workdays(source: Connection | Session) -> Workdays:
    """The working calendar with the admin's overrides."""
    rows = source.execute(select(CalendarDay.day, CalendarDay.is_workday))
    return Workdays({row.day: row.is_workday for row in rows})
