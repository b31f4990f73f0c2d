"""The scripts of the stages: what a specialist reads when a case is open."""

import streamlit as st

from db.terms import Stage
from lib import data
from lib.access import Actor
from lib.renewals import script_texts
from lib.ui import address
from lib.ui.language import t, term
from lib.ui.look import card
from lib.ui.store import forms


def draw(actor: Actor) -> None:
    """One stage at a time, in both languages."""
    texts = {each.stage: each for each in data.read(script_texts.texts)}
    names = [stage.value for stage in texts]
    with card("scripts"):
        name = st.pills(
            t("Script for"), names, format_func=lambda each: term(Stage(each)), required=True,
            key=address.one("stage", names, names[0]),
        )  # fmt: skip
        address.keep(stage=None if name == names[0] else name)
        _form(actor, texts[Stage(name or names[0])])


def _form(actor: Actor, stands: script_texts.Text) -> None:
    form = f"store_script_{stands.stage}"
    opened = forms.opened(form, stands)
    with st.form(form, border=False, enter_to_submit=False):
        left, right = st.columns(2)
        body = left.text_area(
            t("In Chinese"), opened.body, height=220, max_chars=script_texts.LONGEST, key=forms.key(form, "body")
        )
        body_en = right.text_area(
            t("In English"), opened.body_en, height=220, max_chars=script_texts.LONGEST, key=forms.key(form, "body_en"),
            help=t("Left empty, the Chinese text stands here too."),
        )  # fmt: skip
        sent = st.form_submit_button(t("Save"), type="primary", icon=":material/save:")
    if sent:
        forms.save(form, t("Saved."), script_texts.rewrite, actor, opened.stage, opened.version, body, body_en)
