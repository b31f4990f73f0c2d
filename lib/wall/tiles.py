"""The day's five numbers, each with its month against target."""

from typing import Any

from lib import formats, kpi
from lib.board.figures import Board
from lib.kpi import Number
from lib.refusals import N_
from lib.targets import Targets
from lib.wall.bars import bar
from lib.words import Words

TILES = {
    "first_visits": N_("Walk-ins"),
    "calls": N_("Call-ins"),
    "test_drives": N_("Drives"),
    "orders": N_("Orders"),
    "deliveries": N_("Deliveries"),
}

SMALL = 10


def tiles(day: Board, month: Board, day_targets: Targets, month_targets: Targets, words: Words) -> list[dict[str, Any]]:
    """One tile for each of the five: today's number large, the month as a bar below."""

    def tile(slug: str, label: str) -> dict[str, Any]:
        record, so_far = kpi.find(slug), month.figure(slug).value
        target, month_target = day_targets.target(slug), month_targets.target(slug)
        return {
            "key": slug, "label": words.say(label), "unit": formats.measure(record, words),
            "value": plain(day.figure(slug).value),
            "target": "" if target is None else words.say(N_("Target {value}"), value=short(target, words)),
            "month": words.say(N_("Month {value}"), value=against(so_far, month_target, words)),
            "bar": bar(month_targets.progress(slug, so_far), words),
        }  # fmt: skip

    return [tile(slug, label) for slug, label in TILES.items()]


def plain(value: Number | None) -> str:
    """A large number, without separators that would eat its room."""
    return formats.NOTHING if value is None else str(int(value))


def short(target: Number, words: Words) -> str:
    """A target: to one place where it is small and not whole (0.9), else without (45)."""
    text = formats.number(target, words, 1 if target < SMALL else 0)
    return text.removesuffix(".0")


def against(value: Number | None, target: Number | None, words: Words) -> str:
    """38 / 60; the number alone where there is no target."""
    shown = formats.number(value, words)
    return shown if target is None else f"{shown} / {short(target, words)}"
