"""The KPI dictionary: what every figure means, how it is made and how it adds up."""

import streamlit as st

from lib import kpi
from lib.access import Permission
from lib.refusals import N_
from lib.ui import definitions
from lib.ui.language import t
from lib.ui.opening import open_page

open_page(Permission.BOARD_READ, title=N_("Definitions"))
st.caption(t("Every screen, file and command counts by these. Periods are business days, both ends included."))
wanted = definitions.search()
found = {group: definitions.matching(records, wanted) for group, records in kpi.GROUPS.items()}
for group, records in found.items():
    definitions.table(group, records)
if not any(found.values()):
    st.info(t("No figure is called or described so. Try another word."), icon=":material/search_off:")
