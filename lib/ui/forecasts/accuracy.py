"""After the month: how near the forecasts came, against copying last month."""

from datetime import date
from decimal import Decimal

import streamlit as st

from db.terms import ChannelKind
from lib import data, formats
from lib.access import Actor
from lib.charts import MOST_ERROR
from lib.forecasts import accuracy as accuracies
from lib.forecasts import months
from lib.forecasts.accuracy import Report
from lib.periods import DAY, Period, parse
from lib.ui import address
from lib.ui.forecasts import accuracy_tables as tables
from lib.ui.forecasts import specs
from lib.ui.language import current, spoken, t, term
from lib.ui.look import card
from lib.ui.today import today

BACK, SHOWN = 14, 6  # months offered, and months shown to begin with
CHARTED = 30  # lines of the picture; a longer list is read in the table


def draw(actor: Actor) -> None:
    """The months, then nodes, kinds and models, each as a picture and a table."""
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
        tables.nodes(actor, nodes)
    if actor.own_node_only:
        with card("accuracy_models", t("By model")):
            _picture(nodes[0].models, "models")
            tables.models(actor, nodes[0].kind, nodes[0].models)
        return
    with card("accuracy_kinds", t("By kind of channel")):
        _picture(tuple((f"{term(kind)} · {count}", each) for kind, count, each in found.kinds), "kinds")
        tables.kinds(actor, found.kinds)
    with card("accuracy_models"):
        _models(actor, found)


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
    if specs.beyond(measured):
        most = formats.percent(Decimal(MOST_ERROR), 0)
        st.caption(t("A triangle at the edge: the error is greater than {most}.", most=most))


def _models(actor: Actor, found: Report) -> None:
    kinds = [kind.value for kind, _, _ in found.kinds]
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.subheader(t("By model"), anchor=False, width="content")
        chosen = st.selectbox(
            t("Kind"), kinds, format_func=lambda each: term(ChannelKind(each)), width=180,
            key=address.one("kind", kinds, kinds[-1]), label_visibility="collapsed",
        )  # fmt: skip
        address.keep(kind=None if chosen == kinds[-1] else chosen)
    kind = ChannelKind(chosen)
    models = found.models(kind)
    _picture(models, "models")
    tables.models(actor, kind, models)
