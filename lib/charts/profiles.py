"""Small multiples of marks: a panel a function, a line a centre, the chosen one in ink."""

import altair as alt
import pandas as pd

from lib.charts import palette
from lib.charts.house import Layers

WIDTH, HEIGHT, ACROSS = 210, 92, 4


def profiles(frame: pd.DataFrame, functions: list[str], months: list[str], labels: dict[str, str]) -> Layers:
    """Columns: `function`, `month` (words, in the order of `months`), `centre` (name), `score`, `chosen` (bool).

    One row for each that was marked. `labels` names month, centre and score.
    """
    tooltip = [
        alt.Tooltip("centre:N", title=labels["centre"]), alt.Tooltip("month:N", title=labels["month"]),
        alt.Tooltip("score:Q", title=labels["score"], format=".1f"),
    ]  # fmt: skip
    shown = [months[0], months[-1]]
    x = alt.X("month:O", sort=months, title=None, axis=alt.Axis(grid=False, labelAngle=0, values=shown))
    y = alt.Y("score:Q", title=None, scale=alt.Scale(domain=[0, 118], nice=False), axis=alt.Axis(values=[0, 50, 100]))
    base = alt.Chart(frame).encode(x, y, alt.Detail("centre:N"), tooltip=tooltip)
    others = base.transform_filter("!datum.chosen").mark_line(color=palette.OTHER, strokeWidth=1.25, opacity=0.55)
    chosen = base.transform_filter("datum.chosen").mark_line(color=palette.MAIN, strokeWidth=2.5)
    points = base.transform_filter("datum.chosen").mark_point(color=palette.MAIN, filled=True, size=22, opacity=1)
    last = points.transform_filter(alt.datum.last).mark_text(dy=-12, fontWeight=700, color=palette.INK).encode(
        text=alt.Text("score:Q", format=".0f")
    )  # fmt: skip
    panels = alt.layer(others, chosen, points, last).properties(width=WIDTH, height=HEIGHT)
    header = alt.Header(labelFontSize=13, labelAnchor="start", labelColor=palette.INK, labelFontWeight=600)
    return panels.facet(alt.Facet("function:N", sort=functions, title=None, header=header), columns=ACROSS)
