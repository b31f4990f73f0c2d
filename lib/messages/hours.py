"""When SMS may go out: the store's hours (domain.md B4)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, delete, insert
from sqlalchemy.orm import Session

from db.tables import Setting
from db.terms import Subject
from lib import preferences, settings
from lib.access import Permission
from lib.data import Change, command, reads
from lib.preferences import SMS_FROM, SMS_UNTIL
from lib.refusals import N_, Invalid


@dataclass(frozen=True)
class Hours:
    """From when (included) until when (not included) each day."""

    start: time
    end: time
    zone: ZoneInfo

    def open_at(self, at: datetime) -> bool:
        return self.start <= at.astimezone(self.zone).time() < self.end

    def next_opening(self, at: datetime) -> datetime:
        """The first moment from `at` on in which SMS may go out."""
        if self.open_at(at):
            return at
        there = at.astimezone(self.zone)
        day = there.date() + timedelta(days=1 if there.time() >= self.end else 0)
        return datetime.combine(day, self.start, self.zone)

    def require(self, at: datetime) -> None:
        """Refuse outside the hours."""
        if not self.open_at(at):
            raise Invalid(
                N_("SMS go out from {start} to {end} only. Call now, or send it in those hours."), field="hours",
                start=f"{self.start:%H:%M}", end=f"{self.end:%H:%M}",
            )  # fmt: skip


def hours(source: Connection | Session) -> Hours:
    """The hours that hold now."""
    start, end = (time.fromisoformat(preferences.value(source, each)) for each in (SMS_FROM, SMS_UNTIL))
    return Hours(start, end, settings.load().zone)


@reads(Subject.SETTINGS)
def permitted(connection: Connection) -> Hours:
    """The hours, to show."""
    return hours(connection)


@command(Permission.DICTIONARY_WRITE, Subject.SETTINGS)
def set_hours(change: Change, start: time | None, end: time | None) -> None:
    """Set the hours. `Invalid` unless the start lies before the end."""
    if start is None or end is None or start >= end:
        raise Invalid(N_("The first hour must lie before the last."), field="start")
    before = hours(change.session)
    for preference, value in ((SMS_FROM, start), (SMS_UNTIL, end)):
        _set(change, preference.name, f"{value:%H:%M}")
    change.record(
        "sms_hours_set", "settings", old=f"{before.start:%H:%M}-{before.end:%H:%M}", new=f"{start:%H:%M}-{end:%H:%M}"
    )


def _set(change: Change, name: str, value: Any) -> None:
    change.session.execute(delete(Setting).where(Setting.name == name))
    change.session.execute(insert(Setting).values(name=name, value=value, verified=True))
