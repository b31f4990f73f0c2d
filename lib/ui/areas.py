"""Which channel and everything below it is shown; kept in the address under `channel`."""

import streamlit as st

from lib import data
from lib.access import Actor, Scope
from lib.board import choices as board_choices
from lib.ui import address
from lib.ui.language import t

ALL = ""


def choose(actor: Actor) -> Scope:
    """Draw the choice; how far it reaches, never beyond the person's own cases."""
    nodes = {each.code: each for each in data.read(board_choices.board_choices, actor.scope).channels}
    codes = [ALL, *nodes]
    code = st.selectbox(
        t("Channel and below"), codes, width=200, key=address.one("channel", codes, ALL),
        format_func=lambda each: "\u2003" * nodes[each].depth + nodes[each].name if each else t("All channels"),
    )  # fmt: skip
    address.keep(channel=code or None)
    return Scope(nodes[code].path if code else actor.path, actor.own_scope.owner_id)
