"""The form that changes one's own password."""

import streamlit as st

from lib.access import Actor
from lib.signing_in import passwords, sign_ins
from lib.ui.guarding import guarded
from lib.ui.language import t


def first_password(actor: Actor) -> None:
    """What someone sees who still has the password that another person gave them."""
    st.title(t("Welcome, {name}", name=actor.name), anchor=False)
    st.write(t("Choose a password that only you know; then everything else opens."))
    password_form(actor)


def password_form(actor: Actor) -> None:
    """Current, new, new again."""
    with st.form("password", width=480):
        st.text_input(t("Name for signing in"), actor.username, autocomplete="username", disabled=True)
        current = st.text_input(t("Current password"), type="password", autocomplete="current-password")
        new = st.text_input(
            t("New password"), type="password", autocomplete="new-password",
            help=t("At least {count} characters. A short sentence is a good one.", count=passwords.SHORTEST),
        )  # fmt: skip
        repeated = st.text_input(t("New password again"), type="password", autocomplete="new-password")
        sent = st.form_submit_button(t("Change password"), type="primary")
    if sent:
        with guarded():
            sign_ins.change_password(actor, current, new, repeated)
            st.session_state["password_changed"] = True
            st.rerun()
    if st.session_state.pop("password_changed", False):
        st.success(t("Your password is changed. You were signed out everywhere else."))
