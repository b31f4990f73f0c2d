"""Who looks at the wall: a screen by its link, without a person, or a signed-in person at their own scope."""

from dataclasses import dataclass

import streamlit as st

from lib import data, screens
from lib.access import Permission, Scope
from lib.refusals import N_, NotAllowed
from lib.ui import visitors
from lib.ui.language import current
from lib.ui.opening import WITHOUT_SHELL, admitted
from lib.wall.options import WallOptions

LINK = "screen"
"""The parameter of the address that holds a screen's token; it stays there, so that the TV comes back by itself."""

NO_LINK = N_("This screen's link is not valid, or it was revoked. Ask an administrator for a new one.")


@dataclass(frozen=True)
class Viewing:
    """What may be seen at this moment. `screen_id` is none for a person's preview."""

    scope: Scope
    options: WallOptions
    screen_id: int | None = None


def open_wall() -> None:
    """The wall's first statement. Every tick asks anew who looks, so here it is only: never without the shell."""
    if not visitors.shell_ran():
        raise NotAllowed(WITHOUT_SHELL)


def viewing() -> Viewing:
    """Who looks now, asked of the database. Errors: `NotAllowed` for a link that does not hold, or nobody signed in."""
    token = st.query_params.get(LINK)
    if token is None:
        actor = admitted(Permission.BOARD_READ)
        return Viewing(actor.scope, WallOptions(current()))
    screen = data.fresh(screens.by_token, token)
    if screen is None:
        raise NotAllowed(NO_LINK)
    return Viewing(screen.scope, screen.options, screen.id)
