"""Filling in one node's month: a line a model with what helps to judge it."""

import streamlit as st

from lib import data, formats
from lib.access import Actor, Permission
from lib.forecasts import sheet as sheets
from lib.forecasts.sheet import Line, Sheet
from lib.forecasts.submitting import LONGEST, Entry, submit
from lib.refusals import Conflict
from lib.ui import moments
from lib.ui.forecasts import below, filters, history, wording
from lib.ui.guarding import guarded
from lib.ui.language import spoken, t
from lib.ui.look import card
from lib.ui.plain import plain
from lib.ui.today import today

SEEN, TURN, SAID = "forecast_seen", "forecast_turn", "forecast_said"


def draw(actor: Actor) -> None:
    """The node's sheet: to fill in while it is open, else to read; those below and the history under it."""
    if said := st.session_state.pop(SAID, None):
        st.toast(said, icon=":material/check_circle:")
    with st.container(horizontal=True, vertical_alignment="bottom", key="forecast_filters"):
        month = filters.month()
        view = filters.overview_of(actor, month)
        code = filters.node(actor, view)
    if code is None:
        st.info(t("No channel of your area takes part in forecasts. An administrator adds channels by import."))
        return
    found = data.read(sheets.sheet, actor.scope, code, month, today())
    with card("forecast", f"{plain(found.name)} · {wording.month(month)}"):
        _standing(found)
        if not found.lines:
            st.info(t("There are no models yet. They come with the import of car models."))
        elif found.open and actor.may(Permission.FORECAST_WRITE):
            _form(actor, found)
        else:
            below.table(found)
    below.nodes(found)
    history.draw(actor, found)


def _standing(found: Sheet) -> None:
    """Until when, what was submitted, and why it is closed where it is."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(wording.state(found.state), color=wording.COLOURS[found.state])  # type: ignore[arg-type]
        st.caption(t("due by {day}", day=wording.day(found.due_on)), width="content")
        if found.submitted_at:
            st.caption(
                plain(t("last submitted by {who}, {when}", who=found.submitted_by or t("import"),
                        when=moments.in_full(found.submitted_at))),
                width="content",
            )  # fmt: skip
    if found.freeze:
        st.info(
            plain(t("Frozen by {who} on {when}. A manager can unfreeze it, with a reason.",
                    who=found.freeze.frozen_by or "—", when=moments.in_full(found.freeze.frozen_at))),
            icon=":material/lock:",
        )  # fmt: skip
    elif found.begun:
        st.caption(t("This month has begun; its forecast stands as it is."))
    if found.below:
        _below_said(found)


def _below_said(found: Sheet) -> None:
    spoke = len(found.below) - len(found.missing)
    names = spoken().listed(each.name for each in found.missing)
    if found.missing:
        st.warning(
            plain(t("{spoke} of {all} below have submitted; missing: {names}", spoke=spoke, all=len(found.below),
                    names=names)),
            icon=":material/hourglass_top:",
        )  # fmt: skip
    else:
        st.caption(t("All {all} below have submitted.", all=len(found.below)))


def _form(actor: Actor, found: Sheet) -> None:
    place = f"{found.code}-{found.month:%Y-%m}-{st.session_state.get(TURN, 0)}"
    seen = _seen(place, found)
    if seen != found.seen:
        st.warning(
            plain(t("{who} submitted this forecast meanwhile; theirs stands beside yours.",
                    who=found.submitted_by or "—")),
            icon=":material/sync_problem:",
        )  # fmt: skip
    theirs = seen != found.seen or st.session_state.get(f"{SEEN}_compare") == place
    columns = below.Columns(found, theirs)
    with st.form(f"forecast-{place}", border=False, enter_to_submit=False):
        columns.headings()
        typed = tuple(_row(line, columns, place, found) for line in found.lines)
        common = _common_reason(found, place)
        sent = st.form_submit_button(t("Submit the forecast"), type="primary", icon=":material/send:")
    if sent:
        entries = tuple(Entry(each.car_model_id, each.quantity, each.reason.strip() or common) for each in typed)
        _submit(actor, found, entries, place, seen)


def _seen(place: str, found: Sheet) -> int:
    """The submission that stood when this form was opened."""
    if st.session_state.get(SEEN, ("",))[0] != place:
        st.session_state[SEEN] = (place, found.seen)
    seen: int = st.session_state[SEEN][1]
    return seen


def _row(line: Line, columns: below.Columns, place: str, found: Sheet) -> Entry:
    """One model: what helps to judge it, then what is typed."""
    cells = columns.start(line)
    start = line.below if line.quantity is None else line.quantity
    quantity = cells[0].number_input(
        t("Forecast of {model}", model=line.model), min_value=0, step=1, value=start,
        key=f"forecast-{place}-{line.car_model_id}", label_visibility="collapsed",
    )  # fmt: skip
    if not found.below:
        return Entry(line.car_model_id, quantity)
    reason = cells[1].text_input(
        t("Reason for {model}", model=line.model), value=line.reason or "", max_chars=LONGEST,
        key=f"forecast-why-{place}-{line.car_model_id}", label_visibility="collapsed",
        placeholder=t("if it differs"),
    )  # fmt: skip
    return Entry(line.car_model_id, quantity, reason)


def _common_reason(found: Sheet, place: str) -> str:
    if not found.below:
        return ""
    return st.text_input(
        t("Reason for every other model that differs from the sum below"), max_chars=LONGEST,
        key=f"forecast-why-{place}", placeholder=t("for example: plus 3 cars of our own showroom"),
    ).strip()  # fmt: skip


def _submit(actor: Actor, found: Sheet, entries: tuple[Entry, ...], place: str, seen: int) -> None:
    with guarded():
        try:
            total = data.write(submit, actor, found.id, found.month, entries, seen)
        except Conflict:
            st.session_state.pop(SEEN)  # the next submission is held to what stands now
            st.session_state[f"{SEEN}_compare"] = place
            raise
        st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
        st.session_state.pop(f"{SEEN}_compare", None)
        st.session_state[SAID] = t(
            "Submitted for {month}, cars: {count}.", count=formats.number(total, spoken()),
            month=wording.month(found.month),
        )  # fmt: skip
        st.rerun()
