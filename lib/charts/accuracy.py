"""Forecast error against that of copying last month: two dots a line, on the scale by which errors are judged."""

import altair as alt
import pandas as pd

from lib.charts import palette
from lib.charts.house import Layers

STEP = 32
WRITTEN = 52  # pixels to the right, for the numbers
MOST = 1.5  # errors beyond are drawn at the edge, with their number
BANDS = (0.0, 0.1, 0.2, 0.5)
INKS = ("#eef6f2", "#f6faf8", "#ffffff", "#f6f2ec")


def accuracy(frame: pd.DataFrame, grades: list[str], labels: dict[str, str]) -> Layers:
    """Columns: `label` (in order), `wape`, `naive` (shares), `written`. `grades` names the four bands, best first.

    `labels` names wape and naive. A dot to the left of its ring is better than copying last month.
    """
    frame = frame.assign(wape=frame["wape"].clip(upper=MOST), naive=frame["naive"].clip(upper=MOST))
    highest = max(0.6, float(frame[["wape", "naive"]].max().max())) * 1.04
    scale = alt.Scale(domain=[0, highest], range=[0, alt.ExprRef(f"max(width - {WRITTEN}, 60)")], nice=False)
    axis = alt.Axis(format=".0%", tickCount=6, orient="bottom", grid=False)
    x = alt.X("wape:Q", title=None, scale=scale, axis=axis)
    y = alt.Y("label:N", sort=list(frame["label"]), title=None, axis=alt.Axis(labelLimit=200))
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
    between = base.mark_rule(color=palette.OTHER, strokeWidth=1.5).encode(x, alt.X2("naive:Q"))
    ring = base.mark_point(filled=True, fill=palette.PAPER, stroke=palette.OTHER, strokeWidth=2, size=80, opacity=1)
    naive = ring.encode(alt.X("naive:Q", scale=scale, title=None, axis=axis), tooltip=tooltip)
    dots = base.mark_point(filled=True, color=palette.MAIN, size=110, opacity=1).encode(x, tooltip=tooltip)
    written = base.mark_text(align="right", fontWeight=700).encode(x=alt.value("width"), text="written:N")
    drawn = alt.layer(between, naive, dots, written)
    both: Layers = alt.layer(ground, drawn).resolve_axis(x="independent").properties(height=STEP * max(2, len(frame)))
    return both
