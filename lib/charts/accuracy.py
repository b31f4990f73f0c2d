"""Forecast error against that of copying last month: two dots a line, on the scale by which errors are judged."""

from typing import Any

import altair as alt
import pandas as pd

from lib.charts import palette
from lib.charts.house import Layers, room_of, spoken

STEP = 32
WRITTEN = 52  # pixels to the right, for the numbers
MOST = 1.5  # errors beyond are triangles at the edge
FURTHER = 0.05  # so far beyond stands the greater of two that would lie on one another there
LABELS, SMALL_LABELS, PHONE = 200, 104, 480  # pixels of a name, of one on a phone, and what is as narrow as a phone
BANDS = (0.0, 0.1, 0.2, 0.5)
INKS = ("#eef6f2", "#f6faf8", "#ffffff", "#f6f2ec")


def accuracy(frame: pd.DataFrame, grades: list[str], labels: dict[str, str]) -> Layers:
    """Columns: `label` (in order), `wape`, `naive` (shares), `written`, `naive_written`. `grades` names the four bands,
    best first.

    `labels` names wape and naive. A dot to the left of its ring is better than copying last month.
    """
    frame = _placed(frame)
    said = frame.assign(error=labels["wape"], copied=labels["naive"])
    frame["read"] = spoken(said, "label", "error", "written", "copied", "naive_written")
    highest = max(0.6, float(frame[["dot", "ring"]].max().max())) * 1.03
    scale = alt.Scale(domain=[0, highest], range=[0, alt.ExprRef(f"max(width - {WRITTEN}, 60)")], nice=False)
    axis = alt.Axis(format=".0%", tickCount=6, orient="bottom", grid=False)
    x = alt.X("dot:Q", title=None, scale=scale, axis=axis)
    limit = alt.ExprRef(f"containerSize()[0] < {PHONE} ? {SMALL_LABELS} : {LABELS}")
    small, large = room_of(frame["label"], SMALL_LABELS), room_of(frame["label"], LABELS)
    kept = alt.ExprRef(f"containerSize()[0] < {PHONE} ? {small} : {large}")
    y = alt.Y("label:N", sort=list(frame["label"]), title=None, axis=alt.Axis(labelLimit=limit, minExtent=kept))
    tooltip = [
        alt.Tooltip("label:N", title=" "), alt.Tooltip("wape:Q", title=labels["wape"], format=".1%"),
        alt.Tooltip("naive:Q", title=labels["naive"], format=".1%"),
    ]  # fmt: skip
    bands = pd.DataFrame({"from": BANDS, "to": [*BANDS[1:], highest], "ink": INKS})
    middles = [float(each) for each in (bands["from"] + bands["to"]) / 2]
    named = "".join(f"datum.value < {to} ? '{grade}' : " for to, grade in zip(BANDS[1:], grades, strict=False))
    top = alt.Axis(orient="top", values=middles, labelExpr=f"{named}'{grades[-1]}'", labelOverlap="greedy", grid=False)
    ground = alt.Chart(bands).mark_rect().encode(
        alt.X("from:Q", scale=scale, title=None, axis=top), alt.X2("to:Q"), color=alt.Color("ink:N", scale=None)
    )  # fmt: skip
    base = alt.Chart(frame.dropna(subset=["wape"])).encode(y)
    between = base.mark_rule(color=palette.OTHER, strokeWidth=1.5, aria=False).encode(x, alt.X2("ring:Q"))
    ring = base.mark_point(filled=True, fill=palette.PAPER, stroke=palette.OTHER, strokeWidth=2, size=80, opacity=1)
    naive = ring.encode(
        alt.X("ring:Q", scale=scale, title=None, axis=axis),
        shape=_shape("naive"),
        tooltip=tooltip,
        description="read:N",
    )
    dots = base.mark_point(filled=True, color=palette.MAIN, size=110, opacity=1).encode(
        x, shape=_shape("wape"), tooltip=tooltip, description="read:N"
    )
    written = base.mark_text(align="right", fontWeight=700).encode(x=alt.value("width"), text="written:N")
    drawn = alt.layer(between, naive, dots, written)
    both: Layers = alt.layer(ground, drawn).resolve_axis(x="independent").properties(height=STEP * max(2, len(frame)))
    return both


def _placed(frame: pd.DataFrame) -> pd.DataFrame:
    """The same rows with where their marks lie: the true numbers are for what is told of them."""
    return frame.assign(dot=_place(frame["wape"], frame["naive"]), ring=_place(frame["naive"], frame["wape"]))


def _place(error: "pd.Series[float]", other: "pd.Series[float]") -> "pd.Series[float]":
    further = (error > MOST) & (error > other) & (other > MOST - FURTHER)
    return error.clip(upper=MOST) + FURTHER * further


def _shape(name: str) -> Any:
    return alt.condition(f"datum.{name} > {MOST}", alt.value("triangle-right"), alt.value("circle"))
