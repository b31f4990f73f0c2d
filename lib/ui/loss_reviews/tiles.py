"""How many losses of the period have a clear reason that was accepted, whole and of leads and renewals apart."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from db.terms import LossDomain
from lib import data, formats, kpi
from lib.access import Actor
from lib.loss_reviews import figures
from lib.losses.filters import LossFilters
from lib.losses.rows import PAGE, DecidedCase, Which, decided_cases
from lib.ui.channels.tiles import drawn
from lib.ui.language import spoken, t, term
from lib.ui.loss_reviews.filters import Chosen
from lib.ui.losses import listing

SLUG = "clear_reason_rate"
OPEN, PAGES = "clear_losses", "clear_losses_pages"


def draw(actor: Actor, chosen: Chosen) -> None:
    """The rate with its fraction, its definition on hover, and its change on the days before; its name opens the clear
    ones."""
    parts = [chosen.domains, *((each,) for each in chosen.domains if len(chosen.domains) > 1)]
    with st.grid(3, min_column_width=200, gap=12):
        for domains in parts:
            _tile(chosen, domains, None if domains == chosen.domains else domains[0])
    opened: tuple[LossDomain, ...] | None = st.session_state.get(OPEN)
    if opened is not None:
        st.dialog(t(kpi.find(SLUG).label), width="large", on_dismiss=_close)(_rows)(actor, chosen, opened)


def _tile(chosen: Chosen, domains: tuple[LossDomain, ...], alone: LossDomain | None) -> None:
    record = kpi.find(SLUG)
    now, before = (
        data.read(figures.reviewed, chosen.scope, period, LossFilters(domains)).figure(SLUG)
        for period in (chosen.period, chosen.before)
    )
    with st.container(key=f"card-tile-{SLUG}-{alone or 'all'}"):
        name = t(record.label) if alone is None else f"{t(record.label)} · {term(alone)}"
        st.button(
            name, key=f"open_{SLUG}-{alone or 'all'}", type="tertiary", icon=":material/chevron_right:",
            icon_position="right", help=t(record.definition), on_click=_open, args=(domains,),
        )  # fmt: skip
        st.html(drawn(record, now, before, t("vs the days just before"), spoken()))


def _open(domains: tuple[LossDomain, ...]) -> None:
    st.session_state[OPEN], st.session_state[PAGES] = domains, [None]


def _close() -> None:
    st.session_state.pop(OPEN, None)


def _rows(actor: Actor, chosen: Chosen, domains: tuple[LossDomain, ...]) -> None:
    """The clear ones of the period."""

    def read(after: Any, limit: int = PAGE) -> Sequence[DecidedCase]:
        return data.read(
            decided_cases, chosen.scope, chosen.period, LossFilters(domains), Which.CLEAR, after=after, limit=limit
        )  # fmt: skip

    st.caption(f"{formats.period(chosen.period, spoken())} · {t(kpi.find(SLUG).definition)}")
    listing.decided(actor, t(kpi.find(SLUG).label), st.session_state[PAGES], read, "clear_losses")
