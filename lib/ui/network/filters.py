"""Which nodes the list shows; in the address."""

import streamlit as st

from db.terms import ChannelKind, MarketTier
from lib.network.reading import Node
from lib.ui import address
from lib.ui.language import t, term

CLOSED = "closed"


def choose(found: tuple[Node, ...]) -> tuple[Node, ...]:
    """The nodes of the kinds and market tiers wanted; closed ones only where asked for."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="network_filters"):
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
    return tuple(
        each
        for each in found
        if (not kinds or each.kind in kinds) and (not tiers or each.market_tier in tiers) and (closed or each.active)
    )
