"""Market feedback: what the nodes report of their markets, and what was done with it (C7, W2)."""

from lib import data
from lib.access import Permission
from lib.network.feedback import Sight, reports
from lib.refusals import N_
from lib.ui.board.panels import beside
from lib.ui.feedback import filters, form, listing
from lib.ui.opening import open_page
from lib.ui.store import forms

actor = open_page(Permission.FEEDBACK_WRITE, title=N_("Market feedback"))
forms.say()
found = data.read(reports, Sight.of(actor), *filters.choose())
listing.value(found)
left, right = beside(3, 2)
with left:
    chosen = listing.draw(actor, found)
with right:
    form.report(actor, unfolded=chosen is None)
    if chosen is not None:
        form.answer(actor, chosen)
