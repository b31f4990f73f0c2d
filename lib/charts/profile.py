"""A centre's profile: a bar a function, last month's mark and the mean of all centres beside it."""

import altair as alt
import pandas as pd

from lib.charts import palette
from lib.charts.house import Layers, called

STEP = 38
HIGHEST = 100


def profile(frame: pd.DataFrame, labels: dict[str, str]) -> Layers:
    """Columns: `label` (in order), `score`, `before`, `average` (none where there is none), `written`, `evidence`.

    `labels` names score, before, average and evidence.
    """
    base = alt.Chart(frame).encode(
        alt.Y("label:N", sort=list(frame["label"]), title=None, axis=called(frame["label"], 110)),
    )
    axis = alt.Axis(values=[0, 20, 40, 60, 80, 100], format="d")
    scale = alt.Scale(domain=[0, HIGHEST * 1.1], nice=False)

    def x(name: str) -> alt.X:
        return alt.X(f"{name}:Q", title=None, scale=scale, axis=axis)

    tooltip = [alt.Tooltip("label:N", title=" ")]
    tooltip += [alt.Tooltip(f"{name}:Q", title=labels[name], format=".1f") for name in ("score", "before", "average")]
    tooltip += [alt.Tooltip("evidence:N", title=labels["evidence"])]
    bars = base.mark_bar(color=palette.MAIN, cornerRadiusEnd=3, height=18).encode(x("score"), tooltip=tooltip)
    before = base.mark_point(shape="circle", size=62, filled=True, fill=palette.PAPER, stroke=palette.OTHER,
                             strokeWidth=2, opacity=1).encode(x("before"), tooltip=tooltip)  # fmt: skip
    average = base.mark_tick(color=palette.INK, thickness=2.5, height=26).encode(x("average"), tooltip=tooltip)
    written = base.mark_text(align="right", dx=0, fontWeight=700).encode(
        x=alt.value("width"), text="written:N"
    )  # fmt: skip
    return alt.layer(bars, before, average, written).properties(height=STEP * len(frame))
