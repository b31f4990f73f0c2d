"""A made-up password, shown once to the admin who hands it over."""

import streamlit as st

from lib.ui.language import t

TO_SHOW = "password_to_show"


def hand_out(username: str, password: str) -> None:
    """Draw the page anew, with this password in a dialog."""
    st.session_state[TO_SHOW] = (username, password)
    st.rerun()


def show_once() -> None:
    """The dialog, if there is a password to hand over; it is forgotten as soon as it is drawn."""
    waiting = st.session_state.pop(TO_SHOW, None)
    if waiting is not None:
        st.dialog(t("First password"), dismissible=False)(_dialog)(*waiting)
    done = st.session_state.pop("people_done", None)
    if done is not None:
        st.toast(done, icon=":material/check:")


def _dialog(username: str, password: str) -> None:
    st.write(t("For {username}. It is shown only this once; it must be changed at the first sign-in.",
               username=username))  # fmt: skip
    st.code(password, language=None)
    if st.button(t("Handed over"), type="primary"):
        st.rerun()
