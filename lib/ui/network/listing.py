"""The nodes as a tree that opens and shuts; choosing one opens its forms."""

import streamlit as st

from lib import formats
from lib.access import Actor
from lib.channels.unfolding import Shown, Unfolding, folded
from lib.network.narrowing import Narrowing, wanted
from lib.network.reading import Node
from lib.ui import choosing, downloads
from lib.ui.channels import unfolding as branches
from lib.ui.language import spoken, t, term
from lib.ui.look import card
from lib.words import Words

SHOWN_ROWS = 14
INDENT = "\u2003"
TURN = "network_turn"


def draw(actor: Actor, found: tuple[Node, ...], narrowing: Narrowing) -> Node | None:
    """The list; which node is chosen."""
    with card("network", t("Nodes")):
        paths = wanted(found, narrowing)
        if not paths:
            st.info(t("No node fits these filters. A node is added by the form on this page or by the channel import."))
            return None
        st.caption(t("Select a node to change, move or close it; with none selected a new one is added."))
        asked = narrowing if narrowing.given else None
        if asked is None:
            branches.levels([each for each in found if each.path in paths])
        unfolding = branches.stands(found, asked, narrowing.finds)
        lines = tuple(folded(found, paths, unfolding))
        chosen = _table(lines[: branches.MOST], unfolding, asked)
        if len(lines) > branches.MOST:
            st.caption(t("The first {count} of {all} lines. Shut branches or narrow the filters to see the rest.",
                         count=branches.MOST, all=formats.number(len(lines), spoken())))  # fmt: skip
        downloads.offer(
            actor, t("Download"), t("Network"), list(_cells(found[0])),
            lambda: [tuple(_cells(each).values()) for each in found if each.path in paths],
        )  # fmt: skip
    return chosen


def _table(lines: tuple[Shown[Node], ...], unfolding: Unfolding, asked: Narrowing | None) -> Node | None:
    def turn() -> None:
        """Open or shut the branch whose button was pressed."""
        pressed = st.session_state.get(TURN)
        if pressed is not None and lines[pressed["row"]].open is not None:
            branches.keep(unfolding.turned(lines[pressed["row"]].node), asked)

    button = st.column_config.ButtonColumn("", type="tertiary", width=36, pinned=True, on_click=turn, key=TURN)
    least = min(each.node.depth for each in lines)
    rows = [_line(each, least) for each in lines]
    long = any(each.node.moved_from or not each.node.active for each in lines if each.wanted)  # their codes, states
    picked = choosing.rows(
        "network", [each.node.id for each in lines], rows, SHOWN_ROWS, config={"turn": button} | _widths(long),
        height=choosing.TWO_LINES if long else choosing.ROW_HEIGHT,
    )  # fmt: skip
    return lines[picked[0]].node if picked else None


def _widths(long: bool) -> dict[str, object]:
    """Widths of the columns that come first; `long` where codes and states name a day."""
    column = st.column_config.TextColumn
    names = t("Channel"), t("Code"), t("State"), t("Kind"), t("Territory")
    widths = (140, 130, 148, 124, 84) if long else (150, 100, 92, 122, 84)
    return {name: column(width=width) for name, width in zip(names, widths, strict=True)}


def _line(each: Shown[Node], least: int) -> dict[str, str | None]:
    """A line; what only leads to nodes that are looked for has its name alone."""
    cells = _cells(each.node)
    shown: dict[str, str | None] = dict(cells) if each.wanted else dict.fromkeys(cells)
    name = t("Channel")
    return {"turn": branches.MARKS[each.open], **shown, name: INDENT * (each.node.depth - least) + cells[name]}


def _cells(each: Node) -> dict[str, str]:
    words = spoken()
    return {
        t("Channel"): each.name,
        t("Code"): each.code,
        t("State"): _state(each, words),
        t("Kind"): term(each.kind),
        t("Territory"): each.territory or formats.NOTHING,
        t("Market tier"): term(each.market_tier) if each.market_tier else formats.NOTHING,
        t("Equity share"): formats.NOTHING if each.equity_share is None else f"{each.equity_share * 100:.1f} %",
    }


def _state(each: Node, words: Words) -> str:
    if each.active:
        return t("Moved from {code}", code=each.moved_from) if each.moved_from else t("In business")
    return t("Closed on {day}", day=formats.day_with_year(each.closed_on, words)) if each.closed_on else t("Closed")
