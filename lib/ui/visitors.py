"""Who is at this browser session: its cookie names a session row, which is looked at in every run and every tick."""

import streamlit as st

from lib import addresses, clock
from lib.access import Actor
from lib.signing_in import cookies, sessions

KEY = "session_key"
SHELL_RAN = "shell_ran"
LOCAL = "127.0.0.1"


def mark_shell() -> None:
    """Note that the shell ran in this browser session; a page that runs without it refuses."""
    st.session_state[SHELL_RAN] = True


def shell_ran() -> bool:
    return bool(st.session_state.get(SHELL_RAN))


def actor() -> Actor | None:
    """Who is signed in at this moment; nobody once the session was ended, is over, or the person was disabled."""
    return sessions.actor_at(session_key(), clock.now())


def session_key() -> str | None:
    """The key of this browser's session: from the cookie that came with the connection, kept while it lasts."""
    if KEY not in st.session_state:
        st.session_state[KEY] = cookies.session_key(st.context.cookies.get(cookies.SESSION), clock.now())
    return st.session_state[KEY] if isinstance(st.session_state[KEY], str) else None


def forget() -> None:
    """This browser session holds no key any more."""
    st.session_state[KEY] = None


def known_device(username: str) -> str | None:
    """The device that this browser is, if the person signed in with it before."""
    return cookies.device(st.context.cookies.get(cookies.DEVICE), username, clock.now())


def address() -> str:
    """The address that the browser connects from; Streamlit names none for this machine."""
    peer, forwarded = st.context.ip_address, st.context.headers.get("X-Forwarded-For")
    return addresses.client(
        peer if isinstance(peer, str) else LOCAL, forwarded if isinstance(forwarded, str) else None
    )  # fmt: skip
