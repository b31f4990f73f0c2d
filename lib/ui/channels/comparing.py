"""Two to four channels side by side: their figures, and their twelve months on one scale."""

import streamlit as st

from lib import formats
from lib.access import Actor
from lib.channels import branches as below
from lib.channels.overview import Network, Standing
from lib.ui import address, downloads
from lib.ui.channels import branches, columns, compared
from lib.ui.channels.places import open_node
from lib.ui.language import spoken, t
from lib.ui.look import card
from lib.ui.plain import plain

MOST = 4
NAME = "nodes"


def draw(actor: Actor, view: Network) -> None:
    """The choice, and what was chosen."""
    with card("compare"):
        chosen = _choose(view)
        if not chosen:
            _nothing(view)
            return
        if len(chosen) == 1:
            st.info(t("One channel is chosen. Choose one to three more to see them side by side."),
                    icon=":material/compare_arrows:")  # fmt: skip
        _heads(chosen)
        st.html(compared.table(chosen, _first(chosen)))
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.caption(t("With everything below. Bars compare within a line; ▲ and ▼ against {period}, the days just "
                         "before.", period=formats.period(view.compared, spoken())), width="content")  # fmt: skip
            downloads.offer(
                actor, t("Download"), t("Channels compared"), columns.headings(),
                [columns.row(each, view) for each in chosen], key="download_compared",
            )  # fmt: skip
    about = " · ".join(each.node.name for each in chosen)
    with card("channel_courses"):
        branches.courses(actor, view, chosen, t("Twelve months"), about)


def add(code: str) -> None:
    """Take a channel into the comparison and go there: beside those that the address names, the oldest leaving."""
    kept = [each for each in st.query_params.get_all(NAME) if each != code]
    for name, chosen in ((NAME, [*kept, code][-MOST:]), ("part", "compare")):
        address.drop(name)  # the address decides anew
        address.keep(**{name: chosen})
    open_node(None)


def _choose(view: Network) -> tuple[Standing, ...]:
    codes = list(view.by_code)
    key = address.several(NAME, codes)
    st.session_state[key] = st.session_state[key][:MOST]
    chosen = st.multiselect(
        t("Channels to compare (2 to 4)"), codes, key=key, max_selections=MOST,
        format_func=lambda code: f"{view.by_code[code].node.name} ({code})",
        placeholder=t("Type a name or a code"), select_all=False,
    )  # fmt: skip
    address.keep(**{NAME: chosen})
    return tuple(view.by_code[code] for code in chosen)


def _nothing(view: Network) -> None:
    st.info(t("Nothing is chosen yet. Choose two to four channels above: their figures and their twelve months will "
              "stand here side by side."), icon=":material/compare_arrows:")  # fmt: skip
    offered = [each.node.code for each in below.branches(view, below.root(view, None))[:MOST]]
    if len(offered) > 1:
        st.button(
            t("Compare the {count} branches with the most leads", count=len(offered)), key="compare_first",
            on_click=address.choose, args=(NAME, offered),
        )  # fmt: skip


def _heads(chosen: tuple[Standing, ...]) -> None:
    """The names above the columns of the table, each opening its channel."""
    with st.container(key="compare_heads"):
        _, *places = st.columns([_first(chosen), *[1] * len(chosen)], gap=None, vertical_alignment="bottom")
    for place, each in zip(places, chosen, strict=True):
        with place:
            if st.button(plain(each.node.name), type="tertiary", key=f"compared_{each.node.code}",
                         help=t("Open the channel's page.")):  # fmt: skip
                open_node(each.node.code)


def _first(chosen: tuple[Standing, ...]) -> float:
    """The width of the column of labels against that of a channel."""
    return 0.15 + 0.25 * len(chosen)
