"""The losses themselves, of everything that is selected."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from lib import data, formats
from lib.access import Actor
from lib.losses.picture import picture
from lib.losses.rows import PAGE, DecidedCase, Which, decided_cases
from lib.ui.language import spoken, t
from lib.ui.look import card
from lib.ui.losses import listing
from lib.ui.losses.wanted import Wanted

PAGES = "loss_cases_pages"


def draw(actor: Actor, wanted: Wanted) -> None:
    """The cases of the period within the filters, the latest first."""
    with card("loss_cases"):
        found = data.read(picture, wanted.cases, wanted.gone, wanted.filters).whole.lost
        heading = t("Lost cases: {count}", count=formats.number(found, spoken()))
        st.subheader(heading, anchor=False)
        listing.decided(actor, t("Lost cases"), _pages(wanted), _read(wanted), "loss_cases", scope="app")


def _read(wanted: Wanted) -> listing.Read[DecidedCase]:
    def read(after: Any, limit: int = PAGE) -> Sequence[DecidedCase]:
        return data.read(
            decided_cases, wanted.cases, wanted.gone, wanted.filters, Which.LOST, after=after, limit=limit
        )  # fmt: skip

    return read


def _pages(wanted: Wanted) -> list[Any]:
    """Where each page up to the present one began; other choices begin anew."""
    of = (wanted.cases, wanted.gone, wanted.filters)
    if st.session_state.get(PAGES, (None,))[0] != of:
        st.session_state[PAGES] = (of, [None])
    pages: list[Any] = st.session_state[PAGES][1]
    return pages
