"""One cell: from what the file holds to a typed value, or a sentence on what is wrong with it (interchange, "Import").

A parser takes the raw value and the store's time zone and returns `None` for a cell that says nothing.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from lib.refusals import N_, Invalid

Parser = Callable[[Any, ZoneInfo], Any]

FIRST_YEAR, LAST_YEAR = 1950, 2100
EXACT_DIGITS = 15  # a spreadsheet number keeps no more
LARGEST = Decimal(10) ** 13

_FOLD = {
    **{0xFF10 + i: 0x30 + i for i in range(10)},
    **{0xFF21 + i: 0x41 + i for i in range(26)},
    **{0xFF41 + i: 0x61 + i for i in range(26)},
}
_FOLD_ALL = {**{0xFF01 + i: 0x21 + i for i in range(94)}, 0x3000: 0x20, 0x2212: 0x2D, 0x2013: 0x2D}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d*)?")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(Z|z|[+-]\d{2}:?\d{2})?")


def folded(raw: Any) -> str:
    """Text with full-width digits and letters folded and blanks around it trimmed; whole numbers without ".0"."""
    if isinstance(raw, str):
        return raw.translate(_FOLD).strip()
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float):
        if abs(raw) >= 10**EXACT_DIGITS:
            raise Invalid(N_("The spreadsheet keeps only 15 digits of a number: format the cell as text."))
        return str(int(raw)) if raw == int(raw) else repr(raw)
    return str(raw).strip()


def text(longest: int) -> Parser:
    """Any text of up to so many characters."""

    def parse(raw: Any, _zone: ZoneInfo) -> str | None:
        value = folded(raw.isoformat(" ") if isinstance(raw, datetime) else raw)
        if _CONTROL.search(value):
            raise Invalid(N_("The text has characters that cannot be stored."))
        if len(value) > longest:
            raise Invalid(N_("The text is longer than {longest} characters."), longest=longest)
        return value or None

    return parse


def code(longest: int = 64) -> Parser:
    """A short name of something: no blanks within, no date that the spreadsheet made of it."""
    as_text = text(longest)

    def parse(raw: Any, zone: ZoneInfo) -> str | None:
        if isinstance(raw, (date, time, timedelta)):
            raise Invalid(N_("The spreadsheet made a date of this code: format the cell as text."))
        value: str | None = as_text(raw.translate(_FOLD_ALL) if isinstance(raw, str) else raw, zone)
        if value and re.search(r"\s", value):
            raise Invalid(N_("A code has no blanks within."))
        return value

    return parse


def decimal(places: int, least: Decimal | int | None = None, most: Decimal | int | None = None) -> Parser:
    """A number, rounded half up to so many places."""
    last_place = Decimal(1).scaleb(-places)

    def parse(raw: Any, _zone: ZoneInfo) -> Decimal | None:
        value = number(raw)
        if value is None:
            return None
        if abs(value) >= LARGEST:
            raise Invalid(N_("The number is too large."))
        if least is not None and value < least:
            raise Invalid(N_("The number must not be less than {least}."), least=least)
        if most is not None and value > most:
            raise Invalid(N_("The number must not be more than {most}."), most=most)
        return value.quantize(last_place, ROUND_HALF_UP) + 0

    return parse


def integer(least: int = 0, most: int = 1_000_000_000) -> Parser:
    """A whole number."""
    as_decimal = decimal(6, least, most)

    def parse(raw: Any, zone: ZoneInfo) -> int | None:
        value = as_decimal(raw, zone)
        if value is None:
            return None
        if value != int(value):
            raise Invalid(N_("A whole number is wanted."))
        return int(value)

    return parse


def number(raw: Any) -> Decimal | None:
    """The number of a cell, thousands commas allowed; `None` for blank text."""
    if isinstance(raw, (float, int)) and not isinstance(raw, bool):
        if raw != raw or raw in (float("inf"), float("-inf")):
            raise Invalid(N_("This is not a number."))
        return Decimal(repr(raw))
    if isinstance(raw, str):
        value = raw.translate(_FOLD_ALL).strip()
        if not value:
            return None
        if _NUMBER.fullmatch(value):
            return Decimal(value.replace(",", ""))
    raise Invalid(N_("This is not a number."))


def day(raw: Any, _zone: ZoneInfo) -> date | None:
    """A date: a spreadsheet's, 2026-11-23, 2026/11/23 or 2026年11月23日."""
    if isinstance(raw, datetime):
        return _plausible(raw.date())
    if isinstance(raw, date):
        return _plausible(raw)
    if isinstance(raw, str):
        value = raw.translate(_FOLD_ALL).strip()
        if not value:
            return None
        found, rest = _leading_date(value)
        if rest and not _CLOCK.fullmatch(rest):
            raise Invalid(N_("This is not a date. Write it as 2026-11-23."))
        return found
    raise Invalid(N_("This is not a date. Write it as 2026-11-23."))


