"""The head of a panel: its name, what goes with it, and taking its chart and data away."""

from collections.abc import Sequence

import streamlit as st

from lib import formats
from lib.access import Actor
from lib.periods import Period
from lib.sheets import Cell
from lib.ui import pictures
from lib.ui.language import spoken, t, term
from lib.ui.losses import chips
from lib.ui.losses.wanted import Wanted

UNSAID = ("channel", "month")  # chips whose words stand there already


def draw(
    actor: Actor, wanted: Wanted, place: str, name: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]],
    said: str | None = None,
) -> None:  # fmt: skip
    """A heading with the menu that saves the chart in this card, or its data; `said`: what these are about."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.subheader(name, anchor=False, width="content")
        if rows:
            pictures.offer(actor, f"card-{place}", name, columns, rows, about=about(wanted) if said is None else said)


def about(wanted: Wanted, *own: str, days: Period | None = None, also: tuple[str, ...] = ()) -> str:
    """What a picture or sheet is about: its days, more words on it, channel, domains, and what is selected but for its
    `own` choices, which it shows all of."""
    channel = next((each.name for each in wanted.known.channels.values() if each.code == wanted.channel), "")
    domains = " + ".join(term(each) for each in wanted.domains)
    selected = [label for (name, _), label in chips.labels(wanted).items() if name not in {*UNSAID, *own}]
    told = formats.period(days or wanted.gone, spoken(), dated=True)
    return " · ".join(filter(None, (told, *also, channel, domains, *selected)))


def nothing() -> None:
    """There is nothing to draw; what would fill it."""
    st.info(
        t("No loss is recorded for this period and these filters. Choose an earlier period, or take a filter away."),
        icon=":material/inbox:",
    )
