"""The managers' board: how the day, week or month stands, live; every number opens into its rows."""

import streamlit as st

from lib import data
from lib.access import Actor, Permission
from lib.board import overview
from lib.refusals import N_
from lib.ui import navigation
from lib.ui.board import comparing, filters, freshness, panels, rows, tiles
from lib.ui.board.filters import Chosen
from lib.ui.countermeasures import overdue
from lib.ui.forecasts import reminder
from lib.ui.language import t
from lib.ui.opening import live, open_page
from lib.ui.today import today

EVERY_SECONDS = 2


@live(Permission.BOARD_READ, EVERY_SECONDS)
def board(actor: Actor, chosen: Chosen) -> None:
    day = today()
    view = data.read(overview.overview, chosen.scope, chosen.period(day), chosen.filters, day)
    freshness.line(view)
    clicked = tiles.wall(actor, view, tiles.MAIN)
    left, right = panels.beside(3, 2)
    with left:
        panels.month_course(chosen, view)
    with right:
        panels.funnel(actor, view)
    panels.ranking(actor, view)
    left, right = panels.beside(1, 1)
    with left:
        panels.sources(actor, view)
    with right:
        panels.hours(actor, view)
    st.subheader(t("All figures"), anchor=False)
    clicked = tiles.wall(actor, view, tiles.MORE, small=True) or clicked
    if clicked:
        rows.open_rows(rows.Opened(clicked))


actor = open_page(Permission.BOARD_READ, title=N_("Sales board"))
with st.container(key="beside_title"):
    st.page_link(navigation.wall(), label=t("Show as a wall screen"), icon=":material/tv:")
reminder.line(actor)
overdue.line(actor)
chosen = filters.choose(actor)
board(chosen)
comparing.compare(actor, chosen)
rows.show_opened(actor, chosen)
