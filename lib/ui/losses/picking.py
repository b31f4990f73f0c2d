"""A click on a mark of a chart: what it selects for the whole page. A second click on the same takes it away."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from lib.charts import PICKED
from lib.ui import address
from lib.ui.losses.wanted import Wanted

Mark = dict[str, Any]


def chart(spec: dict[str, Any], name: str, picked: Callable[[Mark], None], alt: str) -> None:
    """Draw a chart; `picked` is called back, before the next run, with the columns that tell the clicked mark."""
    turn = st.session_state.setdefault(f"{name}_turn", 0)
    key = f"{name}-{turn}"

    def pick() -> None:
        found = st.session_state[key]["selection"].get(PICKED)
        if found:
            st.session_state[f"{name}_turn"] = turn + 1
            picked(found[0])

    st.vega_lite_chart(spec, theme=None, key=key, on_select=pick, selection_mode=PICKED, alt=alt)


def reason(wanted: Wanted, code: str) -> None:
    """A reason of either level; a second click on one of the second level leads back to its group."""
    chosen = wanted.selected.reasons
    if chosen != (code,):
        address.choose("reason", [code])
    else:
        group = code.rpartition(".")[0]
        address.choose("reason", [group] if "." in group else [])


def among(code: str, chosen: tuple[str, ...]) -> bool:
    """Whether a reason is among what is selected: itself, its group, or one within it."""
    return any(each == code or each.startswith(f"{code}.") or code.startswith(f"{each}.") for each in chosen)


def several(name: str, chosen: tuple[str, ...], code: str) -> None:
    """One of the things that there may be several of."""
    address.choose(name, [] if chosen == (code,) else [code])


def pair(wanted: Wanted, name: str, chosen: tuple[str, ...], code: str, why: str) -> None:
    """A thing and a reason together, whatever of them is selected already; a second click on the same two takes the
    thing away and leads the reason back."""
    if chosen == (code,) and wanted.selected.reasons == (why,):
        address.choose(name, [])
        reason(wanted, why)
    else:
        address.choose(name, [code])
        address.choose("reason", [why])


def month(wanted: Wanted, name: str) -> None:
    """A month; that of the filters' own period needs no selecting."""
    clicked_again = wanted.month and wanted.period.name == name
    address.choose("month", None if clicked_again or name == wanted.chosen.name else name)


def channel(code: str) -> None:
    """A channel and what is below it."""
    address.choose("channel", code)


def gap(wanted: Wanted, code: str) -> None:
    """A step of price gaps."""
    address.choose("gap", None if wanted.selected.gap == code else code)
