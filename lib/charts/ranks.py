"""Counts as bars one below the other, each with its number and share beside it; what is picked stands out."""

import altair as alt
import pandas as pd

from lib.charts import palette
from lib.charts.house import Layers, called, picking, spoken

STEP = 32
LABELS = 170  # pixels
WRITTEN = 100  # pixels beside the longest bar, for its number and share


def ranks(frame: pd.DataFrame) -> Layers:
    """Columns: `code` (what a click picks), `label`, `count`, `share` (as written), `ink`, `faded`; in order."""
    frame = frame.assign(read=spoken(frame, "label", "count", "share"))
    longest = max(1, int(frame["count"].max()))
    beside = alt.ExprRef(f"max(width - {WRITTEN}, 20)")
    base = alt.Chart(frame).encode(
        alt.Y("label:N", sort=list(frame["label"]), title=None, axis=called(frame["label"], LABELS)),
        alt.X("count:Q", title=None, axis=None, scale=alt.Scale(domain=[0, longest], range=[0, beside])),
    )
    bars = base.mark_bar(cornerRadiusEnd=3, height=18, cursor="pointer").encode(
        alt.Color("ink:N", scale=None), opacity=alt.condition("datum.faded", alt.value(0.35), alt.value(1)),
        tooltip=[alt.Tooltip("label:N", title=" "), alt.Tooltip("count:Q", title=" ", format=","),
                 alt.Tooltip("share:N", title=" ")], description="read:N",
    )  # fmt: skip
    counts = base.mark_text(align="left", dx=7, fontWeight=700).encode(text=alt.Text("count:Q", format=","))
    shares = base.mark_text(align="left", dx=46, color=palette.QUIET).encode(text="share:N")
    return alt.layer(bars.add_params(picking("code")), counts, shares).properties(height=STEP * max(2, len(frame)))
