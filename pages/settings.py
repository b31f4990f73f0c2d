"""What the store decides for itself: working days, how clocks count, scripts, reasons, who may promise what."""

from lib.access import Permission
from lib.refusals import N_
from lib.ui import store
from lib.ui.opening import open_page

actor = open_page(Permission.DICTIONARY_WRITE, title=N_("Store settings"))
store.draw(actor, store.part())
