"""The network's charts as finished specifications, made once for each view and language and shared by all sessions."""

from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd

from lib import charts, formats, kpi
from lib.channels.branches import FEW
from lib.kpi import Kind, Number
from lib.periods import Period
from lib.words import Words, words

SHARED = 256

Values = tuple[Any, ...]
Spec = dict[str, Any]


@lru_cache(SHARED)
def months(span: tuple[Period, ...], values: Values, slug: str, today: date, language: str) -> Spec:
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


class Course(NamedTuple):
    """A node's twelve months of one figure."""

    code: str
    name: str
    values: Values


class Spot(NamedTuple):
    """A node in the scatter: its leads and its conversion."""

    code: str
    name: str
    kind: str
    leads: int
    orders: int
    rate: Number


@lru_cache(SHARED)
def panels(courses: tuple[Course, ...], span: tuple[Period, ...], slug: str, today: date, language: str) -> Spec:
    """One figure of several nodes by month, on one scale."""
    said, record = words(language), kpi.find(slug)
    frame = pd.DataFrame(
        [
            {"panel": number, "code": each.code, "name": each.name, "place": place, "month": month_name(month, said),
             "value": None if value is None else float(value), "written": formats.value(record, value, said),
             "running": today in month}
            for number, each in enumerate(courses)
            for place, (month, value) in enumerate(zip(span, each.values, strict=True))
        ]
    ).astype({"value": float})  # fmt: skip
    rate = record.kind is Kind.RATE
    return charts.dressed(charts.panels(frame, said.say(record.label), rate, ".0%" if rate else "~s"), language)


@lru_cache(SHARED)
def flow(streams: tuple[charts.Stream, ...], steps: tuple[str, ...], language: str) -> Spec:
    """From leads to deliveries by branch."""
    return charts.dressed(charts.flow(streams, steps), language)


@lru_cache(SHARED)
def scatter(spots: tuple[Spot, ...], kinds: tuple[str, ...], mean: Number | None, language: str) -> Spec:
    """Conversion against leads; the names of those that have room for them."""
    said = words(language)
    volume, rate = (kpi.find(slug) for slug in ("leads", "lead_to_order_rate"))
    frame = pd.DataFrame(
        [
            {"code": each.code, "name": each.name, "kind": each.kind, "volume": each.leads, "rate": float(each.rate),
             "written": f"{formats.percent(each.rate)} ({each.orders} / {each.leads})",
             "few": each.leads < FEW}
            for each in spots
        ]
    )  # fmt: skip
    line = None if mean is None else (float(mean), said.say("All together {rate}", rate=formats.percent(mean)))
    titles = (said.say(volume.label), said.say(rate.label))
    return charts.dressed(charts.scatter(frame, kinds, titles, line, edge(spots, mean)), language)


def edge(spots: tuple[Spot, ...], mean: Number | None) -> float:
    """The upper edge of the scatter: what a handful of leads makes of a rate does not press the others flat."""
    sure = [each.rate for each in spots if each.leads >= FEW] or [each.rate for each in spots]
    return max(0.1, 1.25 * float(max([*sure, mean or 0])))
