"""What a node recorded, behind an alert about its figures: a table to look through and to take away."""

import streamlit as st

from lib import data, formats
from lib.access import Actor
from lib.alerts import rows
from lib.alerts.finding import Alert
from lib.alerts.rows import LIMITS, Recorded
from lib.sheets import Cell
from lib.ui import downloads
from lib.ui.language import spoken, t, term

ROW_HEIGHT, SHOWN_ROWS = 36, 9  # the form below stays in sight


def draw(actor: Actor, alert: Alert) -> None:
    """The rows, the latest first."""
    found = data.read(rows.recorded, actor.scope, alert.kind, alert.channel_id, alert.on)
    limit = LIMITS[alert.kind]
    if alert.rates:
        st.caption(t("The node's own leads, orders and cancellations of these days, with where each lead stands now."))
    else:
        st.caption(t("What the node recorded last, with where each lead stands now."))
    if not found:
        return
    shown = [_cells(each) for each in found]
    st.dataframe(
        [row | {t("Day"): formats.day(each.on, spoken())} for row, each in zip(shown, found, strict=True)],
        hide_index=True, height=min(SHOWN_ROWS, len(found) + 1) * ROW_HEIGHT + 2, row_height=ROW_HEIGHT,
    )  # fmt: skip
    if len(found) == limit:
        st.caption(t("The latest {count} are shown.", count=limit))
    downloads.offer(
        actor, t("Download"), f"{t('Channel alerts')} {alert.code}", list(shown[0]),
        [tuple(row.values()) for row in shown], key="download_recorded",
    )  # fmt: skip


def _cells(each: Recorded) -> dict[str, Cell]:
    return {
        t("Day"): each.on, t("What"): term(each.kind), t("Lead"): each.lead_no, t("Customer"): each.customer,
        t("Model"): each.model, t("Consultant"): each.consultant, t("Status"): term(each.status),
    }  # fmt: skip
