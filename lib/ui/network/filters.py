"""Which nodes the list shows; in the address, but for what is typed to find one."""

import streamlit as st

from db.terms import ChannelKind, MarketTier
from lib.network.narrowing import Narrowing
from lib.ui import address
from lib.ui.language import t, term

CLOSED = "closed"
SEARCH = "network_search"


def choose() -> Narrowing:
    """What is looked for; closed nodes only where asked for."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="network_filters"):
        text = st.text_input(
            t("Search"), key=SEARCH, placeholder=t("Name or code"), icon=":material/search:", type="search", width=190
        )
        kinds = st.multiselect(
            t("Kind"), list(ChannelKind), key=address.several("kind", list(ChannelKind)), format_func=term,
            placeholder=t("All kinds"), width=260, select_all=False,
        )  # fmt: skip
        tiers = st.multiselect(
            t("Market tier"), list(MarketTier), key=address.several("tier", list(MarketTier)), format_func=term,
            placeholder=t("All tiers"), width=220, select_all=False,
        )  # fmt: skip
        closed = st.pills(
            t("Closed"), [CLOSED], selection_mode="multi", key=address.several("show", [CLOSED]),
            format_func=lambda _: t("With closed nodes"), label_visibility="collapsed",
        )  # fmt: skip
    address.keep(kind=[*kinds], tier=[*tiers], show=[*closed])
    return Narrowing(tuple(kinds), tuple(tiers), bool(closed), (text or "").strip())
