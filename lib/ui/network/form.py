"""The forms of one node: what is said of it, where it stands, whether it works; and a new one."""

from decimal import Decimal

import streamlit as st

from db.terms import ChannelKind, MarketTier
from lib import data, formats
from lib.access import Actor
from lib.channels.rules import RULES
from lib.network import editing
from lib.network.editing import LONGEST, LONGEST_CODE, Facts
from lib.network.moving import move
from lib.network.reading import Node, at_home, parents
from lib.ui.language import spoken, t, term
from lib.ui.look import card, folding
from lib.ui.plain import plain
from lib.ui.store import forms

NEW = "network-new"


def new(actor: Actor, found: tuple[Node, ...], unfolded: bool) -> None:
    """A form for a new node, folded away while another is changed: what is typed stays.

    The kind stands outside it, as it decides who may stand above.
    """
    with folding("network_new", t("New node"), unfolded):
        kinds = [each for each in ChannelKind if each is not ChannelKind.STORE or actor.path is None]
        kind = st.selectbox(t("Kind"), kinds, format_func=term, key=forms.key(NEW, "kind")) or kinds[0]
        above = parents(found, kind)
        if not above and kind is not ChannelKind.STORE:
            st.info(t("Nothing in your area may stand above this kind. Add a node for it first."))
            st.caption(t(RULES[kind]))
            return
        with st.form(NEW, border=False, enter_to_submit=False):
            parent = _parent(NEW, kind, above) if above else None
            code = st.text_input(t("Code"), max_chars=LONGEST_CODE, key=forms.key(NEW, "code"))
            typed = _facts(NEW, None)
            sent = st.form_submit_button(
                t("Add the node"), type="primary", icon=":material/add:", key=forms.key(NEW, "save")
            )
        if sent:
            forms.save(NEW, t("Added."), editing.add, actor, code, kind, parent.id if parent else None, typed)


def edit(actor: Actor, found: tuple[Node, ...], node: Node) -> None:
    """The forms of a node."""
    name = f"network-{node.id}"
    with card("network_node", plain(node.name)):
        seen = forms.opened(name, node)
        with st.form(name, border=False, enter_to_submit=False):
            typed = _facts(name, seen)
            sent = st.form_submit_button(t("Save"), type="primary", icon=":material/save:")
        if sent:
            forms.save(name, t("Saved."), editing.alter, actor, node.id, seen.version, typed)
    if node.active:
        _move(actor, found, node, seen.version)
    _state(actor, node, seen.version)


def _move(actor: Actor, found: tuple[Node, ...], node: Node, seen: int) -> None:
    above = tuple(each for each in parents(found, node.kind) if each.id != node.parent_id)
    if node.kind is ChannelKind.STORE:
        return
    record = f"network-{node.id}"
    form = f"{record}-move"
    with card("network_move", t("Move")):
        st.caption(
            t("What was counted stays below the old parent, on a closed node. Open leads, people, cars, screens, and "
              "forecasts and targets of periods to come go on below the new one, with all nodes below.")
        )  # fmt: skip
        _at_home(node)
        if not above:
            st.info(t("No other node in your area may stand above this kind."))
            st.caption(t(RULES[node.kind]))
            return
        with st.form(form, border=False, enter_to_submit=False):
            parent = _parent(form, node.kind, above)
            sent = st.form_submit_button(t("Move the node"), icon=":material/drive_file_move:")
        if sent and parent:
            forms.save(form, t("Moved."), move, actor, node.id, seen, parent.id, record=record)


def _at_home(node: Node) -> None:
    """How many go along, and what is left behind."""
    words, found = spoken(), data.read(at_home, node.path)
    st.markdown(
        t("At home here and below, and going along: people {people}, open leads {leads}, cars {cars}.",
          people=formats.number(found.people, words), leads=formats.number(found.leads, words),
          cars=formats.number(found.cars, words))
    )  # fmt: skip
    if found.renewals:
        st.warning(
            t("Open renewals here and below: {renewals}. Each belongs to the channel of its policy and stays on the "
              "closed node, below the old parent. A specialist who goes along no longer finds them: have them handed "
              "over to someone of the old parent first.", renewals=formats.number(found.renewals, words)),
            icon=":material/warning:",
        )  # fmt: skip


def _state(actor: Actor, node: Node, seen: int) -> None:
    record = f"network-{node.id}"
    form = f"{record}-state"
    with card("network_state"):
        if node.active and st.button(t("Close the node"), icon=":material/lock:", key=f"{form}-close"):
            forms.save(form, t("Closed."), editing.close, actor, node.id, seen, record=record)
        if not node.active and st.button(t("Reopen the node"), icon=":material/lock_open:", key=f"{form}-open"):
            forms.save(form, t("Reopened."), editing.reopen, actor, node.id, seen, record=record)


def _parent(form: str, kind: ChannelKind, above: tuple[Node, ...]) -> Node | None:
    """Of the nodes that the rule allows; the rule says why another is not among them."""
    chosen = st.selectbox(
        t("Parent channel"), above, format_func=lambda each: f"{each.name} {each.code}", key=forms.key(form, "parent")
    )
    st.caption(t(RULES[kind]))
    return chosen


def _facts(form: str, seen: Node | None) -> Facts:
    name = st.text_input(t("Node name"), seen.name if seen else "", max_chars=LONGEST, key=forms.key(form, "name"))
    territory = st.text_input(
        t("Territory"), (seen.territory or "") if seen else "", max_chars=LONGEST, key=forms.key(form, "territory")
    )
    left, right = st.columns(2)
    share = seen.equity_share if seen else None
    percent = left.number_input(
        t("Equity share, %"), 0.0, 100.0, None if share is None else float(share * 100), 1.0, format="%.1f",
        key=forms.key(form, "equity"),
    )  # fmt: skip
    tiers = [None, *MarketTier]
    tier = right.selectbox(
        t("Market tier"), tiers, tiers.index(seen.market_tier if seen else None), key=forms.key(form, "tier"),
        format_func=lambda each: term(each) if each else "—",
    )  # fmt: skip
    return Facts(name, territory, None if percent is None else Decimal(str(percent)) / 100, tier)
