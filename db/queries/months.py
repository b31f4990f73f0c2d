"""Months as the sentences number them."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, cast, extract


def month_of(day: Any) -> ColumnElement[int]:
    """The number of a day's month: its year times twelve plus its place in it."""
    return cast(extract("year", day) * 12 + extract("month", day), Integer)
