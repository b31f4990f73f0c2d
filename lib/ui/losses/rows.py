"""The rows behind a number of the loss analysis, in a dialog: masked, a page at a time, to take away as a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from db.terms import Controllable
from lib import data, formats, kpi
from lib.access import Actor
from lib.losses.reasons import WITHIN_REACH, matching
from lib.losses.rows import PAGE, DecidedCase, DueCase, Went, Which, decided_cases, due_cases
from lib.periods import Period
from lib.ui.language import spoken, t
from lib.ui.losses import listing
from lib.ui.losses.wanted import Wanted

OPEN, PAGES = "loss_rows", "loss_rows_pages"


@dataclass(frozen=True)
class Opened:
    """A number that was opened: decided cases by the day of the event, or renewals of a window that went so."""

    slug: str
    which: Which | None = None
    went: Went | None = None
    reason: str | None = None
    window: Period | None = None
    within_reach: bool = False
    title: str = ""


def open_rows(what: Opened) -> None:
    """In a callback: open a number; the next run draws its rows over the page."""
    st.session_state[OPEN], st.session_state[PAGES] = what, [None]


def show_opened(actor: Actor, wanted: Wanted) -> None:
    """The dialog of the number that is open, if any."""
    what: Opened | None = st.session_state.get(OPEN)
    if what is not None:
        title = what.title or t(kpi.find(what.slug).label)
        st.dialog(title, width="large", on_dismiss=close)(_show)(actor, wanted, what, title)


def close() -> None:
    """Nothing is open any more."""
    st.session_state.pop(OPEN, None)


def _show(actor: Actor, wanted: Wanted, what: Opened, title: str) -> None:
    pages = st.session_state.setdefault(PAGES, [None])
    if what.which is not None:
        st.caption(f"{formats.period(wanted.gone, spoken())} · {t(kpi.find(what.slug).definition)}")
        listing.decided(actor, title, pages, _decided(wanted, what), "rows", scope="fragment")
        return
    windows = wanted.windows
    period = what.window or (windows[0] if windows else wanted.period)
    about = t("Renewals due in these days.")
    st.caption(f"{formats.period(period, spoken())} · {about}")
    listing.due(actor, title, pages, _due(wanted, what, period), "rows")


def _decided(wanted: Wanted, what: Opened) -> Callable[[Any, int], Sequence[DecidedCase]]:
    filters = wanted.filters if what.which in (Which.LOST, Which.CLEAR) else wanted.filters.whole
    if what.within_reach:
        reachable = matching(wanted.reasons, (), tuple(sorted(WITHIN_REACH, key=list(Controllable).index))) or ()
        kept = reachable if filters.reasons is None else tuple(set(reachable) & set(filters.reasons))
        filters = replace(filters, reasons=tuple(sorted(kept)))

    def read(after: Any, limit: int = PAGE) -> Sequence[DecidedCase]:
        return data.read(
            decided_cases, wanted.cases, wanted.gone, filters, what.which or Which.LOST, after=after, limit=limit
        )

    return read


def _due(wanted: Wanted, what: Opened, period: Period) -> Callable[[Any, int], Sequence[DueCase]]:
    reasons = None if what.reason is None else matching(wanted.reasons, (what.reason,))

    def read(after: Any, limit: int = PAGE) -> Sequence[DueCase]:
        return data.read(
            due_cases, wanted.cases, period, wanted.filters, what.went or Went.DUE, wanted.today, reasons=reasons,
            after=after, limit=limit,
        )  # fmt: skip

    return read
