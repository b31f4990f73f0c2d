"""The look that every page wears: the theme of .streamlit/config.toml, and the little that it cannot say."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
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


@contextmanager
def folding(name: str, heading: str, unfolded: bool) -> Iterator[None]:
    """A card that folds up behind its heading. What was typed in it stays while it is folded."""
    with card(name), st.expander(heading, expanded=unfolded, icon=":material/add:"):
        yield


@cache
def _sheet() -> str:
    return SHEET.read_text("utf-8")
