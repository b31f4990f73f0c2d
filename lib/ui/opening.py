"""How every page begins: who may open it, asked of the database in every run and in every tick."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

import streamlit as st

from lib.access import Actor, Permission
from lib.refusals import N_, NotAllowed
from lib.ui import visitors
from lib.ui.guarding import guarded
from lib.ui.language import t

P = ParamSpec("P")

SIGNED_OUT = N_("You are signed out. Reload the page to sign in again.")
WITHOUT_SHELL = N_("This page opens only through the desk. Reload it.")
FIRST_PASSWORD = N_("Choose a password of your own first.")
NOT_YOURS = N_("This page is not part of your work. If it should be, ask an administrator.")


def open_page(permission: Permission, title: str) -> Actor:
    """The first statement of every page: who opens it, checked anew, and the heading. `NotAllowed` ends the page."""
    actor = admitted(permission)
    st.title(t(title), anchor=False)
    return actor


def admitted(permission: Permission) -> Actor:
    """The signed-in person if they may; `NotAllowed` with the reason otherwise."""
    if not visitors.shell_ran():
        raise NotAllowed(WITHOUT_SHELL)
    actor = visitors.actor()
    if actor is None:
        raise NotAllowed(SIGNED_OUT)
    if actor.must_change_password and permission is not Permission.ACCOUNT:
        raise NotAllowed(FIRST_PASSWORD)
    if not actor.may(permission):
        raise NotAllowed(NOT_YOURS)
    return actor


def live(
    permission: Permission, seconds: float
) -> Callable[[Callable[Concatenate[Actor, P], None]], Callable[P, None]]:
    """A part of a page that draws itself again every few seconds: it gets the person as checked in that very tick."""

    def mark(draw: Callable[Concatenate[Actor, P], None]) -> Callable[P, None]:
        @st.fragment(run_every=timedelta(seconds=seconds))
        @wraps(draw)
        def tick(*args: P.args, **kwargs: P.kwargs) -> None:
            with guarded(comes_back=False):
                draw(admitted(permission), *args, **kwargs)

        return tick

    return mark
