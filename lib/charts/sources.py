"""Where leads come from: a bar a source with its count and share, and how many of them ordered."""

import altair as alt
import pandas as pd

from lib.charts import palette
from lib.charts.house import Layers, called, picking

STEP = 44


def sources(frame: pd.DataFrame) -> Layers:
    """Columns: `source` (value), `label`, `leads`, `share` (as written), in the vocabulary's order."""
    room = max(1, int(frame["leads"].max())) * 1.5
    base = alt.Chart(frame).encode(
        alt.Y("label:N", sort=list(frame["label"]), title=None, axis=called(frame["label"], 120)),
        alt.X("leads:Q", title=None, axis=None, scale=alt.Scale(domain=[0, room])),
    )
    bars = base.mark_bar(color=palette.MAIN, cornerRadiusEnd=3, height=22, cursor="pointer").encode(
        tooltip=[alt.Tooltip("label:N", title=" "), alt.Tooltip("leads:Q", title=" ", format=",")]
    )
    counts = base.mark_text(align="left", dx=7, fontWeight=700, fontSize=14).encode(
        text=alt.Text("leads:Q", format=",")
    )
    shares = base.mark_text(align="left", dx=46, color=palette.QUIET).encode(text="share:N")
    return alt.layer(bars.add_params(picking("source")), counts, shares).properties(height=STEP * len(frame))
