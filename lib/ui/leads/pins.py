"""The version at which somebody opened a lead: kept while they type, so that nobody's change is written over unseen."""

import streamlit as st

from lib.leads.case import Case
from lib.refusals import Conflict
from lib.ui import moments
from lib.ui.language import spoken, t
from lib.ui.leads import wording
from lib.ui.plain import plain

PIN, SAID = "lead_pin", "lead_said"


def version(lead: Case) -> int:
    """The version that this person has seen: the one they opened, until they save or were told of a newer one."""
    pin = st.session_state.get(PIN)
    if pin is None or pin[0] != lead.id:
        st.session_state[PIN] = pin = (lead.id, lead.version)
    seen: int = pin[1]
    return seen


def forget(lead: Case) -> None:
    """Start from what is there now: after one's own change."""
    if st.session_state.get(PIN, (None,))[0] == lead.id:
        del st.session_state[PIN]


def point_out(lead: Case, models: dict[int, str]) -> None:
    """Say who changed the lead since it was opened, when and what, until this person saves or takes it as read."""
    seen = version(lead)
    if seen == lead.version:
        return
    lines = [
        f"- {moments.moment(touch.at)} {plain(touch.who)}: {wording.action(touch.action)} "
        f"{plain(wording.changed(touch.changed, models))}"
        for touch in lead.touched_since(seen)
    ]
    with st.container(key="lead_touched"):
        st.warning(
            "\n".join([t("This lead was changed while you had it open. What you typed is kept."), "", *lines]),
            icon=":material/group:",
        )  # fmt: skip
        st.button(t("I have seen it"), key="lead_seen", on_click=forget, args=(lead,))


def met(lead: Case, conflict: Conflict) -> None:
    """Tell that somebody was faster; the next save is upon what they left."""
    st.error(spoken().of(conflict), icon=":material/group:")
    st.session_state[PIN] = (lead.id, lead.version)


def done(lead: Case, said: str) -> None:
    """Draw everything anew after a change of one's own, with a word about it."""
    forget(lead)
    st.session_state[SAID] = said
    st.rerun()
