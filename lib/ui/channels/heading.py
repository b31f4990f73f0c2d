"""The head of the page: what is shown and what it is compared with; on a node's page the way to it."""

from html import escape

import streamlit as st

from lib import formats, kpi
from lib.access import Actor
from lib.channels.figures import ChannelNumbers
from lib.channels.overview import Network, Standing
from lib.ui.channels import comparing, tiles
from lib.ui.channels.places import open_node
from lib.ui.language import spoken, t, term


def network(actor: Actor, view: Network) -> None:
    """The whole network's figures."""
    _about(view, view.whole)
    figures = {slug: (view.whole.figure(slug), view.whole_before.figure(slug)) for slug in tiles.SLUGS}
    tiles.draw(actor, figures, _compared(view), opens=False)


def node(actor: Actor, view: Network, standing: Standing) -> None:
    """The way to a node, what it is, its figures with everything below it."""
    if not actor.own_node_only:
        _way(view, standing)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.subheader(standing.node.name, anchor=False, width="content")
        for word in what_it_is(standing):
            st.badge(word, color="blue")
        if not actor.own_node_only and st.button(
            t("Side by side with others"), icon=":material/compare_arrows:", type="tertiary", key="compare_with"
        ):
            comparing.add(standing.node.code)
    _about(view, standing.node.rolled_up)
    figures = {slug: (standing.figure(slug, rolled=True), standing.before(slug, rolled=True)) for slug in tiles.SLUGS}
    tiles.draw(actor, figures, _compared(view), opens=True)
    own = standing.node.own
    if standing.node.own != standing.node.rolled_up:
        words = spoken()
        st.caption(
            t("With everything below. Of these its own: {leads} leads, {orders} orders, {deliveries} deliveries.",
              leads=formats.number(own.leads, words), orders=formats.number(own.orders, words),
              deliveries=formats.number(own.deliveries, words))
        )  # fmt: skip


def _way(view: Network, standing: Standing) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="channel_way"):
        if st.button(t("All channels"), icon=":material/account_tree:", type="tertiary", key="way_to_all"):
            open_node(None)
        for each in view.way_to(standing):
            st.caption("›", width="content")
            if st.button(each.node.name, type="tertiary", key=f"way_{each.node.code}"):
                open_node(each.node.code)


def what_it_is(standing: Standing) -> list[str]:
    """Code, kind, chain, market tier, territory of a node."""
    node = standing.node
    words = [node.code, term(node.kind), term(node.chain)]
    words += [term(node.market_tier)] if node.market_tier else []
    words += [node.territory] if node.territory else []
    return words if node.active else [*words, t("closed")]


def _about(view: Network, numbers: ChannelNumbers) -> None:
    words = spoken()
    about = t("{period} · compared with {compared}", period=formats.period(view.elapsed, words),
              compared=formats.period(view.compared, words))  # fmt: skip
    share = formats.percent(kpi.ratio(numbers.captured, numbers.leads))
    captured = t("{share} of all leads captured", share=share)
    st.html(f'<div class="desk-fresh"><span>{escape(about)}</span><span>{escape(captured)}</span></div>')


def _compared(view: Network) -> str:
    return formats.period(view.compared, spoken())
