"""The import page: load a workbook after a look at what it would do."""

from lib import data
from lib.access import Permission
from lib.imports import jobs
from lib.refusals import N_
from lib.ui import imports
from lib.ui.opening import open_page

actor = open_page(Permission.IMPORT, title=N_("Data import"))
imports.upload(actor)
imports.outcome(actor)
imports.history(data.read(jobs.history, actor.user_id))
