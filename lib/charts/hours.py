"""When people come and call: visits and calls by hour of the day."""

import altair as alt
import pandas as pd

from lib.charts import palette
from lib.charts.house import Layers, picking, steps

HEIGHT = 220


def hours(frame: pd.DataFrame) -> Layers:
    """Columns: `hour` (0–23), `kind` (as it is called), `count`; two kinds, the first below. The peak is labelled."""
    kinds = list(dict.fromkeys(frame["kind"]))
    totals = frame.groupby("hour", as_index=False)["count"].sum()
    marks = steps(float(totals["count"].max()))
    x = alt.X("hour:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap="greedy"))
    y = alt.Y("count:Q", title=None, stack="zero", axis=alt.Axis(values=marks), scale=alt.Scale(domain=[0, marks[-1]]))
    bars = (
        alt.Chart(frame)
        .mark_bar(cursor="pointer")
        .encode(
            x, y,
            alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=[palette.MAIN, palette.OTHER])),
            order=alt.Order("rank:Q"),
            tooltip=[alt.Tooltip("hour:O", title=" "), alt.Tooltip("kind:N", title=" "),
                     alt.Tooltip("count:Q", title=" ", format=",")],
        )
        .transform_calculate(rank=f"indexof({kinds!r}, datum.kind)")
    )  # fmt: skip
    busiest = totals[totals["count"] > 0].nlargest(1, "count")
    peak = (
        alt.Chart(busiest)
        .mark_text(dy=-8, fontWeight=700)
        .encode(x, alt.Y("count:Q"), text=alt.Text("count:Q", format=","))
    )
    return alt.layer(bars.add_params(picking("hour")), peak).properties(height=HEIGHT)
