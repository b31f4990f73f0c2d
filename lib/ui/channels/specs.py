"""The network's charts as finished specifications, made once for each view and language and shared by all sessions."""

from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd

from lib import charts, formats, kpi
from lib.kpi import Kind
from lib.periods import Period
from lib.words import Words, words

SHARED = 256

Values = tuple[Any, ...]


@lru_cache(SHARED)
def months(span: tuple[Period, ...], values: Values, slug: str, today: date, language: str) -> dict[str, Any]:
    """One figure of one node by month."""
    said, record = words(language), kpi.find(slug)
    frame = pd.DataFrame(
        {
            "month": [month_name(each, said) for each in span],
            "value": [None if value is None else float(value) for value in values],
            "written": [formats.value(record, value, said) for value in values],
            "running": [today in each for each in span],
        }
    ).astype({"value": float})
    return charts.dressed(charts.months(frame, said.say(record.label), record.kind is Kind.RATE), language)


def month_name(month: Period, said: Words) -> str:
    """11月; in January with the year."""
    return formats.month(month.first, said)
