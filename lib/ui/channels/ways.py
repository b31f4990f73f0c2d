"""From the network's figures to the work on it, for those whose work it is."""

import streamlit as st

from lib.access import Actor, Permission
from lib.refusals import N_
from lib.ui import navigation
from lib.ui.language import t

WAYS = (
    ("partners", Permission.CHANNEL_WRITE, N_("Partner evaluation"), ":material/handshake:"),
    ("feedback", Permission.FEEDBACK_WRITE, N_("Market feedback"), ":material/forum:"),
)


def draw(actor: Actor) -> None:
    """Links to other pages of the network."""
    for path, permission, label, icon in WAYS:
        if actor.may(permission):
            st.page_link(navigation.page(path), label=t(label), icon=icon)
