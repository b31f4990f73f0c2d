"""The button that opens the browser's print dialog."""

import streamlit as st

from lib.ui.language import t

SCRIPT = """
const done = new Set();
export default function ({ data }) {
  if (done.has(data.turn)) return;
  done.add(data.turn);
  setTimeout(() => window.print(), 100);
}
"""
TURN = "sheet_print_turn"


@st.fragment
def button() -> None:
    """Print the sheet as it stands."""
    if st.button(t("Print"), icon=":material/print:", key="sheet_print"):
        st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
        opening = st.components.v2.component("desk_print", js=SCRIPT)
        opening(data={"turn": st.session_state[TURN]}, key="sheet_printing")
