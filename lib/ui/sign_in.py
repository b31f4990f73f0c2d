"""The sign-in screen."""

import streamlit as st
from streamlit_authenticator.controllers import AuthenticationController

from lib import data, keys
from lib.refusals import N_
from lib.signing_in import passwords, sign_ins
from lib.ui import exchange, language, visitors
from lib.ui.guarding import guarded
from lib.ui.language import t

FAILED = N_("Signing in took too long. Please sign in again.")


def screen() -> None:
    """Name and password; what is right gives the browser a ticket, and the page that was asked for opens."""
    _, middle, _ = st.columns([1, 1.2, 1])
    with middle:
        st.space("xlarge")
        st.title(t("Dealership desk"), anchor=False)
        with guarded():
            data.fresh(data.versions)  # a database that is away is told before somebody types
        with st.form("sign_in"):
            name = st.text_input(t("Name for signing in"), autocomplete="username", max_chars=64)
            password = st.text_input(t("Password"), type="password", autocomplete="current-password")
            sent = st.form_submit_button(t("Sign in"), type="primary", width="stretch")
        if sent:
            with guarded():
                _attempt(name.strip(), password)
        if exchange.draw():
            st.error(t(FAILED), icon=":material/error:")
        st.caption(t("Forgotten the password? An administrator gives you a new one."))
        _language()


def _attempt(name: str, password: str) -> None:
    attempt = sign_ins.Attempt(
        name, password, visitors.address(), visitors.known_device(name), language.chosen()
    )  # fmt: skip
    exchange.ask_to_take(sign_ins.sign_in(attempt, verify))


def verify(username: str, password: str, password_hash: str) -> bool:
    """Let streamlit-authenticator look at one person's bcrypt hash.

    Its model is asked, not its controller, which would trim the password. It knows this one person alone, and a hash is
    looked at whoever was typed. Its own counters live in the dictionary that we hand it, so ours count
    (lib.signing_in.lockout).
    """
    key = username.lower()  # as it keeps its names
    people = {"usernames": {key: {"name": username, "password": password_hash}}}
    library = AuthenticationController(people, auto_hash=False, secret_key=keys.signing_key())
    too_long = len(password.encode()) > passwords.LONGEST  # bcrypt would raise
    right = library.authentication_model.login(key, "" if too_long else password)
    return bool(right) and not too_long


def _language() -> None:
    st.segmented_control(
        t("Language"), list(language.NAMES), format_func=language.NAMES.__getitem__, default=language.current(),
        key="language_of_visitor", label_visibility="collapsed", required=True,
        on_change=lambda: language.use(st.session_state["language_of_visitor"]),
    )  # fmt: skip
