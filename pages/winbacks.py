"""Win-back: lost customers worth another try, given to people, and how often they came back."""

from db.terms import LossDomain
from lib.access import Permission
from lib.refusals import N_
from lib.ui.look import card
from lib.ui.opening import open_page
from lib.ui.store import forms
from lib.ui.today import today
from lib.ui.winbacks import filters, leads, renewals, tiles

actor = open_page(Permission.LOSS_READ, title=N_("Win-back"))
forms.say()
chosen = filters.choose(actor, today())
tiles.draw(actor, chosen)
with card("winbacks"):
    if chosen.domain is LossDomain.RENEWAL:
        renewals.draw(actor, chosen)
    else:
        leads.draw(actor, chosen)
