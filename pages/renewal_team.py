"""The renewal desk for its manager: who has how much, who is late, and giving cases to people."""

from lib.access import Permission
from lib.refusals import N_
from lib.ui import look
from lib.ui.language import t
from lib.ui.opening import open_page
from lib.ui.renewals import team
from lib.ui.today import today

actor = open_page(Permission.RENEWAL_ASSIGN, title=N_("Renewal team"))
with look.card("team", t("Specialists")):
    team.table(actor, today())
with look.card("give", t("Give cases")):
    team.give(actor)
