"""Alerts of the network: what may be wrong, with its rows, and how it was settled (C4, C6)."""

import streamlit as st

from lib.access import Permission
from lib.refusals import N_
from lib.ui.alerts import filters, listing, settled
from lib.ui.board.panels import beside
from lib.ui.language import t
from lib.ui.opening import open_page

actor = open_page(Permission.CHANNEL_READ, title=N_("Channel alerts"))
shown = filters.choose(actor)
left, right = beside(2, 1) if listing.opens(shown.open) else beside(99, 1)
with left:
    chosen = listing.draw(actor, shown.open)
with right:
    listing.chosen(actor, chosen)
settled.draw(actor, shown.settled)
st.caption(
    t("A sale is a delivery. Prices, territories and sales to dealers are looked at over 90 days; conversion sets the "
      "last 30 days against the 90 before, from 30 leads on and where it fell by more than a third. The other bounds "
      "stand in the store settings.")
)  # fmt: skip
