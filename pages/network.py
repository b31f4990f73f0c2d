"""The network itself: its nodes, what is said of them, where they stand, which are closed (C2, C8)."""

from lib import data
from lib.access import Permission
from lib.network.reading import nodes
from lib.refusals import N_
from lib.ui.board.panels import beside
from lib.ui.network import filters, form, listing, reminder
from lib.ui.opening import open_page
from lib.ui.store import forms

actor = open_page(Permission.CHANNEL_WRITE, title=N_("Network"))
forms.say()
found = data.read(nodes, actor.scope)
reminder.lines(found)
narrowing = filters.choose()
left, right = beside(2, 1)
with left:
    chosen = listing.draw(actor, found, narrowing)
with right:
    form.new(actor, found, unfolded=chosen is None)
    if chosen is not None:
        form.edit(actor, found, chosen)
