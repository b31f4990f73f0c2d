"""The look that every page wears: the theme of .streamlit/config.toml, and the little that it cannot say."""

from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path

import streamlit as st

SHEET = Path(__file__).with_suffix(".css")


def wear() -> None:
    """Put the style sheet into the page."""
    st.html(f"<style>{_sheet()}</style>")


def card(name: str, heading: str = "") -> AbstractContextManager[object]:
    """A white card to draw in; `name` tells it from the page's others."""
    box = st.container(key=f"card-{name}")
    if heading:
        box.subheader(heading, anchor=False)
    return box


@cache
def _sheet() -> str:
    return SHEET.read_text("utf-8")
