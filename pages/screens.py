"""Wall screens: where they hang, what they show, and their links."""

import streamlit as st

from lib import data, screen_links, users
from lib.access import Permission
from lib.refusals import N_
from lib.ui import screens
from lib.ui.opening import open_page

actor = open_page(Permission.PEOPLE_READ, title=N_("Wall screens"))
screens.show_once()
listed = data.fresh(screen_links.listed, actor.scope)

left, right = st.columns([3, 2], gap="large")
with left:
    screens.draw(actor, listed)
if actor.may(Permission.PEOPLE_WRITE):
    with right:
        screens.new(actor, data.read(users.homes, actor.scope))
