"""Which reports are listed; in the address."""

import streamlit as st

from db.terms import FeedbackTopic, MarketTier
from lib.ui import address
from lib.ui.language import t, term


def choose() -> tuple[tuple[FeedbackTopic, ...], tuple[MarketTier, ...]]:
    """The topics and the market tiers wanted; none means all."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="feedback_filters"):
        topics = st.multiselect(
            t("Topic"), list(FeedbackTopic), key=address.several("topic", list(FeedbackTopic)), format_func=term,
            placeholder=t("All topics"), width=280, select_all=False,
        )  # fmt: skip
        tiers = st.multiselect(
            t("Market tier"), list(MarketTier), key=address.several("tier", list(MarketTier)), format_func=term,
            placeholder=t("All tiers"), width=220, select_all=False,
        )  # fmt: skip
    address.keep(topic=[*topics], tier=[*tiers])
    return tuple(FeedbackTopic(each) for each in topics), tuple(MarketTier(each) for each in tiers)
