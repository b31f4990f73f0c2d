"""The audit trail: who did what."""

from lib import clock, settings
from lib.access import Permission
from lib.refusals import N_
from lib.ui import audit
from lib.ui.opening import open_page

actor = open_page(Permission.AUDIT_READ, title=N_("Audit trail"))
wanted = audit.asked(actor, clock.business_day(clock.now(), settings.load().zone))
audit.draw(actor, wanted)
