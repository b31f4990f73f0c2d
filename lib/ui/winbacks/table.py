"""A list of lost customers: fifty a page, some chosen, a sheet of all."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from lib.access import Actor
from lib.ui import downloads
from lib.ui.language import current, t
from lib.ui.renewals import wording
from lib.winbacks.reading import PAGE, SHEET_ROWS, Page

ROW_HEIGHT, SHOWN_ROWS = 36, 12
TURN = "winback_turn"


def draw(
    actor: Actor, name: str, read: Callable[[Any, int], Page[Any]], cells: Callable[[Any], dict[str, Any]],
    empty: str, chooses: bool,
) -> tuple[Any, ...]:  # fmt: skip
    """Draw a page of what `read` gives (from a place on, so many); the rows that are ticked."""
    places = _places(name)
    shown = read(places[-1], PAGE)
    if not shown.rows and len(places) > 1:  # what was here is done: begin again
        places[1:] = []
        shown = read(None, PAGE)
    if not shown.rows:
        st.info(empty, icon=":material/task_alt:")
        return ()
    st.caption(t("{count} in all", count=wording.count(shown.total)))
    picked = _table(name, shown.rows, cells, chooses)
    with st.container(horizontal=True, vertical_alignment="center"):
        _pager(places, shown)
        downloads.offer(
            actor, t("Download"), t("Win-back"), list(cells(shown.rows[0])),
            lambda: [list(cells(row).values()) for row in read(None, SHEET_ROWS).rows], key=f"{name}-download",
        )  # fmt: skip
    return tuple(shown.rows[place] for place in picked)


def forget() -> None:
    """Leave nothing ticked: what was chosen is done."""
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1


def reason(row: Any) -> str:
    """价格 / 电网销更低, once where both levels are called the same."""
    pair = row.reason_en if current() == "en" else row.reason
    return " / ".join(dict.fromkeys(pair or ()))


def _table(
    name: str, rows: Sequence[Any], cells: Callable[[Any], dict[str, Any]], chooses: bool
) -> list[int]:  # fmt: skip
    frame = pd.DataFrame([cells(row) for row in rows])
    height = ROW_HEIGHT * (min(len(rows), SHOWN_ROWS) + 1) + 2
    key = f"{name}-{hash(tuple(row.place for row in rows))}-{st.session_state.get(TURN, 0)}"
    if not chooses:
        st.dataframe(frame, hide_index=True, key=key, row_height=ROW_HEIGHT, height=height, placeholder="")
        return []
    return st.dataframe(
        frame, hide_index=True, key=key, row_height=ROW_HEIGHT, height=height, placeholder="", on_select="rerun",
        selection_mode="multi-row",
    )["selection"]["rows"]  # fmt: skip


def _places(name: str) -> list[Any]:
    """Where each page up to the present one began; another list begins anew."""
    kept = st.session_state.get("winback_places")
    if kept is None or kept[0] != name:
        st.session_state["winback_places"] = kept = (name, [None])
    places: list[Any] = kept[1]
    return places


def _pager(places: list[Any], shown: Page[Any]) -> None:
    if len(places) == 1 and not shown.more:
        return
    st.button(t("Previous"), key="winback_back", disabled=len(places) == 1, on_click=places.pop)
    st.caption(t("Page {number}", number=len(places)), width="content")
    following = shown.rows[-1].place
    st.button(t("Next"), key="winback_on", disabled=not shown.more, on_click=places.append, args=(following,))
