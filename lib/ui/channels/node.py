"""One node's page, part by part."""

import streamlit as st

from lib import data, kpi
from lib.access import Actor, Permission, Scope
from lib.board import figures as board_figures
from lib.board.figures import EVERYTHING
from lib.channels.months import FIGURES, IDLE, last_months, months
from lib.channels.overview import Network, Standing
from lib.charts import PICKED
from lib.ui import pictures
from lib.ui.board import specs as board_specs
from lib.ui.board.panels import STEPS, beside
from lib.ui.board.rows import open_rows
from lib.ui.channels import specs
from lib.ui.language import current, t
from lib.ui.look import card
from lib.ui.today import today


def course(actor: Actor, view: Network, standing: Standing) -> None:
    """A figure of the last twelve months beside the funnel of the period."""
    left, right = beside(3, 2)
    with left:
        trend(actor, view, standing)
    with right:
        funnel(actor, view, standing)


def trend(actor: Actor, view: Network, standing: Standing) -> None:
    """Twelve months of one figure, with everything below the node."""
    last = view.elapsed.last
    with card("channel_trend"):
        head = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
        with head:
            st.subheader(t("Twelve months"), anchor=False, width="content")
            slug = st.selectbox(
                t("Figure"), FIGURES, format_func=lambda each: t(kpi.find(each).label), key="channel_trend_of",
                label_visibility="collapsed", width=190,
            )  # fmt: skip
        mine = data.read(months, actor.scope, last).get(standing.node.path, IDLE)
        values = tuple(each.figure(slug).value for each in mine)
        span, named = last_months(last), t(kpi.find(slug).label)
        spec = specs.months(span, values, slug, today(), current())
        st.vega_lite_chart(spec, theme=None, key="channel_trend", alt=named)
        with head:
            pictures.offer(
                actor, "card-channel_trend", named, [t("Month"), named],
                [(each.first, value) for each, value in zip(span, values, strict=True)], about=standing.node.name,
            )  # fmt: skip
        st.caption(t("With everything below. The month that still runs is paler."))


def funnel(actor: Actor, view: Network, standing: Standing) -> None:
    """From first visit to delivery, of the node and everything below it; a step opens into its rows."""
    with card("channel_funnel", t("Funnel")):
        st.caption(t("Walk-in leads; events of the period; each step's share of the one before."))
        found = data.read(board_figures.board, Scope(standing.node.path), view.elapsed, EVERYTHING, as_of_day=today())
        spec = board_specs.funnel(found.funnel, current())
        turn = st.session_state.setdefault("channel_funnel_turn", 0)
        if not actor.may(Permission.LEAD_READ):
            st.vega_lite_chart(spec, theme=None, key="channel_funnel")
            return
        event = st.vega_lite_chart(
            spec, theme=None, key=f"channel_funnel-{turn}", on_select="rerun", selection_mode=PICKED
        )
        picked = event["selection"].get(PICKED) if "selection" in event else None
        if picked:
            st.session_state["channel_funnel_turn"] = turn + 1
            open_rows(STEPS[str(picked[0]["step"])])
