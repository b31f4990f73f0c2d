"""A new partner to evaluate."""

import streamlit as st

from db.terms import ChannelKind, MarketTier
from lib import data
from lib.access import Actor
from lib.network import evaluating
from lib.network.editing import LONGEST
from lib.network.reading import nodes, parents
from lib.ui.language import t, term
from lib.ui.look import folding
from lib.ui.store import forms

NEW = "partner-new"


def draw(actor: Actor, unfolded: bool) -> None:
    """The form, folded away while another is evaluated: what is typed stays.

    The kind stands outside it, as it decides below what the partner may stand.
    """
    with folding("partner_new", t("New partner"), unfolded):
        kinds = [each for each in ChannelKind if each is not ChannelKind.STORE]
        kind = st.selectbox(t("Would be"), kinds, format_func=term, key=forms.key(NEW, "kind")) or kinds[0]
        above = parents(data.read(nodes, actor.scope), kind)
        if not above:
            st.info(t("Nothing in your area may stand above this kind. Add a node for it first."))
            return
        with st.form(NEW, border=False, enter_to_submit=False):
            parent = st.selectbox(
                t("Parent channel"),
                above,
                format_func=lambda each: f"{each.name} {each.code}",
                key=forms.key(NEW, "parent"),
            )
            name = st.text_input(t("Partner"), max_chars=LONGEST, key=forms.key(NEW, "name"))
            territory = st.text_input(t("Territory"), max_chars=LONGEST, key=forms.key(NEW, "territory"))
            tier = st.selectbox(
                t("Market tier"), [None, *MarketTier], key=forms.key(NEW, "tier"),
                format_func=lambda each: term(each) if each else "—",
            )  # fmt: skip
            sent = st.form_submit_button(
                t("Begin the evaluation"), type="primary", icon=":material/add:", key=forms.key(NEW, "save")
            )
        if sent:
            forms.save(NEW, t("Added."), evaluating.propose, actor, name, kind, parent.id, territory, tier)
