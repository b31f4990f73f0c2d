"""The version at which somebody opened a case: kept while they type, so that nobody's change is written over unseen."""

from datetime import datetime

import streamlit as st

from lib import clock
from lib.refusals import Conflict
from lib.renewals.case import Case
from lib.ui import moments
from lib.ui.language import spoken, t, term
from lib.ui.plain import plain
from lib.ui.renewals import address, wording

PIN, SAID, TURN = "renewal_pin", "renewal_said", "renewal_turn"


def version(case: Case) -> int:
    """The version that this person has seen: the one they opened, until they save or were told of a newer one."""
    return _pin(case)[1]


def place(case: Case) -> str:
    """Part of the keys of a case's fields: they empty when something was saved, and stay until then."""
    return f"{case.id}-{st.session_state.get(TURN, 0)}"


def point_out(case: Case) -> None:
    """Say who changed the case since it was opened, when and what, until this person saves or takes it as read."""
    _, seen, opened_at = _pin(case)
    if seen == case.version:
        return
    lines = [
        f"- {moments.moment(entry.at)} {plain(entry.who)}: {plain(f'{term(entry.kind)} {wording.note(entry)}')}"
        for entry in case.story
        if entry.at >= opened_at
    ]
    with st.container(key="renewal_touched"):
        st.warning(
            "\n".join([t("This case was changed while you had it open. What you typed is kept."), "", *lines]),
            icon=":material/group:",
        )  # fmt: skip
        st.button(t("I have seen it"), key="renewal_seen", on_click=forget)


def met(case: Case, conflict: Conflict) -> None:
    """Tell that somebody was faster; the next save is upon what they left."""
    st.error(spoken().of(conflict), icon=":material/group:")
    st.session_state[PIN] = (case.id, case.version, clock.now())


def forget() -> None:
    """Start from what is there now."""
    st.session_state.pop(PIN, None)


def done(said: str, go_to: int | None = None) -> None:
    """Draw everything anew after a change of one's own, with a word about it; open another case if told."""
    forget()
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
    st.session_state[SAID] = said
    if go_to is not None:
        address.say(address.CASE, go_to)
    st.rerun()


def _pin(case: Case) -> tuple[int, int, datetime]:
    pin: tuple[int, int, datetime] | None = st.session_state.get(PIN)
    if pin is None or pin[0] != case.id:
        st.session_state[PIN] = pin = (case.id, case.version, clock.now())
    return pin
