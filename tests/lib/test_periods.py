"""Periods: names, pieces, the one before."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.periods import DAY, Period, Unit, named, parse, pieces, whole, whole_months
from lib.refusals import Invalid

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("name", "first", "last", "unit"),
    [
        ("2026", "2026-01-01", "2026-12-31", Unit.YEAR),
        ("2026Q1", "2026-01-01", "2026-03-31", Unit.QUARTER),
        ("2026Q4", "2026-10-01", "2026-12-31", Unit.QUARTER),
        ("2026-11", "2026-11-01", "2026-11-30", Unit.MONTH),
        ("2028-02", "2028-02-01", "2028-02-29", Unit.MONTH),
        ("2026-W48", "2026-11-23", "2026-11-29", Unit.WEEK),
        ("2026-W01", "2025-12-29", "2026-01-04", Unit.WEEK),
        ("2026-W53", "2026-12-28", "2027-01-03", Unit.WEEK),
        ("2026-11-23", "2026-11-23", "2026-11-23", Unit.DAY),
        ("9999-12", "9999-12-01", "9999-12-31", Unit.MONTH),
    ],
)
def test_a_name_is_its_days_and_back(name: str, first: str, last: str, unit: Unit) -> None:
    period = parse(name)
    assert (period.first.isoformat(), period.last.isoformat(), period.unit, period.name) == (first, last, unit, name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "26",
        "2026Q5",
        "2026Q0",
        "2026-13",
        "2026-00",
        "2025-W53",
        "2026-W00",
        "2026-11-31",
        "0000",
        "２０２６",
        "2026 ",
    ],
)
def test_what_is_no_period_is_refused(name: str) -> None:
    with pytest.raises(Invalid):
        parse(name)


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(Invalid):
        Period(date(2026, 11, 2), date(2026, 11, 1))


def test_the_previous_period_is_as_long_and_ends_the_day_before() -> None:
    assert Period(date(2026, 11, 1), date(2026, 11, 20)).previous == Period(date(2026, 10, 12), date(2026, 10, 31))


@given(DAYS, st.integers(0, 1200))
def test_pieces_cover_each_day_once_in_order(first: date, length: int) -> None:
    period = Period(first, first + length * DAY)
    assert [day for piece in pieces(period) for day in piece.days] == list(period.days)


def test_a_range_is_cut_into_the_largest_whole_parts() -> None:
    period = Period(date(2025, 11, 30), date(2027, 5, 2))
    assert [piece.name for piece in pieces(period)] == [
        "2025-11-30", "2025-12", "2026", "2027Q1", "2027-04", "2027-05-01", "2027-05-02",
    ]  # fmt: skip


def test_whole_months_leave_out_those_that_are_cut() -> None:
    assert [each.name for each in whole_months(Period(date(2026, 8, 2), date(2026, 11, 29)))] == ["2026-09", "2026-10"]
    assert whole_months(Period(date(2026, 8, 2), date(2026, 8, 30))) == ()


@given(DAYS, st.sampled_from(list(Unit)))
def test_every_day_lies_in_the_unit_that_its_name_says(day: date, unit: Unit) -> None:
    assert parse(named(unit, day)) == whole(unit, day)
    assert day in whole(unit, day)
