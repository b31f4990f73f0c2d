"""What each form was opened with, and what comes of saving it. Forms side by side have a name each."""

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from lib import data
from lib.access import Actor
from lib.refusals import Conflict
from lib.ui.guarding import guarded
from lib.ui.language import t

SAID = "store_said"
T = TypeVar("T")


def key(form: str, field: str) -> str:
    """The key of a form's widget; a new one after every save, so that it shows what stands then."""
    return f"{form}_{field}_{st.session_state.get(_turn(form), 0)}"


def opened(form: str, stands: T) -> T:
    """What stood when the form was opened. A change by somebody else is pointed out, and shown when wanted.

    Several forms of one record are opened under the first one's name, and save with it as their `record`.
    """
    seen: T = st.session_state.setdefault(_seen(form), stands)
    if seen != stands:
        st.warning(
            t("Someone changed this since you opened it. What you typed is kept."), icon=":material/sync_problem:"
        )
        st.button(t("Show what stands now"), key=f"{form}_anew", on_click=anew, args=(form,))
    return seen


def anew(form: str) -> None:
    """Let a form show what stands now."""
    st.session_state.pop(_seen(form), None)
    st.session_state[_turn(form)] = st.session_state.get(_turn(form), 0) + 1


def save(
    form: str, said: str, command: Callable[..., Any], actor: Actor, *typed: Any, record: str | None = None
) -> None:
    """Run a command with what was typed; what stands in other forms stays there.

    After a conflict the next save is held to what stands now. `record`: the name under which `opened` keeps what the
    command is held to, where that is not this form's own.
    """
    with guarded():
        try:
            data.write(command, actor, *typed)
        except Conflict:
            st.session_state.pop(_seen(record or form), None)
            raise
        anew(form)
        st.session_state.pop(_seen(record or form), None)
        st.session_state[SAID] = said
        st.rerun()


def say() -> None:
    """What the last save came to."""
    if said := st.session_state.pop(SAID, None):
        st.toast(said, icon=":material/check_circle:")


def _turn(form: str) -> str:
    return f"{form}_turn"


def _seen(form: str) -> str:
    return f"{form}_seen"
