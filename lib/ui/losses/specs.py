"""The charts of the loss analysis as finished specifications, made once for each view and language and shared."""

from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd

from lib import charts, formats, kpi
from lib.charts import palette
from lib.words import words

SHARED = 256


class Bar(NamedTuple):
    """A bar of a ranking: what a click picks, how it is called, how many; `faded` where something else is picked."""

    code: str
    label: str
    cases: int
    faded: bool = False
    ink: str = palette.MAIN


class MonthPoint(NamedTuple):
    """A month of a course: what a click picks, how it is called, and how its axis calls it."""

    code: str
    month: str
    label: tuple[str, ...]
    value: float | None
    written: str
    fraction: str
    running: bool
    few: bool
    labelled: bool
    faded: bool = False


class Cell(NamedTuple):
    """A cell of a heat map; `whole` is the sum of its column."""

    row: str
    column: str
    row_label: str
    column_label: str
    cases: int
    whole: int
    picked: bool = False


class Push(NamedTuple):
    """What one group brought about, in percentage points."""

    code: str
    label: str
    points: float
    written: str
    good: bool
    told: str


@lru_cache(SHARED)
def pareto(bars: tuple[Bar, ...], language: str) -> dict[str, Any]:
    """Reasons of the first level, and what they add up to."""
    frame = _with_shares(bars)
    return charts.dressed(charts.pareto(frame, words(language).say("Added up")), language)


@lru_cache(SHARED)
def ranks(bars: tuple[Bar, ...], whole: int, language: str) -> dict[str, Any]:
    """Bars with their share of a whole."""
    return charts.dressed(charts.ranks(_with_shares(bars, whole)), language)


@lru_cache(SHARED)
def months(points: tuple[MonthPoint, ...], title: str, told: str, rate: bool, language: str) -> dict[str, Any]:
    """A count or a rate by month."""
    frame = pd.DataFrame(points, columns=MonthPoint._fields)
    return charts.dressed(charts.loss_months(frame.astype({"value": float}), title, told, rate), language)


@lru_cache(SHARED)
def heat(cells: tuple[Cell, ...], language: str) -> dict[str, Any]:
    """Counts by reason and something else."""
    frame = pd.DataFrame(cells, columns=Cell._fields).rename(columns={"cases": "count"})
    frame["share"] = [formats.percent(kpi.ratio(each.cases, each.whole)) for each in cells]
    return charts.dressed(charts.heat(frame), language)


@lru_cache(SHARED)
def influence(pushes: tuple[Push, ...], language: str) -> dict[str, Any]:
    """What moved a rate."""
    said = words(language)
    labels = {"points": said.say("Contribution"), "told": said.say("Rate before and now")}
    return charts.dressed(charts.influence(pd.DataFrame(pushes, columns=Push._fields), labels), language)


def _with_shares(bars: tuple[Bar, ...], whole: int | None = None) -> pd.DataFrame:
    total = sum(each.cases for each in bars) if whole is None else whole
    frame = pd.DataFrame(bars, columns=Bar._fields).rename(columns={"cases": "count"})
    frame["share"] = [formats.percent(kpi.ratio(each.cases, total)) for each in bars]
    return frame
