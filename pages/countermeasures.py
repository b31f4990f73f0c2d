"""Countermeasures: what we do about which loss reason, who owns it, what is late, and whether it worked."""

import streamlit as st

from lib.access import Permission
from lib.refusals import N_
from lib.ui.board.panels import beside
from lib.ui.countermeasures import address, filters, form, improvements, listing, panel, tiles
from lib.ui.language import t
from lib.ui.look import card
from lib.ui.opening import open_page
from lib.ui.store import forms
from lib.ui.today import today

actor = open_page(Permission.LOSS_READ, title=N_("Countermeasures"))
forms.say()
chosen = filters.choose(actor, today())
left, right = beside(3, 2)
with left:
    tiles.draw(actor, chosen)
    with card("measures"):
        listing.draw(actor, chosen)
    improvements.draw(actor, chosen)
with right:
    opened = address.measure()
    if address.is_new() and actor.may(Permission.LOSS_WRITE):
        with card("measure"):
            form.new(actor, today())
    elif opened is not None:
        panel.show(actor, opened, today())
    else:
        st.info(t("Choose a countermeasure in the list to see its effect and notes."), icon=":material/touch_app:")
