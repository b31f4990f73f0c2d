"""A new report, and what is done about one."""

import streamlit as st

from db.terms import FeedbackTopic
from lib import data
from lib.access import Actor, Permission
from lib.network import feedback
from lib.network.feedback import LONGEST, Report
from lib.network.reading import nodes
from lib.ui.language import t, term
from lib.ui.look import card, folding
from lib.ui.plain import plain
from lib.ui.store import forms

NEW = "feedback-new"


def report(actor: Actor, unfolded: bool) -> None:
    """A report of a node: an agent's own, or any of the area. Folded away while another is read; its text stays."""
    with folding("feedback_new", t("New report"), unfolded):
        able = [each for each in data.read(nodes, actor.scope) if each.active and actor.speaks_for(each.id, each.path)]
        if not able:
            st.info(t("There is no node that you could report for."))
            return
        with st.form(NEW, border=False, enter_to_submit=False):
            node = st.selectbox(
                t("Channel"), able, format_func=lambda each: each.name, key=forms.key(NEW, "node")
            )  # fmt: skip
            topic = st.selectbox(t("Topic"), list(FeedbackTopic), format_func=term, key=forms.key(NEW, "topic"))
            text = st.text_area(t("What do you see?"), max_chars=LONGEST, height=140, key=forms.key(NEW, "text"))
            sent = st.form_submit_button(
                t("Report"), type="primary", icon=":material/send:", key=forms.key(NEW, "save")
            )
        if sent:
            forms.save(NEW, t("Reported."), feedback.report, actor, node.id, topic, text)


def answer(actor: Actor, each: Report) -> None:
    """A report in full, with the form for what is done about it."""
    form = f"feedback-{each.id}"
    with card("feedback_one", f"{plain(each.channel)} · {term(each.topic)}"):
        st.text(each.text)
        st.caption(plain(each.by) or "—")
        if not actor.may(Permission.CHANNEL_WRITE):
            st.text(each.action or t("Nobody has answered yet."))
            return
        seen = forms.opened(form, each)
        with st.form(form, border=False, enter_to_submit=False):
            action = st.text_area(
                t("Action taken"), seen.action or "", max_chars=LONGEST, height=120, key=forms.key(form, "action")
            )  # fmt: skip
            sent = st.form_submit_button(t("Save"), type="primary", icon=":material/save:")
        if sent:
            forms.save(form, t("Saved."), feedback.answer, actor, each.id, seen.version, action)
