"""The funnel: a bar a step, its count and its share of the step before written beside it."""

import altair as alt
import pandas as pd

from lib.charts import palette
from lib.charts.house import Layers, called, picking

STEP = 50


def funnel(frame: pd.DataFrame) -> Layers:
    """Steps in their order. Columns: `step` (slug), `label`, `count`, `rate` (as written; blank for the first)."""
    room = max(1, int(frame["count"].max())) * 1.42  # for what is written beside the longest bar
    base = alt.Chart(frame).encode(
        alt.Y("label:N", sort=list(frame["label"]), title=None, axis=called(frame["label"], 140)),
        alt.X("count:Q", title=None, axis=None, scale=alt.Scale(domain=[0, room], domainMin=0)),
    )
    bars = base.mark_bar(color=palette.MAIN, cornerRadiusEnd=3, height=26, cursor="pointer").encode(
        opacity=alt.condition(alt.datum.count > 0, alt.value(1), alt.value(0)), tooltip=_tooltip()
    )
    counts = base.mark_text(align="left", dx=7, fontWeight=700, fontSize=15).encode(
        text=alt.Text("count:Q", format=",")
    )
    rates = base.mark_text(align="left", dx=48, color=palette.QUIET).encode(text="rate:N")
    return alt.layer(bars.add_params(picking("step")), counts, rates).properties(height=STEP * len(frame))


def _tooltip() -> list[alt.Tooltip]:
    return [alt.Tooltip("label:N", title=" "), alt.Tooltip("count:Q", title=" ", format=",")]
