"""The eight functions of the distribution centres: marks with evidence, their course, the centres compared (C3)."""

import streamlit as st

from lib import data
from lib.access import Permission
from lib.refusals import N_
from lib.scores import profiles
from lib.ui.board.panels import beside
from lib.ui.language import t
from lib.ui.look import card
from lib.ui.opening import open_page
from lib.ui.scores import comparing, filters, form, profile
from lib.ui.store import forms

actor = open_page(Permission.CHANNEL_READ, title=N_("Eight functions"))
forms.say()
with st.container(horizontal=True, vertical_alignment="bottom", key="score_filters"):
    month = filters.month()
    found = data.read(profiles.profiles, actor.scope, month)
    chosen = filters.centre(found) if found else None
if chosen is None:
    st.info(t("There is no distribution centre in your area. Centres are added on the network page."))
else:
    left, right = beside(2, 3)
    with left, card("profile", chosen.name):
        profile.draw(chosen)
    with right:
        form.draw(actor, chosen)
    comparing.table(actor, found, f"{t('Eight functions')} {month:%Y-%m}")
    comparing.courses(actor, found, chosen)
