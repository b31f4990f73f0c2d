"""The list of cases: fifty a page by key; the open case is marked, wherever it moves."""

from collections.abc import Hashable
from datetime import date
from functools import lru_cache

import pandas as pd
import streamlit as st

from db.terms import QueueView
from lib import data
from lib.access import Actor
from lib.refusals import N_
from lib.renewals import assignments, queue
from lib.renewals.course import is_archived
from lib.renewals.queue import Line, Place
from lib.ui import moments
from lib.ui.language import current, t, term
from lib.ui.renewals import address, giving, wording
from lib.ui.tones import LATE, PLAIN, SOON, toned

PLACE, ORDER, LATER = "renewal_place", "renewal_order", "renewal_later"
ROW_HEIGHT, SHOWN_ROWS = 36, 14
SHARED = 128  # tables kept
EMPTY = {
    QueueView.OVERDUE: N_("No call after a quote is overdue. Well done."),
    QueueView.TODAY: N_("Everything that was due by today is done."),
    QueueView.WEEK: N_("Everything that was due this week is done."),
    QueueView.LAPSED: N_("No undecided case is past its expiry."),
    QueueView.UNASSIGNED: N_("Every case has its specialist."),
    QueueView.ALL: N_("The queue is empty. Cases appear when policies are imported or registered."),
}
NOBODY = N_("No case expires in these days.")


def page(actor: Actor, view: QueueView, person: int | None, today: date) -> tuple[int, ...]:
    """One page of the queue, and the way to the next and the previous one; the cases ticked to be given."""
    place, backward = _place((view, person, today))
    shown = data.read(queue.page, actor.own_scope, today, view, person, place, backward)
    if not shown.lines and place is not None:  # what was here is done: begin again
        place, backward = None, False
        st.session_state[PLACE] = ((view, person, today), place, backward)
        shown = data.read(queue.page, actor.own_scope, today, view, person)
    if not shown.lines and person is not None and not _known(actor, person):
        _nobody()
        return ()
    if not shown.lines:
        st.info(t(EMPTY.get(view, NOBODY)), icon=":material/inbox:")
        st.session_state[ORDER] = ()
        return ()
    ticked = _table(actor, shown.lines, today, (view, person, today, place, backward))
    if shown.previous or shown.next:
        with st.container(horizontal=True, vertical_alignment="center", key="renewal_pages"):
            _turn(t("Previous"), "renewal_previous", ":material/chevron_left:", shown.previous, True)
            _turn(t("Next"), "renewal_next", ":material/chevron_right:", shown.next, False)
    return ticked


def _known(actor: Actor, person: int) -> bool:
    return person in {each.id for each in data.read(assignments.holders, actor.scope)}


def _nobody() -> None:
    """The address names somebody who is not here."""
    st.session_state[ORDER] = ()
    st.warning(t("There is no such person among the specialists of your area."), icon=":material/person_off:")
    st.button(
        t("Show everybody's cases"), key="renewal_everybody", icon=":material/groups:",
        on_click=lambda: address.say(address.PERSON, None),
    )  # fmt: skip


def found(actor: Actor, text: str, today: date) -> tuple[int, ...]:
    """What the search found, decided cases too; the cases ticked to be given."""
    lines = data.fresh(queue.found, actor.own_scope, today, text)
    if not lines:
        st.info(
            t("Nothing found within your cases. Type the plate, with or without its province, the first 11 or the "
              "last 6 places of the VIN, the start of the name, or the last 4 digits of the phone."),
            icon=":material/search_off:",
        )  # fmt: skip
        return ()
    enough = len(lines) < queue.PAGE
    st.caption(
        t("Found: {count}", count=len(lines))
        if enough
        else t("The first {count} found. Type more to narrow them down.", count=len(lines))
    )
    return _table(actor, lines, today, text)


def following(renewal_id: int) -> int | None:
    """The case below one in the list as it was last shown, or below where it stood before it left; none at the end."""
    order: tuple[int, ...] = st.session_state.get(ORDER, ())
    stood, below = st.session_state.get(LATER, (None, ()))
    if renewal_id in order or stood != renewal_id:
        below = order[order.index(renewal_id) + 1 :] if renewal_id in order else order
    return next((each for each in below if each in order), None)


def _place(of: tuple[QueueView, int | None, date]) -> tuple[Place | None, bool]:
    """Where the page begins; another view, person or day begins anew."""
    kept = st.session_state.get(PLACE)
    if kept is None or kept[0] != of:
        st.session_state[PLACE] = kept = (of, None, False)
    return kept[1], kept[2]


