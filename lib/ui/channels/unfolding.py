"""Which branches of a tree stand open: kept in the address; while something is looked for, in the session alone."""

import re
from collections.abc import Callable, Collection, Hashable

import streamlit as st

from lib.channels.unfolding import Branch, Node, Unfolding, leading_to
from lib.ui import address
from lib.ui.language import t

MOST = 600  # lines that a screen gets
FULL = 200  # so many nodes stand open from the start
BRIEF = 1  # of a larger tree two levels are shown
FOUND = "channels_found"
MARKS = {None: "", True: ":material/expand_more:", False: ":material/chevron_right:"}


def stands(nodes: Collection[Node], wanted: Hashable, sought: Callable[[Node], bool]) -> Unfolding:
    """The branches that are open. `wanted` is what is looked for, empty for nothing; `sought` says which nodes fit."""
    if wanted:
        kept = st.session_state.get(FOUND)
        return kept[1] if kept and kept[0] == wanted else leading_to(nodes, sought)
    default = len(nodes) if len(nodes) <= FULL else BRIEF
    written = st.query_params.get("level", "")
    level = int(written) if re.fullmatch("[0-9]{1,3}", written) else default
    return Unfolding(
        level, frozenset(st.query_params.get_all("open")), frozenset(st.query_params.get_all("shut"))
    )  # fmt: skip


def keep(unfolding: Unfolding, wanted: Hashable) -> None:
    """Let these branches be open from now on."""
    if wanted:
        st.session_state[FOUND] = (wanted, unfolding)
    else:
        address.keep(level=str(unfolding.level), open=sorted(unfolding.opened), shut=sorted(unfolding.shut))


def levels(nodes: Collection[Branch]) -> None:
    """Buttons that open the tree down to a level."""
    depths = {each.depth for each in nodes}
    top = min(depths, default=0)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="channel_levels"):
        st.caption(t("Open down to"), width="content")
        for depth in sorted(depths):
            if st.button(t("level {number}", number=depth - top + 1), key=f"level_{depth}", type="tertiary"):
                keep(Unfolding(depth), None)
                st.rerun()
