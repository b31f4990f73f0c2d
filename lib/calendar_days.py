"""The working calendar as a manager keeps it: the published one, and the store's word on single days (domain.md B5)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import count

import chinese_calendar
from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from db.tables import CalendarDay
from db.terms import Subject
from lib.access import Permission
from lib.data import Change, command, reads
from lib.refusals import N_, Conflict, Invalid
from lib.workdays import Workdays

LONGEST_NOTE = 200
HOLIDAYS = (
    N_("New Year's Day"), N_("Spring Festival"), N_("Tomb-sweeping Day"), N_("Labour Day"), N_("Dragon Boat Festival"),
    N_("Mid-autumn Festival"), N_("National Day"), N_("Anti-Fascist 70th Day"),
)  # fmt: skip
FARTHEST = timedelta(days=3 * 366)  # a day further away is a slip of the hand


class Why(StrEnum):
    """What makes a day worked or free."""

    STORE = N_("Set by the store")
    HOLIDAY = N_("Public holiday")
    SHIFTED = N_("Worked weekend")
    WEEKDAY = N_("Weekday")
    WEEKEND = N_("Weekend")


@dataclass(frozen=True)
class Override:
    """The store's word on a day, as a form shows it and a command compares it."""

    is_workday: bool
    note: str | None


@dataclass(frozen=True)
class Day:
    """One day of the month. `published`: the state's arrangement for its year is known."""

    on: date
    is_workday: bool
    why: Why
    holiday: str | None
    published: bool
    override: Override | None = None


@dataclass(frozen=True)
class Month:
    """A month with its working days, those that the published calendar alone gives, and the store's word."""

    first: date
    days: tuple[Day, ...]

    @property
    def workdays(self) -> int:
        return sum(day.is_workday for day in self.days)

    @property
    def overrides(self) -> tuple[Day, ...]:
        return tuple(day for day in self.days if day.override)


@reads(Subject.SETTINGS)
def month(connection: Connection, first: date) -> Month:
    """Every day of the month that begins on `first`."""
    last = first.replace(day=monthrange(first.year, first.month)[1])
    rows = connection.execute(select(CalendarDay).with_only_columns(*CalendarDay.__table__.columns).where(
        CalendarDay.day.between(first, last)
    ))  # fmt: skip
    words = {row.day: Override(row.is_workday, row.note) for row in rows}
    return Month(first, tuple(_day(first + timedelta(days=step), words) for step in range(last.day)))


def published_until() -> int:
    """The last year whose holidays and 调休 are known; after it weekdays count as worked until the store says more."""
    return next(year - 1 for year in count(2004) if not _published(date(year, 1, 1)))


@command(Permission.DICTIONARY_WRITE, Subject.SETTINGS)
def set_day(change: Change, day: date, seen: Override | None, wanted: Override) -> None:
    """Say that a day is worked or free, with a note. `seen` is the word that stood: `Conflict` when it no longer does.

    It counts in every figure from now on; a three-day call whose clock runs already keeps its day (R5).
    """
    note = (wanted.note or "").strip()
    if not note or len(note) > LONGEST_NOTE:
        raise Invalid(N_("Say why in a few words, up to 200 characters."), field="note")
    if abs(day - change.today) > FARTHEST:
        raise Invalid(N_("Choose a day within three years of today."), field="day")
    stood = _stood(change, day, seen)
    values = {"is_workday": wanted.is_workday, "note": note}
    if stood is None:
        _insert(change, day, values)
    else:
        change.session.execute(update(CalendarDay).where(CalendarDay.day == day).values(values))
    change.record("calendar.set", "calendar_days", day=day.isoformat(), old=_told(stood), new=_told(wanted), note=note)


@command(Permission.DICTIONARY_WRITE, Subject.SETTINGS)
def clear_day(change: Change, day: date, seen: Override) -> None:
    """Take back the store's word on a day: the published calendar holds again."""
    stood = _stood(change, day, seen)
    change.session.execute(delete(CalendarDay).where(CalendarDay.day == day))
    change.record("calendar.cleared", "calendar_days", day=day.isoformat(), old=_told(stood))


def _stood(change: Change, day: date, seen: Override | None) -> Override | None:
    row = change.session.execute(
        select(CalendarDay.is_workday, CalendarDay.note).where(CalendarDay.day == day).with_for_update()
    ).first()
    stood = Override(row.is_workday, row.note) if row else None
    if stood != seen:
        raise Conflict(N_("Someone changed this day. What you typed is kept; check it and save again."))
    return stood


def _insert(change: Change, day: date, values: dict[str, object]) -> None:
    try:
        change.session.execute(insert(CalendarDay).values(day=day, **values))
    except IntegrityError:
        raise Conflict(N_("Someone changed this day. What you typed is kept; check it and save again.")) from None


def _told(word: Override | None) -> str | None:
    return None if word is None else "worked" if word.is_workday else "free"


def _day(on: date, words: dict[date, Override]) -> Day:
    word, published = words.get(on), _published(on)
    worked = Workdays({on: word.is_workday} if word else {}).is_workday(on)
    holiday = chinese_calendar.get_holiday_detail(on)[1] if published else None
    return Day(on, worked, Why.STORE if word else _why(on, worked, holiday), holiday, published, word)


def _why(on: date, worked: bool, holiday: str | None) -> Why:
    weekday = on.weekday() < 5
    if worked:
        return Why.WEEKDAY if weekday else Why.SHIFTED
    return Why.HOLIDAY if holiday or weekday else Why.WEEKEND


def _published(on: date) -> bool:
    try:
        chinese_calendar.is_workday(on)
    except NotImplementedError:
        return False
    return True
