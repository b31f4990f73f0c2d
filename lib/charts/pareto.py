"""A Pareto chart lying down: a bar a reason, the most frequent first, and the line of what they add up to."""

import altair as alt
import pandas as pd

from lib.charts import palette
from lib.charts.house import Layers, called, picking, spoken

STEP = 32
LABELS = 190  # pixels
SHARES = (0.5, 0.8, 1)  # of the whole, marked above


def pareto(frame: pd.DataFrame, added: str) -> Layers:
    """Columns: `code`, `label`, `count`, `share` (as written), `faded`; most frequent first.

    `added` is what the line is called. Bars and line share one scale, from nothing to all cases.
    """
    whole = max(1, int(frame["count"].sum()))
    sums = frame["count"].cumsum()
    frame = frame.assign(
        read=spoken(frame, "label", "count", "share"), summed=sums, reached=[f"{each / whole:.0%}" for each in sums]
    )
    marks = [share * whole for share in SHARES]
    shares = alt.Axis(orient="top", values=marks, labelExpr=f"format(datum.value / {whole}, '.0%')", title=None)
    scale = alt.Scale(domain=[0, whole], nice=False)
    base = alt.Chart(frame).encode(
        alt.Y("label:N", sort=list(frame["label"]), title=None, axis=called(frame["label"], LABELS))
    )
    tooltip = [
        alt.Tooltip("label:N", title=" "), alt.Tooltip("count:Q", title=" ", format=","),
        alt.Tooltip("share:N", title=" "), alt.Tooltip("reached:N", title=added),
    ]  # fmt: skip
    length = alt.X("count:Q", title=None, axis=shares, scale=scale)
    sum_x = alt.X("summed:Q", title=None, axis=shares, scale=scale)
    bars = base.mark_bar(color=palette.MAIN, cornerRadiusEnd=3, height=18, cursor="pointer").encode(
        length,
        opacity=alt.condition("datum.faded", alt.value(0.35), alt.value(1)),
        tooltip=tooltip,
        description="read:N",
    )
    line = base.mark_line(color=palette.TARGET, strokeWidth=1.5, opacity=0.75, aria=False).encode(
        sum_x, order=alt.Order("summed:Q")
    )
    points = base.mark_point(filled=True, color=palette.TARGET, size=34, opacity=1, aria=False).encode(
        sum_x, tooltip=tooltip
    )
    number = alt.Text("count:Q", format=",")
    halo = base.mark_text(align="left", dx=8, fontWeight=700, stroke=palette.PAPER, strokeWidth=4).encode(
        length, text=number
    )
    counts = base.mark_text(align="left", dx=8, fontWeight=700).encode(length, text=number)
    ground = base.mark_text(align="left", dx=44, stroke=palette.PAPER, strokeWidth=4).encode(length, text="share:N")
    written = base.mark_text(align="left", dx=44, color=palette.QUIET).encode(length, text="share:N")
    return alt.layer(bars.add_params(picking("code")), line, points, halo, counts, ground, written).properties(
        height=STEP * max(2, len(frame))
    )
