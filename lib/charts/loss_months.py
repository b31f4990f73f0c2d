"""Losses, or a rate of them, month by month; the last point is labelled, a month that still runs is paler."""

import json

import altair as alt
import pandas as pd

from lib.charts import palette
from lib.charts.house import Layers, from_zero, picking, spoken, steps

HEIGHT = 280


def loss_months(frame: pd.DataFrame, title: str, told: str, rate: bool) -> Layers:
    """One row a month: `code` (what a click picks), `month` (as it is called), `label` (as the axis calls it, in one
    line or two), `value` (none where there is none), `written`, `fraction` (as written), `running`, `few` (a sample
    too small to say much), `labelled`, `faded`.

    `told` names the fraction. A rate of few cases is a hollow point; the line joins months that have ended.
    """
    order = list(frame["code"])
    labels = dict(zip(frame["code"], frame["label"], strict=True))
    frame = frame.assign(read=spoken(frame, "month", "written", "fraction"))
    known = frame.dropna(subset=["value"])
    axis_x = alt.Axis(
        labelAngle=0, labelOverlap="greedy", labelSeparation=4, labelExpr=f"({json.dumps(labels)})[datum.value]"
    )
    x = alt.X("code:N", sort=order, title=None, scale=alt.Scale(domain=order), axis=axis_x)
    tooltip = [alt.Tooltip("month:N", title=" "), alt.Tooltip("written:N", title=title)]
    tooltip += [alt.Tooltip("fraction:N", title=told)] if rate else []
    if rate:
        axis, scale = alt.Axis(format=".0%", tickCount=4), from_zero(known["value"])
    else:
        marks = steps(float(frame["value"].max() or 0))
        axis, scale = alt.Axis(values=marks, format=",d"), alt.Scale(domain=[0, marks[-1]])
    base = alt.Chart(known).encode(
        x, alt.Y("value:Q", title=None, scale=scale, axis=axis), tooltip=tooltip, description="read:N"
    )
    opacity = alt.condition("datum.faded", alt.value(0.35), alt.value(1))
    inks = alt.Color(
        "running:N", scale=alt.Scale(domain=[False, True], range=[palette.MAIN, palette.SOFT]), legend=None
    )
    if rate:
        line = base.transform_filter("!datum.running").mark_line(color=palette.MAIN, strokeWidth=2.5, aria=False)
        points = base.mark_point(size=90, strokeWidth=2, cursor="pointer", opacity=1).encode(
            stroke=alt.condition("datum.running", alt.value(palette.SOFT), alt.value(palette.MAIN)),
            fill=alt.condition("datum.few || datum.running", alt.value(palette.PAPER), alt.value(palette.MAIN)),
        )
        drawn = [line, points.add_params(picking("code"))]
    else:
        bars = base.mark_bar(cornerRadiusEnd=3, cursor="pointer").encode(inks, opacity=opacity)
        drawn = [bars.add_params(picking("code"))]
    labelled = base.transform_filter("datum.labelled").mark_text(dy=-13, fontWeight=700).encode(text="written:N")
    return alt.layer(*drawn, labelled).properties(height=HEIGHT)
