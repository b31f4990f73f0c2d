"""The rows behind a number of the loss analysis, in a dialog: masked, a page at a time, to take away as a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from db.terms import Controllable
from lib import data, formats, kpi
from lib.access import Actor
from lib.losses.filters import LossFilters
from lib.losses.reasons import WITHIN_REACH, matching
from lib.losses.rows import PAGE, DecidedCase, DueCase, Group, Went, Which, decided_cases, due_cases
from lib.periods import Period
from lib.ui.language import spoken, t
from lib.ui.losses import listing
from lib.ui.losses.wanted import Wanted

OPEN, PAGES = "loss_rows", "loss_rows_pages"
WITHIN_REACH_ORDERED = tuple(sorted(WITHIN_REACH, key=list(Controllable).index))


@dataclass(frozen=True)
class Opened:
    """A number that was opened: decided cases by the day of the event, or renewals of a window that went so.

    `window`: its days, where they are not those of the page, as of a period compared with. `group`: the cases of one
    alone. `dropped`: what is selected of the page but does not narrow it.
    """

    slug: str
    which: Which | None = None
    went: Went | None = None
    reason: str | None = None
    window: Period | None = None
    within_reach: bool = False
    title: str = ""
    group: Group | None = None
    dropped: tuple[str, ...] = ()


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
    about = t(kpi.find(what.slug).definition) if what.which is not None else t("Renewals due in these days.")
    st.caption(f"{_days(wanted, _period(wanted, what))} · {about}")
    if what.which is not None:
        listing.decided(actor, title, pages, decided(wanted, what, what.which), "rows", scope="fragment")
    else:
        listing.due(actor, title, pages, due(wanted, what), "rows")


def _period(wanted: Wanted, what: Opened) -> Period:
    """The days that the number is of: by the event, or by due_on those that are past."""
    if what.window is not None:
        return what.window
    if what.which is not None:
        return wanted.gone
    return wanted.windows[0] if wanted.windows else wanted.period


def _days(wanted: Wanted, period: Period) -> str:
    """The days; of another year with it."""
    return formats.period(period, spoken(), dated=period.first.year != wanted.period.first.year)


def decided(wanted: Wanted, what: Opened, which: Which) -> Callable[[Any, int], Sequence[DecidedCase]]:
    """How the decided cases of a number are read, a page at a time."""
    period = _period(wanted, what)
    selected = wanted.without(*what.dropped)
    filters = selected if which in (Which.LOST, Which.CLEAR) else selected.whole
    if what.within_reach:
        filters = _among(filters, matching(wanted.reasons, (), WITHIN_REACH_ORDERED))
    if what.reason is not None:
        filters = _among(filters, matching(wanted.reasons, (what.reason,)))

    def read(after: Any, limit: int = PAGE) -> Sequence[DecidedCase]:
        return data.read(
            decided_cases, wanted.cases, period, filters, which, group=what.group, after=after, limit=limit
        )

    return read


def _among(filters: LossFilters, reasons: tuple[int, ...] | None) -> LossFilters:
    """Narrowed to these reasons, too."""
    kept = set(reasons or ()) if filters.reasons is None else set(reasons or ()) & set(filters.reasons)
    return replace(filters, reasons=tuple(sorted(kept)))


def due(wanted: Wanted, what: Opened) -> Callable[[Any, int], Sequence[DueCase]]:
    """How the renewals of a number are read, a page at a time."""
    period = _period(wanted, what)
    reasons = None if what.reason is None else matching(wanted.reasons, (what.reason,))

    def read(after: Any, limit: int = PAGE) -> Sequence[DueCase]:
        return data.read(
            due_cases, wanted.cases, period, wanted.without(*what.dropped), what.went or Went.DUE, wanted.today,
            reasons=reasons, group=what.group, after=after, limit=limit,
        )  # fmt: skip

    return read