def instant(raw: Any, zone: ZoneInfo) -> datetime | None:
    """A moment in UTC; without a time zone it is the store's, without a time the day's beginning.

    A spreadsheet's own moment is taken to the second, as it keeps no more; a text to its last place.
    """
    if isinstance(raw, datetime):
        _plausible(raw.date())
        return _utc((raw + timedelta(microseconds=500_000)).replace(microsecond=0), zone)
    if isinstance(raw, date):
        return _utc(datetime.combine(_plausible(raw), time()), zone)
    if not isinstance(raw, str):
        raise Invalid(N_("This is not a time. Write it as 2026-11-23 10:30."))
    value = raw.translate(_FOLD_ALL).strip()
    if not value:
        return None
    found, rest = _leading_date(value)
    if not rest:
        return _utc(datetime.combine(found, time()), zone)
    clock = _CLOCK.fullmatch(rest)
    if not clock:
        raise Invalid(N_("This is not a time. Write it as 2026-11-23 10:30."))
    return _utc(datetime.combine(found, _time_of(clock)), _offset(clock[5]) or zone)


def _leading_date(value: str) -> tuple[date, str]:
    match = _DATE.match(value)
    if not match:
        raise Invalid(N_("This is not a date. Write it as 2026-11-23."))
    parts = [int(part) for part in match.groups() if part]
    try:
        found = date(*parts)
    except ValueError as error:
        raise Invalid(N_("There is no such day.")) from error
    return _plausible(found), value[match.end() :].removeprefix("T").strip()


def _plausible(found: date) -> date:
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Invalid(N_("The year {year} cannot be right."), year=found.year)
    return found


def _time_of(clock: re.Match[str]) -> time:
    try:
        return time(int(clock[1]), int(clock[2]), int(clock[3] or 0), int((clock[4] or "")[:6].ljust(6, "0")))
    except ValueError as error:
        raise Invalid(N_("There is no such time of day.")) from error


def _offset(written: str | None) -> Any:
    if not written:
        return None
    if written in "Zz":
        return UTC
    sign = -1 if written[0] == "-" else 1
    hours, minutes = int(written[1:3]), int(written[-2:])
    if hours > 14 or minutes > 59:
        raise Invalid(N_("There is no such time zone."))
    return timezone(sign * timedelta(hours=hours, minutes=minutes))


def _utc(found: datetime, zone: Any) -> datetime:
    if found.tzinfo is None:
        found = found.replace(tzinfo=zone)
    return found.astimezone(UTC)


_YES = frozenset({"是", "yes", "y", "true", "1", "√"})
_NO = frozenset({"否", "no", "n", "false", "0", "×"})


def yes_no(raw: Any, _zone: ZoneInfo) -> bool | None:
    """是/否, yes/no, true/false, 1/0."""
    value = folded(raw).lower()
    if not value:
        return None
    if value in _YES or value in _NO:
        return value in _YES
    raise Invalid(N_("Write 是 or 否 (yes or no)."))
