"""The working calendar: China's with 调休 where published, weekdays where not yet, an admin's word over both."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

import chinese_calendar


@dataclass(frozen=True)
class Workdays:
    """Which days count as working days. `overrides` are the admin's rows."""

    overrides: Mapping[date, bool] = field(default_factory=dict)

    def is_workday(self, day: date) -> bool:
        """Whether a day is worked (domain.md B5)."""
        if day in self.overrides:
            return self.overrides[day]
        return _published(day)

    def count(self, first: date, last: date) -> int:
        """Working days from `first` to `last`, both included; 0 when the range is empty."""
        days = (last - first).days + 1
        return sum(self.is_workday(first + timedelta(days=step)) for step in range(max(0, days)))

    def after(self, day: date, workdays: int) -> date:
        """The day on which the given number of working days has passed since `day`, which is not counted."""
        while workdays > 0:
            day += timedelta(days=1)
            workdays -= self.is_workday(day)
        return day


@cache
def _published(day: date) -> bool:
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:  # the year's holidays are not published yet
        return day.weekday() < 5
