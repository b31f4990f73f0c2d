"""Cells that name one of a few things, a person, a car or a period (domain.md B5)."""

import json
import re
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from stdnum.cn import ric, uscc

from lib import identifiers, kpi, periods
from lib.imports.cells import Parser, code, day, folded
from lib.refusals import N_, Invalid
from lib.words import words

WHICH_PERIOD = N_("There is no period {name}. Write 2026, 2026Q4, 2026-11 or 2026-W48.")
MONTH = re.compile(r"(\d{4})[-/年](\d{1,2})月?")


def term(terms: type[StrEnum]) -> Parser:
    """A member of a closed vocabulary, by its Chinese or English word or its value."""

    def parse(raw: Any, _zone: ZoneInfo) -> StrEnum | None:
        value = folded(raw).lower()
        if not value:
            return None
        try:
            return _spellings(terms)[value]
        except KeyError:
            allowed = "、".join(words("zh").term(member) for member in terms)
            raise Invalid(N_("Not one of: {allowed}."), allowed=allowed) from None

    _terms[parse] = terms
    return parse


def choices(parser: Parser) -> type[StrEnum] | None:
    """The vocabulary that a parser reads, if it reads one."""
    return _terms.get(parser)


_terms: dict[Parser, type[StrEnum]] = {}


@cache
def _spellings(terms: type[StrEnum]) -> dict[str, StrEnum]:
    said = [words(language).term for language in ("en", "zh")]
    spellings = {say(member).lower(): member for say in said for member in terms}
    return spellings | {member.value.lower(): member for member in terms}


def structure(kind: type) -> Parser:
    """What `export` writes of a value that has parts (JSON), for the same to come back."""

    def parse(raw: Any, _zone: ZoneInfo) -> Any:
        value = str(raw).strip()
        if not value:
            return None
        try:
            found = json.loads(value)
        except ValueError:
            found = None
        if not isinstance(found, kind):
            raise Invalid(N_("Not as an export writes it: take this cell from the exported file again."))
        return found

    return parse


_code = code()


def mobile(raw: Any, zone: ZoneInfo) -> str | None:
    """Eleven digits, beginning with 13 to 19, and nothing else."""
    value: str | None = _code(raw, zone)
    if value is None or identifiers.MOBILE.fullmatch(value):
        return value
    return identifiers.mobile(value)


def vin(raw: Any, zone: ZoneInfo) -> str | None:
    """Seventeen places without I, O, Q. The check digit is looked at elsewhere: it only warns."""
    value: str | None = _code(raw, zone)
    if value and identifiers.VIN.fullmatch(value):
        return value
    return identifiers.vin(value)


def plate(raw: Any, _zone: ZoneInfo) -> str | None:
    """A number plate, with or without the dot; a new car has none."""
    return identifiers.plate(folded(raw))


def id_number(raw: Any, zone: ZoneInfo) -> str | None:
    """A resident's ID number or a company's credit code, with its check digit (GB 11643, GB 32100)."""
    value = _code(raw, zone)
    return _checked_id(value.upper()) if value else None


@cache
def _checked_id(value: str) -> str:
    if ric.is_valid(value) or uscc.is_valid(value):
        return value
    raise Invalid(N_("This is neither a valid ID number nor a valid credit code: check each digit."))


def policy_number(raw: Any, zone: ZoneInfo) -> str | None:
    """Capitals, digits and hyphens."""
    return identifiers.policy_number(_code(raw, zone))


def metric(raw: Any, _zone: ZoneInfo) -> str | None:
    """A figure that may have a target."""
    value = folded(raw).lower()
    if value and value not in kpi.TARGETED:
        raise Invalid(N_("There is no figure called {slug}."), slug=value[:40])
    return value or None


def month(raw: Any, zone: ZoneInfo) -> date | None:
    """A month as its first day: 2026-11, 2026/11, 2026年11月, or a spreadsheet's date of that day."""
    if not isinstance(raw, str):
        found = day(raw, zone)
        if found and found.day != 1:
            raise Invalid(N_("There is no period {name}. Write a month as 2026-11."), name=str(found))
        return found
    value = folded(raw)
    if not value:
        return None
    match = MONTH.fullmatch(value)
    if not match or not 1 <= int(match[2]) <= 12 or not 1950 <= int(match[1]) <= 2100:
        raise Invalid(N_("There is no period {name}. Write a month as 2026-11."), name=value[:20])
    return date(int(match[1]), int(match[2]), 1)


def period(raw: Any, zone: ZoneInfo) -> str | None:
    """The name of a year, quarter, month or week: 2026, 2026Q4, 2026-11, 2026-W48."""
    if isinstance(raw, date):
        found = month(raw, zone)
        return f"{found:%Y-%m}" if found else None
    value = folded(raw).upper()
    if not value:
        return None
    if match := MONTH.fullmatch(value):
        value = f"{match[1]}-{int(match[2]):02d}"
    if len(value) > 8 or not value.startswith(("19", "20")):
        raise Invalid(WHICH_PERIOD, name=value[:20])
    try:
        return periods.parse(value).name
    except Invalid as error:  # that of a day would do elsewhere
        raise Invalid(WHICH_PERIOD, name=value[:20]) from error
