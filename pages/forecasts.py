"""Monthly forecasts: each node says what it expects of next month; the centre adjusts, the store freezes (C5)."""

from lib.access import Permission
from lib.refusals import N_
from lib.ui import forecasts
from lib.ui.forecasts import reminder
from lib.ui.opening import open_page

actor = open_page(Permission.FORECAST_READ, title=N_("Demand forecast"))
reminder.line(actor)
forecasts.draw(actor, forecasts.part(actor))
