"""Giving cases by hand, many at once: a manager ticks them in the list and says who takes them (R2)."""

import streamlit as st

from lib import data
from lib.access import Actor, Permission
from lib.renewals import assignments
from lib.ui import look
from lib.ui.guarding import guarded
from lib.ui.language import t

ON, TURN, SAID = "giving_on", "giving_turn", "giving_said"


def ticking(actor: Actor) -> bool:
    """Whether the lines of the list are ticked to be given, not opened."""
    return bool(st.session_state.get(ON)) and actor.may(Permission.RENEWAL_ASSIGN)


def turn() -> int:
    """Part of the list's key: what was ticked is forgotten once it was given."""
    given: int = st.session_state.get(TURN, 0)
    return given


def offer(actor: Actor) -> None:
    """The way in."""
    if actor.may(Permission.RENEWAL_ASSIGN):
        st.button(t("Give several cases"), key="giving_start", icon=":material/checklist:", on_click=_say, args=(True,))


def draw(actor: Actor, ticked: tuple[int, ...]) -> None:
    """Who takes the ticked cases: one person all of them, several evenly."""
    if said := st.session_state.pop(SAID, None):
        st.toast(said, icon=":material/check_circle:")
    names = {
        each.id: f"{each.name} ({each.load})" for each in data.read(assignments.holders, actor.scope) if each.takes
    }
    with look.card("giving", t("Give several cases")):
        st.caption(
            t("Tick cases in the list, the box at its head for all of the page. One person takes all of them; several "
              "share them evenly in every tier.")
        )  # fmt: skip
        with st.form(f"giving-{turn()}", border=False):
            takers = st.multiselect(
                t("Who takes them"), list(names), format_func=names.__getitem__, key=f"giving_to-{turn()}",
                placeholder=t("Choose people"), select_all=False,
            )  # fmt: skip
            st.caption(t("Next dates, clocks and history stay as they are."))
            sent = st.form_submit_button(
                t("Give {count} cases", count=len(ticked)), type="primary", key=f"giving_save-{turn()}",
                disabled=not ticked, icon=":material/assignment_ind:",
            )  # fmt: skip
        st.button(t("Back to working cases"), key="giving_end", type="tertiary", on_click=_say, args=(False,))
    if sent:
        with guarded():
            count = data.write(assignments.assign, actor, ticked, tuple(takers))
            st.session_state[SAID] = t("{count} cases given.", count=count)
            st.session_state[TURN] = turn() + 1
            st.rerun()


def _say(on: bool) -> None:
    st.session_state[ON] = on
