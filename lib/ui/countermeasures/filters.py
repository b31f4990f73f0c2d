"""Which countermeasures are shown; all in the address."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from db.terms import LossDomain
from lib import data
from lib.access import Actor
from lib.countermeasures import reading
from lib.countermeasures.reading import Sight, View
from lib.ui import address, areas
from lib.ui.countermeasures import wording
from lib.ui.language import t
from lib.ui.loss_reviews.filters import domain


@dataclass(frozen=True)
class Chosen:
    """What is shown, and to whom. `below` is the subtree that was chosen, if any."""

    sight: Sight
    domains: tuple[LossDomain, ...]
    below: str | None
    view: View
    today: date


def choose(actor: Actor, today: date) -> Chosen:
    """Draw the choice, with how many each view holds."""
    sight = Sight.of(actor)
    with st.container(horizontal=True, vertical_alignment="bottom", key="measure_filters"):
        area = areas.choose(actor)
        domains = domain()
        below = None if area.path == actor.path else area.path
        counts = data.read(reading.counts, sight, domains, below, today)
        default = View.OPEN
        view = st.pills(
            t("Countermeasures"), list(View), key=address.one("view", list(View), default), required=True,
            format_func=lambda each: f"{t(wording.VIEWS[each])} {counts[each]}", label_visibility="collapsed",
            wrap=True,
        )  # fmt: skip
    address.keep(view=None if view in (default, None) else View(view).value)
    return Chosen(sight, domains, below, View(view or default), today)
