"""A share before and after with its interval: two lines on one scale from zero."""

import altair as alt
import pandas as pd

from lib.charts import palette
from lib.charts.house import Layers

STEP = 60
ROOM = 1.15  # beyond the widest interval


def effect(frame: pd.DataFrame, labels: dict[str, str]) -> Layers:
    """Columns: `label` (before, then after, in lines), `share`, `low`, `high`, `written`. `labels` names share and
    interval."""
    highest = (min(1.0, float(frame["high"].max())) or 1.0) * ROOM
    scale = alt.Scale(domain=[0, highest], nice=False)
    x = alt.X("share:Q", title=None, scale=scale, axis=alt.Axis(format=".0%", tickCount=4))
    y = alt.Y("label:N", sort=list(frame["label"]), title=None, axis=alt.Axis(
        labelLimit=220, labelExpr=r"split(datum.label, '\n')"))  # fmt: skip
    tooltip = [
        alt.Tooltip("label:N", title=" "), alt.Tooltip("share:Q", title=labels["share"], format=".1%"),
        alt.Tooltip("interval:N", title=labels["interval"]),
    ]  # fmt: skip
    ink = alt.Color("label:N", scale=alt.Scale(range=[palette.OTHER, palette.MAIN]), sort=list(frame["label"]),
                    legend=None)  # fmt: skip
    base = alt.Chart(frame).encode(y, color=ink, tooltip=tooltip)
    low = alt.X("low:Q", scale=scale, title=None)
    span = base.mark_rule(strokeWidth=3).encode(low, alt.X2("high:Q"))
    ends = [
        base.mark_tick(thickness=2, size=14).encode(alt.X(f"{end}:Q", scale=scale, title=None))
        for end in ("low", "high")
    ]
    dots = base.mark_point(filled=True, size=130, opacity=1).encode(x)
    written = base.mark_text(dy=-16, fontWeight=700, align="left").encode(
        x=alt.value(2), text="written:N", color=alt.value(palette.INK)
    )
    drawn: Layers = alt.layer(span, *ends, dots, written).properties(height=STEP * len(frame), width="container")
    return drawn
