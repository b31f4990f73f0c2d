"""Choosing a channel of one's own area, drawn as the tree it is."""

from collections.abc import Sequence

import streamlit as st

from lib.ui.language import t
from lib.users import Home

WHOLE_GROUP = Home(0, "*", "", 0)


def choose(label: str, homes: Sequence[Home], now: int | None, key: str, help_text: str | None = None) -> int | None:
    """The id of the chosen channel; nothing for the whole group."""
    offered = [WHOLE_GROUP, *homes]
    at = next((place for place, home in enumerate(offered) if home.id == now), 0)
    chosen = st.selectbox(label, offered, at, format_func=_called, key=key, help=help_text)
    return (chosen.id or None) if chosen else None


def _called(home: Home) -> str:
    return f"{'　' * home.depth}{home.name} {home.code}" if home.id else t("Whole group")
