"""Targets of a month: set by managers, read by everyone for their own part."""

import streamlit as st

from lib import data, target_standing
from lib.access import Permission
from lib.refusals import N_
from lib.ui import targets
from lib.ui.language import t
from lib.ui.opening import open_page
from lib.ui.today import today

actor = open_page(Permission.TARGET_READ, title=N_("Targets"))
month, metric, scope = targets.filters(actor)
found = data.read(target_standing.standing, scope, month, metric, today())
st.caption(
    t("A target that holds is the subject's own; else its parts' together; else a share, by working days, of the "
      "next longer period's.")
)  # fmt: skip
targets.form(actor, month, metric, scope, found)
targets.take_away(actor, month, metric, found.shown)
