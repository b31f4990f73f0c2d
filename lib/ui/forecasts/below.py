"""A sheet's columns and tables: what stands beside the quantity, and what those below submitted."""

from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit as st

from lib import formats
from lib.forecasts.sheet import Line, Sheet
from lib.ui import moments
from lib.ui.forecasts import wording
from lib.ui.language import spoken, t, term
from lib.ui.look import card


class Columns:
    """The columns of a form: what is read, then what is typed. `theirs`: what somebody else submitted meanwhile."""

    def __init__(self, found: Sheet, theirs: bool) -> None:
        self.found, self.theirs = found, theirs
        read = [2.4, 1, 1, 1, 1.3]
        read += [1.1] if found.below else []
        read += [1.1] if theirs else []
        self.read = len(read)
        self.widths = [*read, 1.7, *([2.6] if found.below else [])]

    def headings(self) -> None:
        names = [*headings(self.found, self.theirs), t("Forecast (cars)")]
        if self.found.below:
            names.append(t("Reason"))
        with st.container(key="forecast_heads"):
            for column, name in zip(st.columns(self.widths, vertical_alignment="bottom"), names, strict=True):
                column.caption(name)

    def start(self, line: Line) -> Sequence[Any]:
        """Write a line's read cells; the columns that remain are for typing."""
        with st.container(key=f"forecast_line_{line.car_model_id}"):
            columns = st.columns(self.widths, vertical_alignment="center")
        names, texts = headings(self.found, self.theirs), cells(line, self.found, self.theirs)
        columns[0].text(texts[0])
        for column, name, text in zip(columns[1:], names[1:], texts[1:], strict=False):
            column.html(f'<div class="desk-cell"><small>{escape(name)}</small>{escape(text)}</div>')
        return columns[self.read :]


def headings(found: Sheet, theirs: bool = False) -> list[str]:
    """What is read beside each quantity."""
    names = [
        t("Model"), t("Delivered in {month}", month=wording.month(found.last_month)), t("Average of 3 months"),
        t("This month so far"), t("In stock (on the way)"),
    ]  # fmt: skip
    if found.below:
        names.append(t("Sum below"))
    if theirs:
        names.append(t("Submitted now"))
    return names


def cells(line: Line, found: Sheet, theirs: bool = False) -> list[str]:
    """One line's values under the headings."""
    stock = f"{line.in_stock} (+{line.in_transit})" if line.in_transit else str(line.in_stock)
    average = formats.number(line.average, spoken(), 1)
    texts = [line.model, wording.number(line.last_month), average, wording.number(line.so_far), stock]
    if found.below:
        texts.append(wording.number(line.below))
    if theirs:
        texts.append(wording.number(line.quantity))
    return texts


def table(found: Sheet) -> None:
    """A sheet that is closed, or that this person may only read."""
    columns = [*headings(found), t("Forecast (cars)"), *([t("Reason")] if found.below else [])]
    rows = [
        [*cells(line, found), wording.number(line.quantity), *([line.reason or ""] if found.below else [])]
        for line in found.lines
    ]
    if found.begun:
        columns.append(t("Delivered in {month}", month=wording.month(found.month)))
        rows = [[*row, wording.number(line.actual)] for row, line in zip(rows, found.lines, strict=True)]
    st.table({name: [row[place] for row in rows] for place, name in enumerate(columns)}, hide_index=True)


def nodes(found: Sheet) -> None:
    """Those straight below: who has spoken, when, for how many cars."""
    if not found.below:
        return
    with card("forecast-below", t("Those below")):
        st.dataframe(
            [
                {
                    t("Channel"): each.name, t("Kind"): term(each.kind), t("Status"): wording.state(each.state),
                    t("Cars"): each.quantity, t("Submitted at"): moments.in_full(each.last_at),
                    t("By"): each.submitted_by or "—",
                }
                for each in found.below
            ],
            hide_index=True, placeholder=formats.NOTHING, key="forecast_below",
        )  # fmt: skip
