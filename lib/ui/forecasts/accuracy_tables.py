"""What the pictures of accuracy show, in numbers: a line a node, a kind of node or a model, and each to take away."""

from typing import Any

import pandas as pd
import streamlit as st

from db.terms import ChannelKind
from lib import formats, kpi
from lib.access import Actor
from lib.forecasts.accuracy import OfNode
from lib.forecasts.figures import Accuracy
from lib.sheets import Cell
from lib.ui import downloads
from lib.ui.forecasts import specs
from lib.ui.language import spoken, t, term

ROW_HEIGHT, SHOWN_ROWS = 36, 16
SLUGS = ("wape", "naive_wape", "forecast_value_added", "bias")

Row = dict[str, Cell]


def nodes(actor: Actor, found: tuple[OfNode, ...]) -> None:
    """A line a node, those below it set in."""
    least = min(each.depth for each in found)
    rows: list[Row] = [
        {t("Channel"): each.name, t("Kind"): term(each.kind), **_errors(each.accuracy), **_on_time(each.accuracy),
         **_cars(each.accuracy)}
        for each in found
    ]  # fmt: skip
    shown = [
        row | {t("Channel"): "\u2003" * (each.depth - least) + each.name}
        for row, each in zip(rows, found, strict=True)
    ]  # fmt: skip
    _table(actor, "nodes", t("Forecast accuracy"), rows, shown)


def kinds(actor: Actor, found: tuple[tuple[ChannelKind, int, Accuracy], ...]) -> None:
    """A line a kind of node."""
    rows: list[Row] = [
        {t("Kind"): term(kind), t("Channels"): count, **_errors(each), **_on_time(each), **_cars(each)}
        for kind, count, each in found
    ]
    _table(actor, "kinds", t("Forecast accuracy by kind of channel"), rows, rows)


def models(actor: Actor, kind: ChannelKind, found: specs.Lines) -> None:
    """A line a model, over the nodes of a kind; the file names the kind too."""
    shown: list[Row] = [{t("Model"): name, **_errors(each), **_cars(each)} for name, each in found]
    rows: list[Row] = [{t("Kind"): term(kind), **row} for row in shown]
    _table(actor, "models", t("Forecast accuracy by model"), rows, shown)


def _table(actor: Actor, key: str, name: str, rows: list[Row], shown: list[Row]) -> None:
    if not rows:
        return
    st.dataframe(
        pd.DataFrame(shown), hide_index=True, key=f"accuracy_{key}_table", row_height=ROW_HEIGHT,
        height=min(SHOWN_ROWS, len(shown) + 1) * ROW_HEIGHT + 2, column_config=_helped(),
    )  # fmt: skip
    downloads.offer(actor, t("Download"), name, list(rows[0]), [tuple(row.values()) for row in rows])


def _errors(each: Accuracy) -> Row:
    error = each.figure("wape").value
    values: Row = {
        t(kpi.find(slug).label): formats.percent(
            each.forecast_value_added if slug == "forecast_value_added" else each.figure(slug).value
        )
        for slug in SLUGS
    }
    return {t("Accuracy"): formats.NOTHING if error is None else t(specs.grade(float(error)))} | values


def _on_time(each: Accuracy) -> Row:
    return {t("On time (months)"): formats.fraction(each.figure("forecast_on_time_rate"), spoken())}


def _cars(each: Accuracy) -> Row:
    words = spoken()
    return {t("Forecast / delivered"): f"{formats.number(each.forecast, words)} / {formats.number(each.actual, words)}"}


def _helped() -> dict[str, Any]:
    return {t(kpi.find(slug).label): st.column_config.TextColumn(help=t(kpi.find(slug).definition)) for slug in SLUGS}
