"""People: who works here, what they may do, and their way in."""

import streamlit as st

from lib import clock, data, users
from lib.access import Permission
from lib.refusals import N_
from lib.ui.language import t
from lib.ui.opening import open_page
from lib.ui.people import card, listing, passwords

actor = open_page(Permission.PEOPLE_READ, title=N_("People"))
passwords.show_once()
people = data.fresh(users.people, actor.scope, clock.now())
homes = data.read(users.homes, actor.scope)

left, right = st.columns([3, 2], gap="large")
with left:
    chosen = listing.table(actor, listing.found(people))
with right:
    if chosen is not None:
        card.draw(actor, chosen, homes)
    elif actor.may(Permission.PEOPLE_WRITE):
        with st.container(border=True):
            st.subheader(t("New person"), anchor=False)
            card.new(actor, homes)
    else:
        st.caption(t("Only administrators change people."))
