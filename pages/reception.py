"""The reception card: who came or called, in under twenty seconds."""

from lib.access import Permission
from lib.refusals import N_
from lib.ui.leads import reception
from lib.ui.opening import open_page

actor = open_page(Permission.LEAD_WRITE, title=N_("Reception card"))
reception.card_form(actor)
