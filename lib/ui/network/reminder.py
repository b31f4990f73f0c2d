"""Stores with fewer or more distribution centres than planned (C2)."""

import streamlit as st

from lib.network.reading import Node, reminders
from lib.ui.language import t
from lib.ui.plain import plain


def lines(found: tuple[Node, ...]) -> None:
    """One line a store."""
    for each in reminders(found):
        st.info(
            t("{store} has {count} distribution centres; the plan says 2 to 4.", store=plain(each.store),
              count=each.centres),
            icon=":material/info:",
        )  # fmt: skip
