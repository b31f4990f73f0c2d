"""A period's course: what is reached so far day by day, against the target's pace and the period before."""

import altair as alt
import pandas as pd

from lib.charts import palette
from lib.charts.house import Layers, steps

HEIGHT = 268


def course(frame: pd.DataFrame, labels: dict[str, str], day_title: str) -> Layers:
    """Running totals by day. One row a day: `position` (1 is the first day), `label` (of the day), `actual` (none
    after today), `before`, `target` (none where there is no target). `labels` names the three series.
    """
    highest = float(frame[["actual", "before", "target"]].max().max())
    marks = steps(0 if pd.isna(highest) else highest)
    x = alt.X(
        "position:Q",
        title=None,
        scale=alt.Scale(domain=[1, max(2, len(frame))], nice=False),
        axis=alt.Axis(grid=False, format="d", tickMinStep=1, tickCount=8),
    )
    base = alt.Chart(frame).encode(x)

    def y(name: str) -> alt.Y:
        return alt.Y(f"{name}:Q", title=None, scale=alt.Scale(domain=[0, marks[-1]]), axis=alt.Axis(values=marks))

    tooltip = [alt.Tooltip("label:N", title=day_title)]
    tooltip += [alt.Tooltip(f"{name}:Q", title=labels[name], format=",.0f") for name in ("actual", "target", "before")]
    area = base.mark_area(color=palette.MAIN, opacity=0.12).encode(y("actual"))
    before = base.mark_line(color=palette.OTHER, strokeWidth=1.75).encode(y("before"))
    target = base.mark_line(color=palette.TARGET, strokeDash=[5, 4], strokeWidth=1.75).encode(y("target"))
    actual = base.mark_line(color=palette.MAIN, strokeWidth=2.75).encode(y("actual"))
    hover = base.mark_rule(opacity=0, strokeWidth=14).encode(tooltip=tooltip)
    above, below = ("target", "before") if _end(frame, "target") >= _end(frame, "before") else ("before", "target")
    inks = {"target": palette.TARGET, "before": palette.QUIET}
    named = [
        _last(frame, above, -10, inks[above], 13, labels[above]).encode(x, y(above)),
        _last(frame, below, 28, inks[below], 13, labels[below]).encode(x, y(below)),
        _last(frame, "actual", -15, palette.INK, 17).encode(x, y("actual")),
    ]
    point = alt.Chart(frame.dropna(subset=["actual"]).tail(1)).mark_point(
        filled=True, size=70, color=palette.MAIN, opacity=1
    )
    return alt.layer(area, before, target, actual, point.encode(x, y("actual")), *named, hover).properties(
        height=HEIGHT
    )


def _end(frame: pd.DataFrame, name: str) -> float:
    """Where a series ends; zero for one that is empty."""
    return float(frame[name].dropna().tail(1).sum())


def _last(frame: pd.DataFrame, name: str, dy: int, ink: str, size: int, called: str = "") -> alt.Chart:
    """The last value of a series written at its point, above or below it, with what it is called if anything."""
    last = frame.dropna(subset=[name]).tail(1)
    written = last[name].map(lambda value: f"{called} {value:,.0f}".strip())
    right = not last.empty and int(last["position"].iloc[0]) > len(frame) * 0.7
    text: alt.Chart = alt.Chart(last.assign(written=written)).mark_text(
        align="right" if right else "left", dx=-2 if right else 8, dy=dy, fontSize=size, fontWeight=600, color=ink
    ).encode(text="written:N")  # fmt: skip
    return text
