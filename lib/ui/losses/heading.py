"""The head of a panel: its name, what goes with it, and taking its chart and data away."""

from collections.abc import Sequence

import streamlit as st

from lib import formats
from lib.access import Actor
from lib.sheets import Cell
from lib.ui import pictures
from lib.ui.language import spoken, t, term
from lib.ui.losses.wanted import Wanted


def draw(
    actor: Actor, wanted: Wanted, place: str, name: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> None:
    """A heading with the menu that saves the chart in this card, or its data."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.subheader(name, anchor=False, width="content")
        if rows:
            pictures.offer(actor, f"card-{place}", name, columns, rows, about=about(wanted))


def about(wanted: Wanted) -> str:
    """What a picture or sheet is about: period, channel, domains."""
    channel = next((each.name for each in wanted.known.channels.values() if each.code == wanted.channel), "")
    domains = " + ".join(term(each) for each in wanted.domains)
    return " · ".join(filter(None, (formats.period(wanted.gone, spoken()), channel, domains)))


def nothing() -> None:
    """There is nothing to draw; what would fill it."""
    st.info(
        t("No loss is recorded for this period and these filters. Choose an earlier period, or take a filter away."),
        icon=":material/inbox:",
    )
