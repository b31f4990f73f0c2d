"""Counts by two things: a cell for each pair, its number in it, darker where there are more."""

import altair as alt
import pandas as pd

from lib.charts import palette
from lib.charts.house import Layers, called, picking, spoken

STEP = 34
ASLANT, LEVEL = 115, 40  # pixels for the names of the columns
ROOM = {"left": 4, "top": 12, "right": 4, "bottom": 4}  # a name written aslant reaches above what is measured of it
LETTERS = 24  # of all columns together: more of them are written aslant
DARK = 0.55  # from here on white letters are read better


def heat(frame: pd.DataFrame) -> Layers:
    """Columns: `row`, `column` (what a click picks), `row_label`, `column_label`, `count`, `share` (of its column, as
    written), `picked`; in order. Cells without a case are left empty."""
    frame = frame.assign(read=spoken(frame, "row_label", "column_label", "count"))
    highest = max(1, int(frame["count"].max()))
    rows, columns = list(dict.fromkeys(frame["row_label"])), list(dict.fromkeys(frame["column_label"]))
    tight = sum(map(len, columns)) > LETTERS
    base = alt.Chart(frame[frame["count"] > 0]).encode(
        alt.Y("row_label:N", sort=rows, title=None, scale=alt.Scale(domain=rows), axis=called(frame["row_label"], 190)),
        alt.X("column_label:N", sort=columns, title=None, scale=alt.Scale(domain=columns), axis=alt.Axis(
            orient="top", labelAngle=-40 if tight else 0, labelLimit=110, labelAlign="left" if tight else "center")),
    )  # fmt: skip
    inks = alt.Scale(domain=[0, highest], range=[palette.MAIN_SOFT, palette.MAIN])
    cells = base.mark_rect(cornerRadius=3, cursor="pointer", strokeWidth=2.5).encode(
        alt.Color("count:Q", legend=None, scale=inks),
        stroke=alt.condition("datum.picked", alt.value(palette.INK), alt.value(palette.PAPER)),
        tooltip=[alt.Tooltip("row_label:N", title=" "), alt.Tooltip("column_label:N", title=" "),
                 alt.Tooltip("count:Q", title=" ", format=","), alt.Tooltip("share:N", title=" ")],
        description="read:N",
    )  # fmt: skip
    numbers = base.mark_text(fontWeight=600).encode(
        text=alt.Text("count:Q", format=","),
        color=alt.condition(f"datum.count > {DARK * highest}", alt.value(palette.PAPER), alt.value(palette.INK)),
    )
    return alt.layer(cells.add_params(picking("row", "column")), numbers).properties(
        height=STEP * max(2, len(rows)) + (ASLANT if tight else LEVEL), padding=ROOM
    )
