"""The foot of the navigation: where and who one is, the language, the account, signing out; and the watch over it."""

from datetime import timedelta

import streamlit as st

from lib import data, users
from lib.access import Actor
from lib.signing_in import sessions, sign_ins
from lib.ui import exchange, language, navigation, visitors
from lib.ui.guarding import guarded
from lib.ui.language import t

WATCHED_EVERY = timedelta(seconds=3)


def draw(actor: Actor) -> None:
    """Draw the foot."""
    with st.sidebar:
        home = data.read(users.home_name, actor.channel_id) or t("Whole group")
        st.caption(f"{home} · {actor.name}")
        _language(actor)
        with st.container(horizontal=True):
            if not actor.must_change_password:
                st.page_link(navigation.account(), label=t("My account"), icon=":material/key:")
            if st.button(t("Sign out"), icon=":material/logout:", type="tertiary", key="sign_out"):
                _sign_out(actor)
        watch(actor)


@st.fragment(run_every=WATCHED_EVERY)
def watch(seen: Actor) -> None:
    """Run the whole page again once the person is no longer who it was drawn for: signed out, disabled, moved."""
    with guarded(comes_back=False):
        if visitors.actor() != seen:
            st.rerun()


def _language(actor: Actor) -> None:
    def keep() -> None:
        chosen = st.session_state["language_of_person"]
        language.use(chosen)
        with guarded(comes_back=False):
            data.write(sign_ins.choose_language, actor, chosen)

    st.segmented_control(
        t("Language"), list(language.NAMES), format_func=language.NAMES.__getitem__, default=language.current(),
        key="language_of_person", label_visibility="collapsed", required=True, on_change=keep,
    )  # fmt: skip


def _sign_out(actor: Actor) -> None:
    data.write(sessions.end, actor)
    visitors.forget()
    exchange.ask_to_drop()
    st.rerun()
