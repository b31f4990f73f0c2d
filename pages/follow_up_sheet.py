"""The renewal follow-up sheet: the month's expiring policies to read, to print and to take away."""

import streamlit as st

from lib import data
from lib.access import Permission
from lib.refusals import N_
from lib.renewals import sheet
from lib.ui.follow_up_sheet import file, filters, printing, table
from lib.ui.opening import open_page
from lib.ui.today import today

actor = open_page(Permission.RENEWAL_READ, title=N_("Follow-up sheet"))
day = today()
with st.container(horizontal=True, vertical_alignment="bottom", key="sheet_head"):
    chosen = filters.choose(actor, day)
    with st.container(horizontal=True, width="content", key="sheet_acts"):
        printing.button()
        file.offer(actor, chosen.asked, day)
found = data.read(sheet.sheet, chosen.asked, day)
table.draw(actor, chosen, found)
