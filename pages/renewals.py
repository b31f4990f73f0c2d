"""The renewal queue: what to do now on the left, the case beside it."""

import streamlit as st

from db.terms import LossDomain
from lib.access import Permission
from lib.refusals import N_
from lib.ui.countermeasures import overdue
from lib.ui.language import t
from lib.ui.loss_reviews import chip
from lib.ui.opening import open_page
from lib.ui.renewals import address, external_form, filters, giving, listing, panel, visits
from lib.ui.today import today

actor = open_page(Permission.RENEWAL_READ, title=N_("Renewal queue"))
day = today()
with st.container(key="renewal_head"):
    search, narrow, more = st.columns([4, 3, 5])
    with search:
        text = filters.search_field()
    with narrow:
        person = filters.person(actor)
    with more, st.container(horizontal=True):
        chip.draw(actor, LossDomain.RENEWAL)
        visits.draw(actor, day)
        if actor.may(Permission.RENEWAL_WRITE):
            external_form.draw(actor, day)
overdue.line(actor)
view = filters.views(actor, day)

beside, case = st.columns([56, 44], gap="medium")
with beside:
    ticked = listing.found(actor, text, day) if text.strip() else listing.page(actor, view, person, day)
with case:
    chosen = address.case()
    if giving.ticking(actor):
        giving.draw(actor, ticked)
    elif chosen is None:
        st.info(t("Choose a case in the list to see its story and record what happened."), icon=":material/touch_app:")
        giving.offer(actor)
    else:
        panel.show(actor, chosen)
