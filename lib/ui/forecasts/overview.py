"""The network's month: who has submitted, who is late or missing, and closing it."""

import pandas as pd
import streamlit as st

from lib import formats
from lib.access import Actor
from lib.forecasts.standing import OWES_NONE, Overview, State, Submitted
from lib.sheets import Cell
from lib.ui import address, downloads, moments
from lib.ui.forecasts import filters, freezing, wording
from lib.ui.language import t, term
from lib.ui.look import card
from lib.ui.tones import LATE, PLAIN

ROW_HEIGHT, SHOWN_ROWS = 36, 18


def draw(actor: Actor) -> None:
    """The counts, the tree, the stores' freezes."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="forecast_filters"):
        view = filters.overview_of(actor, filters.month())
    if not view.nodes:
        st.info(t("No channel of your area takes part in forecasts. An administrator adds channels by import."))
        return
    freezing.draw(actor, view)
    with card("forecast-overview"):
        _counts(view)
        st.caption(t("Select a line to open its forecast."))
        _table(view)
    downloads.offer(
        actor, t("Download"), f"{t('Demand forecast')} {wording.month(view.month)}", list(_cells(view.nodes[0], 0)),
        [tuple(_cells(each, 0).values()) for each in view.nodes],
    )  # fmt: skip


def _counts(view: Overview) -> None:
    owed = sum(each.state not in OWES_NONE for each in view.nodes)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            t("**{done} of {all}** have submitted · due by {day}",
              done=wording.number(view.count(State.ON_TIME, State.LATE)), all=wording.number(owed),
              day=wording.day(view.due_on)),
            width="content",
        )  # fmt: skip
        for each in (State.ON_TIME, State.LATE, State.OWED, State.MISSING):
            if count := view.count(each):
                st.badge(f"{wording.state(each)} {wording.number(count)}", color=wording.COLOURS[each])  # type: ignore[arg-type]


def _table(view: Overview) -> None:
    least = min(each.depth for each in view.nodes)
    frame = pd.DataFrame([_cells(each, each.depth - least) for each in view.nodes])
    late = [each.state in (State.LATE, State.MISSING) for each in view.nodes]
    styled = frame.style.apply(lambda _: [LATE if each else PLAIN for each in late], subset=[t("Status")])
    styled = styled.format(precision=0, na_rep="", subset=[t("Cars"), t("Sum below"), t("Models adjusted")])
    key = f"forecast-overview-{view.month}-{st.session_state.setdefault('forecast_overview_turn', 0)}"

    def choose() -> None:
        rows = st.session_state[key].selection.rows
        if rows:
            st.session_state["forecast_overview_turn"] += 1
            st.session_state[address.key("node")] = view.nodes[rows[0]].code
            st.session_state[address.key("part")] = "entry"

    st.dataframe(
        styled, hide_index=True, placeholder=formats.NOTHING, key=key, on_select=choose, row_height=ROW_HEIGHT,
        selection_mode="single-row",
        height=min(SHOWN_ROWS, len(view.nodes) + 1) * ROW_HEIGHT + 2,
    )  # fmt: skip


def _cells(each: Submitted, depth: int) -> dict[str, Cell]:
    return {
        t("Channel"): "\u2003" * depth + each.name, t("Kind"): term(each.kind), t("Status"): wording.state(each.state),
        t("Cars"): each.quantity, t("Sum below"): each.below,
        t("Models adjusted"): each.adjusted if each.quantity is not None else None,
        t("Submitted at"): moments.in_full(each.last_at), t("By"): each.submitted_by or "—",
    }  # fmt: skip
