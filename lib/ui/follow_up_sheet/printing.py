"""The button that opens the browser's print dialog; who pressed it is on record."""

import streamlit as st

from lib import data
from lib.access import Permission
from lib.renewals import sheet
from lib.renewals.sheet import Asked
from lib.ui import visitors
from lib.ui.guarding import guarded
from lib.ui.language import t
from lib.ui.opening import admitted

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
def button(asked: Asked) -> None:
    """Print the sheet as it stands; on record before the dialog opens."""
    pressed = st.button(t("Print"), icon=":material/print:", key="sheet_print")
    if pressed and visitors.shell_ran():
        with guarded(comes_back=False):
            data.write(sheet.note_printed, admitted(Permission.RENEWAL_READ), asked)
            st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
            opening = st.components.v2.component("desk_print", js=SCRIPT)
            opening(data={"turn": st.session_state[TURN]}, key="sheet_printing")
