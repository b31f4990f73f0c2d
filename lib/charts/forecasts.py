"""Deliveries as bars, a month each, and what was forecast of them as a line across each bar."""

import altair as alt
import pandas as pd

from lib.charts import palette
from lib.charts.house import Layers, from_zero

HEIGHT = 240
TICK = 34  # pixels of a forecast's line, where a month has room for them


def forecasts(frame: pd.DataFrame, labels: dict[str, str]) -> Layers:
    """One row a month: `month` (as it is called), `actual`, `forecast` (none where there was none), `running`.

    `labels` names actual and forecast.
    """
    x = alt.X("month:N", sort=list(frame["month"]), title=None, axis=alt.Axis(labelAngle=0, labelOverlap="greedy"))
    tooltip = [
        alt.Tooltip("month:N", title=" "), alt.Tooltip("actual:Q", title=labels["actual"]),
        alt.Tooltip("forecast:Q", title=labels["forecast"]),
    ]  # fmt: skip
    frame = frame.assign(highest=frame[["actual", "forecast"]].max(axis="columns"))
    base = alt.Chart(frame).encode(x, tooltip=tooltip)
    y = alt.Y("actual:Q", title=None, scale=from_zero(frame["highest"]), axis=alt.Axis(tickCount=4, tickMinStep=1))
    inks = alt.Scale(domain=[False, True], range=[palette.MAIN, palette.SOFT])
    bars = base.mark_bar(cornerRadiusEnd=3).encode(y, color=alt.Color("running:N", scale=inks, legend=None))
    expected = alt.Chart(frame.dropna(subset=["forecast"])).encode(x, alt.Y("forecast:Q", title=None), tooltip=tooltip)
    ticks = expected.mark_tick(
        color=palette.TARGET, thickness=3, size=alt.ExprRef(f"min({TICK}, width / {len(frame)} * 0.8)")
    )
    written = expected.mark_text(dy=-9, fontWeight=600, color=palette.TARGET).encode(
        alt.Y("highest:Q", title=None), text="forecast:Q"
    )  # above the bar too, where it reaches higher
    return alt.layer(bars, ticks, written).properties(height=HEIGHT)
