"""Partner evaluation: who wants to join the network, how each was found, and the decision (C1)."""

from lib import data
from lib.access import Permission
from lib.network.partners import partners
from lib.refusals import N_
from lib.ui.board.panels import beside
from lib.ui.opening import open_page
from lib.ui.partners import card, comparing, filters, listing, proposing
from lib.ui.store import forms

actor = open_page(Permission.CHANNEL_WRITE, title=N_("Partner evaluation"))
forms.say()
found = filters.choose(data.read(partners, actor.scope))
left, right = beside(2, 1)
with left:
    chosen = listing.draw(actor, found)
    comparing.draw(chosen if len(chosen) > 1 else found)
with right:
    proposing.draw(actor, unfolded=len(chosen) != 1)
    if len(chosen) == 1:
        card.draw(actor, chosen[0])
