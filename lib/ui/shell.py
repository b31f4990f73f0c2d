"""The script that every browser session runs: who is there, in which language, at which page."""

from functools import partial
from pathlib import Path

import streamlit as st

from lib.access import Actor
from lib.refusals import Unavailable
from lib.ui import account, language, look, navigation, sidebar, sign_in, turns, visitors
from lib.ui.guarding import guarded
from lib.ui.language import t

SIDEBAR_WIDTH = 236  # pixels

ICON = str(Path(__file__).parent / "static" / "icon.svg")  # a Material icon would be asked of a font server


def run() -> None:
    """One run. `st.navigation` is called on every path, so that the server never runs a page by itself."""
    st.set_page_config(
        page_title=t("Dealership desk"), page_icon=ICON, layout="wide",
        initial_sidebar_state=SIDEBAR_WIDTH,
    )  # fmt: skip
    look.wear()
    visitors.mark_shell()
    with turns.pages.turn(), guarded():
        page = _page()
        page.run()


def _page() -> st.Page:
    try:
        actor = visitors.actor()
        return navigation.instead(sign_in.screen) if actor is None else _of_person(actor)
    except Unavailable as away:
        return navigation.instead(partial(_raise, away))


def _of_person(actor: Actor) -> st.Page:
    language.adopt(actor)
    if actor.must_change_password:
        page = navigation.instead(partial(account.first_password, actor))
    else:
        page = navigation.for_person(actor)
    sidebar.draw(actor)
    return page


def _raise(error: Exception) -> None:
    raise error


run()
