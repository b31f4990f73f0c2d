"""The nodes as a list in the tree's order; choosing one opens its forms."""

import streamlit as st

from lib import formats
from lib.access import Actor
from lib.network.reading import Node
from lib.ui import choosing, downloads
from lib.ui.language import spoken, t, term
from lib.ui.look import card
from lib.words import Words

SHOWN_ROWS = 16
INDENT = "\u2003"


def draw(actor: Actor, shown: tuple[Node, ...]) -> Node | None:
    """The list; which node is chosen."""
    with card("network", t("Nodes")):
        if not shown:
            st.info(t("No node fits these filters. A node is added by the form on this page or by the channel import."))
            return None
        st.caption(t("Select a node to change, move or close it; with none selected a new one is added."))
        rows = [_cells(each) for each in shown]
        picked = choosing.rows("network", [each.id for each in shown], rows, SHOWN_ROWS)
        downloads.offer(actor, t("Download"), t("Network"), list(rows[0]), [tuple(row.values()) for row in rows])
    return shown[picked[0]] if picked else None


def _cells(each: Node) -> dict[str, str]:
    words = spoken()
    return {
        t("Channel"): INDENT * each.depth + each.name,
        t("Code"): each.code,
        t("Kind"): term(each.kind),
        t("Market tier"): term(each.market_tier) if each.market_tier else formats.NOTHING,
        t("Territory"): each.territory or formats.NOTHING,
        t("Equity share"): formats.NOTHING if each.equity_share is None else f"{each.equity_share * 100:.1f} %",
        t("State"): _state(each, words),
    }


def _state(each: Node, words: Words) -> str:
    if each.active:
        return t("Moved from {code}", code=each.moved_from) if each.moved_from else t("In business")
    return t("Closed on {day}", day=formats.day_with_year(each.closed_on, words)) if each.closed_on else t("Closed")
