"""The table of the network: one line a node, branches that open and shut, a line that opens the node's page."""

import streamlit as st

from lib.access import Actor
from lib.channels.arranging import Line, Narrowing, Order, arranged, matching
from lib.channels.overview import Network, Standing
from lib.channels.unfolding import Unfolding, named
from lib.refusals import N_
from lib.ui import downloads
from lib.ui.channels import columns, filters, unfolding
from lib.ui.channels.filters import Wish
from lib.ui.channels.places import open_node
from lib.ui.language import t, term
from lib.ui.look import card

TURN = "channels_turn"
CLOSED = N_("{name} (closed)")


def draw(actor: Actor, view: Network) -> None:
    """The filters, the table, its download."""
    narrowing = filters.narrowing(view)
    with card("channel_tree"):
        nodes = [each.node for each in view.standings]
        order = filters.order()
        wish = Wish(
            narrowing, order, unfolding.stands(nodes, narrowing.text, lambda each: named(each, narrowing.text))
        )  # fmt: skip
        if not wish.order.flat and not narrowing.text:
            unfolding.levels(nodes)
        lines = arranged(view.standings, wish.narrowing, wish.order, wish.unfolding)
        if not lines:
            st.info(t("No channel fits the search and the filters. Change them, or add channels here or by import."),
                    icon=":material/account_tree:")  # fmt: skip
            return
        _table(view, lines[: unfolding.MOST], wish)
        with st.container(horizontal=True, vertical_alignment="center"):
            if len(lines) > unfolding.MOST:
                st.caption(t("The first {count} of {all} lines. Shut branches or narrow the filters to see the rest.",
                             count=unfolding.MOST, all=len(lines)), width="content")  # fmt: skip
            else:
                st.caption(t("Select a line to open the channel's page."), width="content")
            downloads.offer(
                actor, t("Download"), t("Channel performance"), columns.headings(),
                lambda: [columns.row(each, view) for each in matching(view.standings, wish.narrowing)],
                key="download_channels",
            )  # fmt: skip


def _table(view: Network, lines: tuple[Line, ...], wish: Wish) -> None:
    changing = wish.order.slug or columns.CHANGING
    place = f"channel_lines-{st.session_state.setdefault(TURN, 0)}"
    turning = f"{place}-turn"

    def turn() -> None:
        """Open or shut the branch whose button was pressed."""
        pressed = st.session_state.get(turning)
        if pressed is not None and lines[pressed["row"]].open is not None:
            unfolding.keep(wish.unfolding.turned(lines[pressed["row"]].standing.node), wish.narrowing.text)

    button = st.column_config.ButtonColumn("", type="tertiary", width=36, pinned=True, on_click=turn, key=turning)
    picked = st.dataframe(
        [_line(each, wish.order, changing) for each in lines], hide_index=True, row_height=34,
        height=min(720, 38 + 34 * len(lines)), key=place, on_select="rerun", selection_mode="single-row",
        placeholder="",
        column_config=columns.configuration(view, changing) | {"turn": button},
        column_order=None if not wish.order.flat else [each for each in _order() if each != "turn"],
    )["selection"]["rows"]  # fmt: skip
    if picked and picked[0] < len(lines):
        st.session_state[TURN] += 1
        open_node(lines[picked[0]].standing.node.code)


def _line(line: Line, order: Order, changing: str) -> dict[str, object]:
    node = line.standing.node
    name = node.name if node.active else t(CLOSED, name=node.name)
    shown: dict[str, object] = dict.fromkeys(_order())
    shown |= {"turn": unfolding.MARKS[line.open], "name": "\u2003" * line.depth + name}
    shown |= {"kind": term(node.kind), "chain": term(node.chain)}
    return shown | (columns.cells(line.standing, order.rolled, changing) if line.wanted else {})


def _order() -> list[str]:
    return ["turn", "name", "kind", *columns.FIGURES, "change", "chain"]


def below(view: Network, standing: Standing) -> None:
    """The nodes right below one, each opening its own page."""
    children = view.below(standing)
    if not children:
        return
    with card("channel_below", t("Right below")):
        lines = tuple(Line(each, 0) for each in children)
        _table(view, lines, Wish(Narrowing(), Order(flat=True), Unfolding()))
