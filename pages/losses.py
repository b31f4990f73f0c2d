"""The loss analysis: why cases are lost, who and what moved the rate, and the cases behind every number."""

from db.terms import LossDomain
from lib.access import Permission
from lib.refusals import N_
from lib.ui.board.panels import beside
from lib.ui.countermeasures import begin, overdue
from lib.ui.losses import cases, causes, chips, cross, filters, moved, rivals, rows, tiles, trend, went
from lib.ui.opening import open_page

actor = open_page(Permission.LOSS_READ, title=N_("Loss analysis"))
overdue.line(actor)
wanted = filters.choose(actor)
chips.draw(wanted)
begin.link(actor, wanted.selected.reasons, **wanted.narrowed)
tiles.draw(wanted)
left, right = beside(1, 1, row="even-why-")
with left:
    causes.draw(actor, wanted)
with right:
    trend.draw(actor, wanted)
moved.draw(actor, wanted)
cross.draw(actor, wanted)
left, right = beside(1, 1, row="even-rivals-")
with left:
    rivals.rivals(actor, wanted)
with right:
    rivals.price_gaps(actor, wanted)
if LossDomain.RENEWAL in wanted.filters.followed:
    went.draw(actor, wanted)
cases.draw(actor, wanted)
rows.show_opened(actor, wanted)
