"""The open alerts as a list, the chosen one with its rows and the form that settles it beside."""

import pandas as pd
import streamlit as st

from db.terms import AlertKind, AlertState
from lib import data, formats
from lib.access import Actor, Permission
from lib.alerts import settling
from lib.alerts.finding import Alert
from lib.sheets import Cell
from lib.ui import downloads
from lib.ui.alerts import recorded, wording
from lib.ui.guarding import guarded
from lib.ui.language import spoken, t, term
from lib.ui.look import card
from lib.ui.plain import plain

ROW_HEIGHT, SHOWN_ROWS = 36, 14
WIDTHS = (160, 96, 132, 560)
TURN, SAID = "alert_turn", "alert_said"


def opens(found: tuple[Alert, ...]) -> bool:
    """Whether one of the list is chosen already; until then the list has the whole width."""
    kept = st.session_state.get(_key(found))
    return bool(kept and kept["selection"]["rows"])


def _key(found: tuple[Alert, ...]) -> str:
    return f"alerts-{hash(tuple(each.key for each in found))}-{st.session_state.setdefault(TURN, 0)}"


def draw(actor: Actor, found: tuple[Alert, ...]) -> Alert | None:
    """The list; which one is chosen."""
    if said := st.session_state.pop(SAID, None):
        st.toast(said, icon=":material/check_circle:")
    with card("alerts", t("Open alerts")):
        if not found:
            st.info(
                t("No alert is open. One appears here when a price, a sale or a node's figures leave what the store "
                  "settings allow."),
                icon=":material/task_alt:",
            )  # fmt: skip
            return None
        st.caption(t("Select a line to see its rows and settle it."))
        rows = [_cells(each) for each in found]
        picked = st.dataframe(
            pd.DataFrame(rows), hide_index=True, key=_key(found), on_select="rerun", selection_mode="single-row",
            row_height=ROW_HEIGHT, height=min(SHOWN_ROWS, len(found) + 1) * ROW_HEIGHT + 2,
            column_config={
                name: st.column_config.TextColumn(width=width) for name, width in zip(rows[0], WIDTHS, strict=True)
            },
        )["selection"]["rows"]  # fmt: skip
        downloads.offer(
            actor, t("Download"), t("Channel alerts"), list(rows[0]), [tuple(row.values()) for row in rows]
        )  # fmt: skip
    return found[picked[0]] if picked else None


def chosen(actor: Actor, alert: Alert | None) -> None:
    """The chosen alert: what it rests on, and what became of it."""
    if alert is None:
        return
    with card("alert"):
        st.subheader(f"{wording.ICONS[alert.kind]} {term(alert.kind)}", anchor=False)
        st.markdown(f"**{plain(alert.name)}** · {plain(wording.said(alert))}")
        if alert.sales:
            _sales(alert)
        else:
            recorded.draw(actor, alert)
        if actor.may(Permission.CHANNEL_WRITE):
            _form(actor, alert)


def _sales(alert: Alert) -> None:
    """Each with its node where they are of several."""
    words, several = spoken(), len({sale.channel_id for sale in alert.sales}) > 1
    for sale in alert.sales:
        facts = [
            sale.channel if several else "", sale.lead_no, formats.day_with_year(sale.on, words), sale.model or "—",
            sale.buyer or "—", sale.consultant, formats.amount(sale.price, words), sale.district or "",
            term(sale.buyer_kind),
        ]  # fmt: skip
        st.markdown("- " + plain(" · ".join(filter(None, facts))))


def _form(actor: Actor, alert: Alert) -> None:
    name = f"settle-{alert.kind}-{alert.channel_id}-{alert.case}"
    with st.form(name, border=False, enter_to_submit=False):
        state = (
            st.radio(t("What became of it"), list(AlertState), format_func=term, horizontal=True, key=f"{name}-state")
            or AlertState.EXPLAINED
        )
        note = st.text_area(t("Note"), max_chars=settling.LONGEST, height=90, key=f"{name}-note")
        sent = st.form_submit_button(t("Settle"), type="primary", icon=":material/task_alt:")
    if sent:
        with guarded():
            data.write(settling.settle, actor, alert.kind, alert.channel_id, alert.case, state, note)
            st.session_state[TURN] += 1
            st.session_state[SAID] = t("Settled: {state}", state=term(state))
            st.rerun()


def _cells(each: Alert) -> dict[str, Cell]:
    day = "" if each.kind is AlertKind.CONVERSION else formats.day(each.on, spoken())
    return {t("Alert"): term(each.kind), t("Day"): day, t("Channel"): each.name, t("What"): wording.said(each)}
