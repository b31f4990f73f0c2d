"""A quantity that shrinks step by step, a ribbon a branch: how thick it is at a step is how much of it there is."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import altair as alt
import pandas as pd

from lib.charts import palette
from lib.charts.house import LABEL_SIZE, Layers, picking

SLOT = 24  # pixels that a branch has at the least, so that its name can be read
GAP = 8  # pixels between branches
THICK = 230  # pixels of the thickest step
HEAD = 46  # pixels for the names of the steps
NAMES, NUMBERS = 150, 62  # pixels left for names and right for numbers
BENDS = 16  # pieces of a ribbon's edge
BLOCK = 10  # pixels across


@dataclass(frozen=True)
class Stream:
    """A branch: what a click picks (blank: nothing), its name, how much at each step, and how that is written."""

    code: str
    label: str
    amounts: tuple[int, ...]
    written: tuple[str, ...]
    told: tuple[str, ...]
    ink: str


def flow(streams: tuple[Stream, ...], steps: tuple[str, ...]) -> Layers:
    """The branches one below the other, the steps from left to right; `steps` are their headings."""
    most = max(max(sum(max(0, each.amounts[at]) for each in streams) for at in range(len(steps))), 1)
    bands = [_bands(streams, at, THICK / most) for at in range(len(steps))]
    height = HEAD + max(column[-1].slot_end for column in bands)
    bands = [_centred(column, height) for column in bands]
    y = alt.Y("y:Q", title=None, axis=None, scale=alt.Scale(domain=[0, height], range=[0, height]))
    right = alt.ExprRef(f"max(width - {NUMBERS}, {NAMES + 60})")
    x = alt.X("x:Q", title=None, axis=None, scale=alt.Scale(domain=[0, len(steps) - 1], range=[NAMES, right]))
    tooltip = [alt.Tooltip("label:N", title=" "), alt.Tooltip("told:N", title=" ")]

    ribbons = alt.Chart(_ribbons(streams, bands)).mark_area(opacity=0.38, cursor="pointer").encode(
        x, y, alt.Y2("y2:Q"), alt.Color("ink:N", scale=None), alt.Detail("ribbon:N"), tooltip=tooltip,
        description="read:N",
    )  # fmt: skip
    blocks = pd.DataFrame(
        [
            {"code": each.code, "label": each.label, "told": each.told[at], "ink": each.ink, "x": at,
             "y": band.start, "y2": max(band.end, band.start + 1), "middle": (band.start + band.end) / 2,
             "written": each.written[at]}
            for at, column in enumerate(bands) for each, band in zip(streams, column, strict=True)
        ]
    )  # fmt: skip
    blocks["read"] = blocks["label"] + " " + blocks["told"]
    base = alt.Chart(blocks).encode(x, tooltip=tooltip)
    bars = base.mark_bar(size=BLOCK, cursor="pointer").encode(
        y, alt.Y2("y2:Q"), alt.Color("ink:N", scale=None), description="read:N"
    )
    middle = alt.Y("middle:Q", title=None, axis=None, scale=alt.Scale(domain=[0, height], range=[0, height]))
    names = base.transform_filter("datum.x == 0").mark_text(
        align="right", dx=-BLOCK, limit=NAMES - BLOCK - 6, cursor="pointer"
    ).encode(middle, text="label:N")  # fmt: skip
    numbers = base.mark_text(align="left", dx=BLOCK, fontWeight=700).encode(middle, text="written:N")
    behind = base.mark_text(
        align="left",
        dx=BLOCK,
        fontWeight=700,
        stroke=palette.PAPER,
        strokeWidth=3,
        strokeOpacity=0.75,
        strokeJoin="round",
    ).encode(middle, text="written:N")
    heads = alt.Chart(pd.DataFrame({"x": range(len(steps)), "step": steps, "y": [LABEL_SIZE] * len(steps)})).encode(
        x, y
    )
    quiet: dict[str, Any] = {"color": palette.QUIET, "lineBreak": "\n", "lineHeight": LABEL_SIZE + 4}
    first = heads.transform_filter("datum.x == 0").mark_text(align="right", dx=BLOCK, **quiet)
    others = heads.transform_filter("datum.x > 0").mark_text(**quiet)
    last = len(steps) - 1
    ends = heads.transform_filter(f"datum.x == {last}").mark_text(align="right", dx=NUMBERS, **quiet)
    between = others.transform_filter(f"datum.x < {last}")
    titles = [each.encode(text="step:N") for each in (first, between, ends)]
    return alt.layer(ribbons, bars.add_params(picking("code")), names, behind, numbers, *titles).properties(
        height=height
    )


@dataclass(frozen=True)
class _Band:
    """Where a branch lies at a step, in pixels from the top; its slot ends where the next may begin."""

    start: float
    end: float
    slot_end: float


def _bands(streams: tuple[Stream, ...], at: int, scale: float) -> list[_Band]:
    bands: list[_Band] = []
    top = 0.0
    for each in streams:
        thick = max(0, each.amounts[at]) * scale
        slot = max(SLOT, thick + GAP)
        bands.append(_Band(top + (slot - thick) / 2, top + (slot + thick) / 2, top + slot))
        top += slot
    return bands


def _centred(column: list[_Band], height: float) -> list[_Band]:
    """A step's bands in the middle of the picture, below the headings."""
    down = HEAD + (height - HEAD - column[-1].slot_end) / 2
    return [_Band(each.start + down, each.end + down, each.slot_end + down) for each in column]


def _ribbons(streams: tuple[Stream, ...], bands: list[list[_Band]]) -> pd.DataFrame:
    rows = []
    for step, (left, right) in enumerate(pairwise(bands)):
        for number, each in enumerate(streams):
            for bend in range(BENDS + 1):
                along = bend / BENDS
                eased = along * along * (3 - 2 * along)
                start = left[number].start + (right[number].start - left[number].start) * eased
                end = left[number].end + (right[number].end - left[number].end) * eased
                told = f"{each.told[step]} → {each.told[step + 1]}"
                rows.append(
                    {"code": each.code, "label": each.label, "ink": each.ink, "ribbon": f"{step}-{number}",
                     "told": told, "read": f"{each.label} {told}", "x": step + along, "y": start, "y2": end}
                )  # fmt: skip
    return pd.DataFrame(rows)
