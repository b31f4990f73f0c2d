"""A figure month by month: a bar a month from zero, or a line for a rate; the month that still runs is paler."""

import altair as alt
import pandas as pd

from lib.charts import palette
from lib.charts.house import Layers, from_zero

HEIGHT = 240


def months(frame: pd.DataFrame, title: str, rate: bool) -> Layers:
    """One row a month: `month` (as it is called), `value` (none where there is none), `written`, `running`."""
    order = list(frame["month"])
    x = alt.X("month:N", sort=order, title=None, scale=alt.Scale(domain=order), axis=alt.Axis(
        labelAngle=0, labelOverlap="greedy"))  # fmt: skip
    axis = alt.Axis(format=".0%", tickCount=4) if rate else alt.Axis(format="~s", tickCount=4, tickMinStep=1)
    y = alt.Y("value:Q", title=None, scale=from_zero(frame["value"]), axis=axis)
    tooltip = [alt.Tooltip("month:N", title=" "), alt.Tooltip("written:N", title=title)]
    base = alt.Chart(frame.dropna(subset=["value"])).encode(x, y, tooltip=tooltip)
    inks = alt.Scale(domain=[False, True], range=[palette.MAIN, palette.SOFT])
    if rate:
        line = base.mark_line(color=palette.MAIN, strokeWidth=2.5)
        marks = base.mark_point(filled=True, size=60, opacity=1).encode(
            color=alt.Color("running:N", scale=inks, legend=None)
        )
        drawn = [line, marks]
    else:
        drawn = [
            base.mark_bar(cornerRadiusEnd=3).encode(color=alt.Color("running:N", scale=inks, legend=None))
        ]  # fmt: skip
    above = alt.expr("datum.value < 0 ? 14 : -8") if not rate else -12
    drawn.append(base.mark_text(dy=above, fontWeight=600).encode(text="written:N"))
    return alt.layer(*drawn).properties(height=HEIGHT)
