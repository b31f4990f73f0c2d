"""After the month: how near the forecasts came, against copying last month."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from db.terms import ChannelKind
from lib import data, formats, kpi
from lib.access import Actor
from lib.forecasts import accuracy as accuracies
from lib.forecasts import months
from lib.forecasts.accuracy import OfNode, Report
from lib.forecasts.figures import Accuracy
from lib.periods import DAY, Period, parse
from lib.sheets import Cell
from lib.ui import address, downloads
from lib.ui.board.panels import beside
from lib.ui.forecasts import specs
from lib.ui.language import current, spoken, t, term
from lib.ui.look import card
from lib.ui.today import today

BACK, SHOWN = 14, 6  # months offered, and months shown to begin with
CHARTED = 30  # lines of the picture; a longer list is read in the table
ROW_HEIGHT, SHOWN_ROWS = 36, 16
SLUGS = ("wape", "naive_wape", "forecast_value_added", "bias")


def draw(actor: Actor) -> None:
    """The months, the nodes as a picture and a table, kinds and models."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="forecast_filters"):
        period = _months()
    found = data.read(accuracies.report, actor.scope, period)
    nodes = tuple(each for each in found.nodes if not actor.own_node_only or each.path == actor.path)
    if not nodes:
        st.info(t("Nobody has submitted a forecast yet. Once a month is over, its accuracy stands here."))
        return
    with card("accuracy", t("Forecast error by channel")):
        _about(found)
        _picture(tuple((each.name, each.accuracy) for each in nodes[:CHARTED]), "nodes")
    with card("accuracy_table"):
        _table(actor, nodes)
    if actor.own_node_only:
        with card("accuracy_models", t("By model")):
            _picture(nodes[0].models, "models")
        return
    left, right = beside(1, 1)
    with left, card("accuracy_kinds", t("By kind of channel")):
        _picture(tuple((f"{term(kind)} · {count}", each) for kind, count, each in found.kinds), "kinds")
    with right, card("accuracy_models"):
        _models(found)


def _months() -> Period:
    """The first and the last month; whole ones, those that are over to begin with."""
    offered = [months.before(today())]
    while len(offered) < BACK:
        offered.append(months.before(offered[-1]))
    names = [f"{each:%Y-%m}" for each in offered]
    first = _month(t("First month"), "first", names, names[SHOWN - 1])
    last = _month(t("Last month shown"), "last", names, names[0])
    return Period(min(first, last), months.after(max(first, last)) - DAY)


def _month(label: str, name: str, names: list[str], default: str) -> date:
    chosen = st.selectbox(
        label, names, format_func=lambda each: formats.period(parse(each), spoken()), width=160,
        key=address.one(name, names, default),
    )  # fmt: skip
    address.keep(**{name: None if chosen == default else chosen})
    return parse(chosen).first


def _about(found: Report) -> None:
    st.caption(
        t("Dot: the forecast's error by model and month; ring: the error of copying last month. Left of its ring a "
          "forecast was worth its work. Months: {count}.", count=len(found.months))
    )  # fmt: skip


def _picture(lines: specs.Lines, name: str) -> None:
    measured = tuple((label, each) for label, each in lines if each.actual)
    if not measured:
        st.caption(t("Nothing was delivered in these months: there is no error to measure."))
        return
    st.vega_lite_chart(
        specs.accuracy(measured, current()), theme=None, key=f"accuracy_{name}",
        alt=t("Forecast error against copying last month"),
    )  # fmt: skip


def _models(found: Report) -> None:
    kinds = [kind.value for kind, _, _ in found.kinds]
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.subheader(t("By model"), anchor=False, width="content")
        chosen = st.selectbox(
            t("Kind"), kinds, format_func=lambda each: term(ChannelKind(each)), width=180,
            key=address.one("kind", kinds, kinds[-1]), label_visibility="collapsed",
        )  # fmt: skip
        address.keep(kind=None if chosen == kinds[-1] else chosen)
    _picture(found.models(ChannelKind(chosen)), "models")


def _table(actor: Actor, nodes: tuple[OfNode, ...]) -> None:
    least = min(each.depth for each in nodes)
    rows = [_cells(each.name, each.kind, each.accuracy) for each in nodes]
    shown = [
        row | {t("Channel"): "\u2003" * (each.depth - least) + each.name}
        for row, each in zip(rows, nodes, strict=True)
    ]  # fmt: skip
    st.dataframe(
        pd.DataFrame(shown), hide_index=True, key="accuracy_nodes", row_height=ROW_HEIGHT,
        height=min(SHOWN_ROWS, len(nodes) + 1) * ROW_HEIGHT + 2, column_config=_helped(),
    )  # fmt: skip
    downloads.offer(
        actor, t("Download"), t("Forecast accuracy"), list(rows[0]), [tuple(row.values()) for row in rows]
    )  # fmt: skip


def _cells(name: str, kind: ChannelKind, each: Accuracy) -> dict[str, Cell]:
    words = spoken()
    error = each.figure("wape").value
    values: dict[str, Cell] = {
        t(kpi.find(slug).label): formats.percent(
            each.forecast_value_added if slug == "forecast_value_added" else each.figure(slug).value
        )
        for slug in SLUGS
    }
    return {
        t("Channel"): name, t("Kind"): term(kind),
        t("Accuracy"): formats.NOTHING if error is None else t(specs.grade(float(error))),
    } | values | {
        t("On time (months)"): formats.fraction(each.figure("forecast_on_time_rate"), words),
        t("Forecast / delivered"): f"{formats.number(each.forecast, words)} / {formats.number(each.actual, words)}",
    }  # fmt: skip


def _helped() -> dict[str, Any]:
    return {t(kpi.find(slug).label): st.column_config.TextColumn(help=t(kpi.find(slug).definition)) for slug in SLUGS}
