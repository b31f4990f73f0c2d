"""What only the browser can do about its session: hand over the ticket, drop the cookie, and load the page again."""

import streamlit as st

from lib import keys

TICKET, DROP = "ticket", "drop_cookie"
SCRIPT = """
const done = new Set();
export default function ({ data, setTriggerValue }) {
  if (done.has(data.nonce)) return;
  done.add(data.nonce);
  fetch("/session", {
    method: data.ticket ? "POST" : "DELETE",
    headers: { "Content-Type": "application/json" },
    body: data.ticket ? JSON.stringify({ ticket: data.ticket }) : undefined,
    credentials: "same-origin",
    cache: "no-store",
  })
    .then((answer) => { if (!answer.ok) throw new Error(String(answer.status)); })
    .then(() => (data.ticket ? window.location.reload() : window.location.replace("/")))
    .catch(() => setTriggerValue("failed", true));
}
"""


def ask_to_take(ticket: str) -> None:
    """From the next drawing on, let the browser exchange this ticket and load the page that it asked for."""
    st.session_state[TICKET] = ticket


def ask_to_drop() -> None:
    """From the next drawing on, let the browser drop its cookie and go to the start."""
    st.session_state[DROP] = keys.token()


def draw() -> bool:
    """Mount what the browser is asked to do. True once it could not be done (too slow, server away)."""
    ticket, drop = st.session_state.get(TICKET), st.session_state.get(DROP)
    if ticket is None and drop is None:
        return False
    component = st.components.v2.component("desk_session", js=SCRIPT)
    result = component(data={"ticket": ticket, "nonce": ticket or drop}, key="exchange", on_failed_change=_failed)
    return bool(result.failed)


def _failed() -> None:
    for name in (TICKET, DROP):
        st.session_state.pop(name, None)