def _turn(label: str, key: str, icon: str, place: Place | None, backward: bool) -> None:
    def turn() -> None:
        st.session_state[PLACE] = (st.session_state[PLACE][0], place, backward)

    st.button(label, key=key, icon=icon, disabled=place is None, on_click=turn)


def _table(actor: Actor, lines: tuple[Line, ...], today: date, which: Hashable) -> tuple[int, ...]:
    """The lines with the open case marked, or as many as a manager ticks to give them.

    The list's key is of which page or search it is, so that it stays scrolled where it was while its lines change. The
    mark is set to the open case at every run, so it never slides to another. What is ticked hangs on who is shown.
    """
    ids = tuple(line.id for line in lines)
    st.session_state[ORDER] = ids
    frame = _frame(lines, today, current(), whose=actor.own_scope.owner_id is None)
    styled = toned(frame, t("When due"), [_tone(line, today) for line in lines])
    height = ROW_HEIGHT * (min(len(lines), SHOWN_ROWS) + 1) + 2
    if giving.ticking(actor):
        marked = st.dataframe(
            styled, key=f"renewals-{hash(ids)}-give-{giving.turn()}", on_select="rerun", selection_mode="multi-row",
            hide_index=True, row_height=ROW_HEIGHT, height=height, placeholder="",
        )["selection"]["rows"]  # fmt: skip
        return tuple(ids[each] for each in marked)
    key = f"renewals-{hash(which)}"
    _mark(key, ids)

    def choose() -> None:
        marked = st.session_state[key].selection.rows
        address.say(address.CASE, ids[marked[0]] if marked else None)

    st.dataframe(
        styled, key=key, on_select=choose, selection_mode="single-row", hide_index=True, row_height=ROW_HEIGHT,
        height=height, placeholder="",
    )  # fmt: skip
    return ()


def _mark(key: str, ids: tuple[int, ...]) -> None:
    """Mark the open case where it stands now, and keep who stands below it."""
    chosen = address.case()
    rows = [ids.index(chosen)] if chosen in ids else []
    if rows:
        st.session_state[LATER] = (chosen, ids[rows[0] + 1 :])
    if key not in st.session_state or list(st.session_state[key]["selection"]["rows"]) != rows:
        st.session_state[key] = {"selection": {"rows": rows, "columns": [], "cells": []}}


@lru_cache(SHARED)
def _frame(lines: tuple[Line, ...], today: date, _language: str, whose: bool) -> pd.DataFrame:
    """The table's words in the language spoken now, made once for all sessions that show the same lines."""
    frame = pd.DataFrame([_cells(line, today) for line in lines])
    return frame if whose else frame.drop(columns=t("Specialist"))


def _to_do_on(line: Line) -> date | None:
    """The day on which something of a case is to be done, while anything is."""
    if is_archived(line.status, line.days_left) or _decided(line):
        return None
    return line.next_action_on or line.due_on


def _decided(line: Line) -> bool:
    return line.next_action is None and not line.partly_renewed


def _tone(line: Line, today: date) -> str:
    """Red for what is late, amber for a call owed after a quote on its last day."""
    day = _to_do_on(line)
    if day is None:
        return PLAIN
    return LATE if line.call_overdue or day < today else SOON if line.call_due_on == today else PLAIN


def _when(line: Line, today: date) -> str:
    if is_archived(line.status, line.days_left):
        return t("Archived")
    day = _to_do_on(line)
    return wording.due(day, today) if day else term(line.status)


def _cells(line: Line, today: date) -> dict[str, str]:
    return {
        t("When due"): _when(line, today),
        t("Plate"): line.plate or "",
        t("Customer"): line.customer or "",
        t("Expiry"): wording.expiry(line.status, line.partly_renewed, line.due_on, line.days_left),
        t("Next act"): "" if _decided(line) else wording.action(line.next_action, line.stage, line.partly_renewed),
        t("Tier"): term(line.tier),
        t("Last contact"): " ".join(
            filter(None, (moments.day_of(line.contacted_at), wording.heard(line.last_method, line.last_outcome)))
        ),
        t("Status"): t("Partly renewed") if line.partly_renewed else term(line.status),
        t("Insurer"): line.insurer or "",
        t("Type"): term(line.type),
        t("Specialist"): line.owner or t("nobody"),
        t("VIN"): (line.vin or "")[-6:],
    }
