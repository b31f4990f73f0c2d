"""How often lost customers came back, of renewals and of leads."""

import streamlit as st

from db.terms import LossDomain
from lib import data, kpi
from lib.access import Actor
from lib.ui.channels.tiles import drawn
from lib.ui.language import spoken, t
from lib.ui.winbacks.filters import Chosen, domains
from lib.winbacks import figures

SLUGS = {LossDomain.RENEWAL: "winback_rate", LossDomain.LEAD: "lead_winback_rate"}


def draw(actor: Actor, chosen: Chosen) -> None:
    """Each rate with its fraction, its definition on hover, and its change on the days before."""
    now, before = (data.read(figures.won_back, chosen.scope, period) for period in (chosen.period, chosen.before))
    with st.grid(3, min_column_width=200, gap=12):
        for domain in domains(actor):
            record = kpi.find(SLUGS[domain])
            with st.container(key=f"card-tile-{record.slug}"):
                st.caption(t(record.label), help=t(record.definition))
                figure, earlier = now.figure(record.slug), before.figure(record.slug)
                st.html(drawn(record, figure, earlier, t("vs the days just before"), spoken()))
