"""What moved a rate: a bar a group to the left or right of nothing, in percentage points."""

import altair as alt
import pandas as pd

from lib.charts import palette
from lib.charts.house import Layers, called, picking, spoken

STEP = 32
WRITTEN = 76  # pixels beside the longest bar, for its number


def influence(frame: pd.DataFrame, labels: dict[str, str]) -> Layers:
    """Columns: `code`, `label`, `points` (signed), `written`, `good` (whether it helped), `told` (rate then and now);
    in order. `labels` names points and told. The sign is written too: colour does not speak alone."""
    frame = frame.assign(read=spoken(frame, "label", "written"))
    widest = max(0.1, float(frame["points"].abs().max()))
    beside = alt.ExprRef(f"max(width - {WRITTEN}, {WRITTEN})")
    base = alt.Chart(frame).encode(
        alt.Y("label:N", sort=list(frame["label"]), title=None, axis=called(frame["label"], 170)),
        alt.X(
            "points:Q",
            title=None,
            scale=alt.Scale(domain=[-widest, widest], nice=False, range=[WRITTEN, beside]),
            axis=None,
        ),
    )
    bars = base.mark_bar(height=18, cornerRadiusEnd=3, cursor="pointer").encode(
        color=alt.condition("datum.good", alt.value(palette.GOOD), alt.value(palette.TARGET)),
        tooltip=[alt.Tooltip("label:N", title=" "), alt.Tooltip("written:N", title=labels["points"]),
                 alt.Tooltip("told:N", title=labels["told"])], description="read:N",
    )  # fmt: skip
    right = base.transform_filter("datum.points >= 0").mark_text(align="left", dx=6, fontWeight=600)
    left = base.transform_filter("datum.points < 0").mark_text(align="right", dx=-6, fontWeight=600)
    zero = alt.Chart(pd.DataFrame({"points": [0]})).mark_rule(color=palette.OTHER, aria=False).encode(x="points:Q")
    drawn = [bars.add_params(picking("code")), right.encode(text="written:N"), left.encode(text="written:N"), zero]
    return alt.layer(*drawn).properties(height=STEP * max(2, len(frame)))
