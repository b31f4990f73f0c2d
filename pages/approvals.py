"""Quotes beyond the rules of authority: a manager approves or rejects them, with a reason."""

from lib.access import Permission
from lib.refusals import N_
from lib.ui.approvals import listing
from lib.ui.opening import open_page
from lib.ui.today import today

actor = open_page(Permission.QUOTE_APPROVE, title=N_("Approvals"))
listing.draw(actor, today())
