"""How many losses of the period have a clear reason that was accepted, whole and of leads and renewals apart."""

import streamlit as st

from db.terms import LossDomain
from lib import data, kpi
from lib.loss_reviews import figures
from lib.losses.filters import LossFilters
from lib.ui.channels.tiles import drawn
from lib.ui.language import spoken, t, term
from lib.ui.loss_reviews.filters import Chosen

SLUG = "clear_reason_rate"


def draw(chosen: Chosen) -> None:
    """The rate with its fraction, its definition on hover, and its change on the days before."""
    parts = [chosen.domains, *((each,) for each in chosen.domains if len(chosen.domains) > 1)]
    with st.grid(3, min_column_width=200, gap=12):
        for domains in parts:
            _tile(chosen, domains, None if domains == chosen.domains else domains[0])


def _tile(chosen: Chosen, domains: tuple[LossDomain, ...], alone: LossDomain | None) -> None:
    record = kpi.find(SLUG)
    now, before = (
        data.read(figures.reviewed, chosen.scope, period, LossFilters(domains)).figure(SLUG)
        for period in (chosen.period, chosen.before)
    )
    with st.container(key=f"card-tile-{SLUG}-{alone or 'all'}"):
        name = t(record.label) if alone is None else f"{t(record.label)} · {term(alone)}"
        st.caption(name, help=t(record.definition))
        st.html(drawn(record, now, before, t("vs the days just before"), spoken()))
