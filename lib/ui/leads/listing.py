"""The list of leads: fifty a page, the chosen one remembered by its key wherever it moves."""

from datetime import date

import pandas as pd
import streamlit as st

from db.terms import LeadSource, LeadStatus
from lib import data
from lib.access import Actor, Permission
from lib.leads import queue
from lib.leads.queue import Cursor, Filters, LeadRow, View
from lib.refusals import N_
from lib.ui import downloads, moments
from lib.ui.language import t, term
from lib.ui.leads import wording
from lib.ui.tones import LATE, PLAIN, toned

PLACE = "lead_place"
ROW_HEIGHT, SHOWN_ROWS = 36, 13

EMPTY = {
    View.OPEN: N_("No open leads. The reception card adds one when somebody comes in, calls or writes."),
    View.OVERDUE: N_("Nobody is waiting past their day. Well done."),
    View.TODAY: N_("Nobody to contact today. A lead appears here on its next contact day."),
    View.SOON: N_("Nobody to contact in the next 7 days."),
    View.UNDATED: N_("Every open lead has its next contact day."),
    View.ORDERED: N_("No order waits for its car. A lead appears here once its order is recorded."),
    View.CLOSED: N_("Nothing was delivered or lost in the last 30 days."),
}


def chosen_lead() -> int | None:
    """The lead that the address names."""
    value = st.query_params.get("lead", "")
    return int(value) if value.isdecimal() and len(value) < 16 else None


def found(actor: Actor, text: str, today: date) -> None:
    """What the search found, of any status."""
    rows = data.fresh(queue.search, actor.own_scope, text, today)
    if not rows:
        st.info(t("Nothing found among your leads. A phone is found by its last 4 or all 11 digits."))
        return
    st.caption(t("{count} found", count=len(rows)))
    _table(actor, rows)


def page(actor: Actor, filters: Filters, today: date) -> None:
    """One page of the chosen view, and the way to the others."""
    cursors = _place((filters, today))
    shown = data.read(queue.page, actor.own_scope, filters, today, cursors[-1])
    if not shown.rows:
        st.info(t(EMPTY[filters.view]), icon=":material/inbox:")
    else:
        _table(actor, shown.rows)
    with st.container(horizontal=True, vertical_alignment="center"):
        if len(cursors) > 1 or shown.following is not None:
            _pager(cursors, shown.following)
        if shown.rows:
            _offer(actor, filters, today)


def _pager(cursors: list[Cursor | None], following: Cursor | None) -> None:
    st.button(t("Previous"), key="lead_previous", disabled=len(cursors) == 1, on_click=lambda: _back(cursors))
    st.caption(t("Page {number}", number=len(cursors)), width="content")
    st.button(t("Next"), key="lead_next", disabled=following is None, on_click=cursors.append, args=(following,))


def _offer(actor: Actor, filters: Filters, today: date) -> None:
    """The view to take away, masked."""

    def rows() -> list[list[str]]:
        return [list(_cells(row).values()) for row in data.fresh(queue.every, actor.own_scope, filters, today)]

    downloads.offer(
        actor, t("Download this list"), t("Lead follow-up"), list(_cells(_BLANK)), rows, key="leads_download"
    )


def _place(of: tuple[Filters, date]) -> list[Cursor | None]:
    """Where each page up to the present one began; another view or another day begins anew."""
    if st.session_state.get(PLACE, (None,))[0] != of:
        st.session_state[PLACE] = (of, [None])
    cursors: list[Cursor | None] = st.session_state[PLACE][1]
    return cursors


def _back(cursors: list[Cursor | None]) -> None:
    cursors.pop()


def _table(actor: Actor, rows: tuple[LeadRow, ...]) -> None:
    """The rows with the chosen one marked. The key is of who is shown, so a mark never slides to another lead."""
    ids = tuple(row.id for row in rows)
    key = f"leads-{hash(ids)}"
    chosen = chosen_lead()

    def choose() -> None:
        marked = st.session_state[key].selection.rows
        if marked:
            st.query_params["lead"] = str(ids[marked[0]])
        else:
            st.query_params.pop("lead", None)

    frame = pd.DataFrame([_cells(row) for row in rows])
    if not actor.may(Permission.LEAD_HAND_OVER) and actor.own_scope.owner_id is not None:
        frame = frame.drop(columns=t("Consultant"))
    late = [row.late_days is not None and row.late_days > 0 and row.status in _OPEN for row in rows]
    styled = toned(frame, t("Contact due"), [LATE if each else PLAIN for each in late])
    st.dataframe(
        styled, key=key, on_select=choose, selection_mode="single-row", hide_index=True, row_height=ROW_HEIGHT,
        height=ROW_HEIGHT * (min(len(rows), SHOWN_ROWS) + 1) + 2, placeholder="",
        selection_default={"selection": {"rows": [ids.index(chosen)] if chosen in ids else []}},
    )  # fmt: skip


_OPEN = (LeadStatus.OPEN, LeadStatus.ORDERED)


_BLANK = LeadRow(0, "", LeadStatus.OPEN, None, None, None, LeadSource.WALK_IN, None, None, None, "", None)


def _cells(row: LeadRow) -> dict[str, str]:
    return {
        t("Contact due"): wording.due(row.late_days, row.status),
        t("Customer"): row.customer or "",
        t("Model"): row.car_model or "",
        t("Level"): term(row.intention_level),
        t("Stage"): term(row.status),
        t("Mobile"): row.mobile or "",
        t("Consultant"): row.consultant,
        t("Source"): term(row.source),
        t("Last event"): moments.moment(row.last_at),
        t("Lead no."): row.lead_no,
    }
