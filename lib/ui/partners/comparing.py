"""Partners side by side, criterion by criterion."""

import streamlit as st

from lib import formats
from lib.network.partners import WEIGHTS, Partner
from lib.ui.language import spoken, t, term
from lib.ui.look import card

MOST = 5


def draw(found: tuple[Partner, ...]) -> None:
    """A column a partner, the first few of those given."""
    if len(found) < 2:
        return
    shown, words = found[:MOST], spoken()
    with card("partners_compared", t("Side by side")):
        named = [f"{term(criterion)} {weight} %" for criterion, weight in WEIGHTS.items()]
        st.table(
            {t("Criterion"): [*named, t("Weighted total")]}
            | {
                f"{each.name} #{each.id}": [
                    *(formats.number(mark.mark, words) for mark in each.marks), formats.number(each.total, words, 1)
                ]
                for each in shown
            },
            hide_index=True,
        )  # fmt: skip
