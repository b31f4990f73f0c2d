"""Open leads: what to do today on top, the case beside the list."""

import streamlit as st

from db.terms import LossDomain
from lib.access import Permission
from lib.refusals import N_
from lib.ui.countermeasures import overdue
from lib.ui.language import t
from lib.ui.leads import filters, hand_over_form, listing, panel
from lib.ui.loss_reviews import chip
from lib.ui.opening import open_page
from lib.ui.today import today

actor = open_page(Permission.LEAD_READ, title=N_("Lead follow-up"))
wanted = filters.chosen(actor)
searched = filters.draw(actor, wanted, today())
lead_id = listing.chosen_lead()

with st.container(key="lead_desk"):
    beside, case = st.columns([3, 2], gap="medium")
with beside:
    chip.draw(actor, LossDomain.LEAD)
    overdue.line(actor)
    if searched:
        listing.found(actor, searched, today())
    else:
        listing.page(actor, wanted, today())
    if actor.may(Permission.LEAD_HAND_OVER):
        hand_over_form.everything(actor)
with case:
    if lead_id is None:
        st.info(t("Choose a lead in the list to see its story and record what happened."), icon=":material/touch_app:")
    else:
        panel.show(actor, lead_id)
