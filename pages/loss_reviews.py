"""The manager's review of losses: how many are clear, which wait, what is accepted or returned with a question."""

from lib.access import Permission
from lib.refusals import N_
from lib.ui.language import t
from lib.ui.look import card
from lib.ui.loss_reviews import filters, listing, tiles
from lib.ui.opening import open_page
from lib.ui.today import today

actor = open_page(Permission.LOSS_WRITE, title=N_("Loss review"))
chosen = filters.choose(actor, today())
tiles.draw(actor, chosen)
with card("loss_reviews", t("Losses")):
    listing.draw(actor, chosen.scope, chosen.domains, today())
