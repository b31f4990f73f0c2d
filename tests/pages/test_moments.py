"""Moments as lists write them: by the store's clock, with the year where it is not this one."""

from datetime import UTC, date, datetime

import pytest

from lib import clock
from lib.ui import moments

NIGHT = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)  # after midnight in the store
YEAR_BEFORE = datetime(2025, 12, 31, 15, 59, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 25, 4, tzinfo=UTC))


def test_a_moment_of_this_year_goes_without_it() -> None:
    assert moments.moment(NIGHT) == "11-24 00:30"
    assert moments.day_of(NIGHT) == "11-24"
    assert moments.day(date(2026, 1, 1)) == "01-01"
    assert moments.in_full(NIGHT) == "11月24日 周二 00:30"


def test_another_year_is_said() -> None:
    assert moments.moment(YEAR_BEFORE) == "2025-12-31 23:59"
    assert moments.day_of(YEAR_BEFORE) == "2025-12-31"
    assert moments.day(date(2027, 1, 1)) == "2027-01-01"
    assert moments.in_full(YEAR_BEFORE) == "2025年12月31日 23:59"


def test_the_year_is_the_stores_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2025, 12, 31, 16, 30, tzinfo=UTC))  # 2026 in the store
    assert moments.moment(YEAR_BEFORE) == "2025-12-31 23:59"
    assert moments.day(date(2026, 1, 1)) == "01-01"


def test_nothing_is_written_as_nothing() -> None:
    assert (moments.moment(None), moments.day_of(None)) == ("", "")
    assert (moments.day(None), moments.in_full(None)) == ("—", "—")
