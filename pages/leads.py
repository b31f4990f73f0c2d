"""Open leads: what to do today on top, the case beside the list."""

import streamlit as st

from lib import clock, settings
from lib.access import Permission
from lib.refusals import N_
from lib.ui.language import t
from lib.ui.leads import filters, hand_over_form, listing, panel
from lib.ui.opening import open_page

actor = open_page(Permission.LEAD_READ, title=N_("Lead follow-up"))
today = clock.business_day(clock.now(), settings.load().zone)
wanted = filters.chosen(actor)
text = listing.search_field()
filters.draw(actor, wanted, today)
lead_id = listing.chosen_lead()

beside, case = st.columns([3, 2], gap="medium")
with beside:
    if text.strip():
        listing.found(actor, text, today)
    else:
        listing.page(actor, wanted, today)
    if actor.may(Permission.LEAD_HAND_OVER):
        hand_over_form.everything(actor)
with case:
    if lead_id is None:
        st.info(t("Choose a lead in the list to see its story and record what happened."), icon=":material/touch_app:")
    else:
        panel.show(actor, lead_id)
