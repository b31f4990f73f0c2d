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
acts = st.container(horizontal=True, horizontal_alignment="right", key="sheet_acts")
chosen = filters.choose(actor, day)
with acts:
    printing.button(chosen.asked)
    file.offer(actor, chosen.asked, day)
found = data.read(sheet.sheet, chosen.asked, day)
table.draw(actor, chosen, found)
