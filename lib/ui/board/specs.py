"""The board's charts as finished specifications, made once for each view and language and shared by all sessions."""

from functools import lru_cache
from typing import Any

import pandas as pd

from lib import charts, formats, kpi
from lib.board.course import Course
from lib.board.figures import FunnelStep, HourNumbers, SourceNumbers
from lib.refusals import N_
from lib.words import words

SHARED = 256

STEPS = {
    "first_visits": N_("First visits"),
    "captured_visits": N_("Captured visits"),
    "walk_in_test_drives": N_("Test drives"),
    "walk_in_orders": N_("Orders"),
    "walk_in_deliveries": N_("Deliveries"),
}


@lru_cache(SHARED)
def course(view: Course, language: str) -> dict[str, Any]:
    """The month's running total."""
    said = words(language)
    frame = pd.DataFrame(
        {
            "position": [each.day.day for each in view.days],
            "label": [formats.day(each.day, said) for each in view.days],
            "actual": [each.reached for each in view.days],
            "before": [each.last_month for each in view.days],
            "target": [None if each.expected is None else float(each.expected) for each in view.days],
        }
    ).astype({"actual": float, "before": float, "target": float})
    labels = {
        "actual": said.say(kpi.find(view.slug).label), "before": said.say("Last month"),
        "target": said.say("Target"),
    }  # fmt: skip
    return charts.dressed(charts.course(frame, labels, said.say("Day")), language)


@lru_cache(SHARED)
def funnel(steps: tuple[FunnelStep, ...], language: str) -> dict[str, Any]:
    """From first visit to delivery."""
    said = words(language)
    frame = pd.DataFrame(
        {
            "step": [each.name for each in steps],
            "label": [said.say(STEPS[each.name]) for each in steps],
            "count": [each.count for each in steps],
            "rate": [formats.percent(each.rate.value) if each.rate else "" for each in steps],
        }
    )
    return charts.dressed(charts.funnel(frame), language)


@lru_cache(SHARED)
def sources(rows: tuple[SourceNumbers, ...], language: str) -> dict[str, Any]:
    """Leads by source."""
    said = words(language)
    total = sum(each.leads for each in rows)
    frame = pd.DataFrame(
        {
            "source": [each.source.value for each in rows],
            "label": [said.term(each.source) for each in rows],
            "leads": [each.leads for each in rows],
            "share": [formats.percent(kpi.ratio(each.leads, total)) for each in rows],
        }
    )
    return charts.dressed(charts.sources(frame), language)


@lru_cache(SHARED)
def hours(rows: tuple[HourNumbers, ...], language: str) -> dict[str, Any]:
    """Visits and calls by hour, from the first hour with one to the last."""
    said = words(language)
    busy = [each.hour for each in rows if each.visits or each.calls]
    shown = [each for each in rows if min(busy, default=8) <= each.hour <= max(busy, default=20)]
    frame = pd.DataFrame(
        [(each.hour, said.say("Visits"), each.visits) for each in shown]
        + [(each.hour, said.say("Incoming calls"), each.calls) for each in shown],
        columns=["hour", "kind", "count"],
    )
    return charts.dressed(charts.hours(frame), language)
