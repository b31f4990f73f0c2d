"""The texts of SMS and the hours in which they go out, for whom keeps them."""

import streamlit as st

from lib.access import Permission
from lib.refusals import N_
from lib.ui import look
from lib.ui.language import t
from lib.ui.messages import texts
from lib.ui.opening import open_page

actor = open_page(Permission.DICTIONARY_WRITE, title=N_("SMS texts"))
with st.container(key="panels-texts"):
    left, right = st.columns([45, 55], gap="medium")
    with left:
        with look.card("texts", t("Texts in use")):
            chosen = texts.choice()
        with look.card("hours", t("Hours")):
            texts.hours_form(actor)
    with right, look.card("text"):
        texts.form(actor, chosen)
