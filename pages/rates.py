"""The rate tables behind every premium trial: dated rows with source and verified mark."""

import streamlit as st

from lib.access import Permission
from lib.refusals import N_
from lib.ui import look, rates
from lib.ui.opening import open_page
from lib.ui.today import today

actor = open_page(Permission.DICTIONARY_WRITE, title=N_("Rate tables"))
day = today()
kind = rates.kinds()
with st.container(key="panels-rates"):
    left, right = st.columns([60, 40], gap="medium")
    with left:
        chosen = rates.table(kind, day)
    with right, look.card("rate"):
        rates.panel(actor, kind, chosen, day)
