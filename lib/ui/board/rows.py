"""The rows behind a number, in a dialog over the board: masked, a page at a time, to take away as a file."""

from dataclasses import dataclass, replace

import streamlit as st

from db.terms import LeadSource
from lib import data, formats, kpi
from lib.access import Actor
from lib.board import rows as board_rows
from lib.board.overview import opens_with
from lib.board.rows import CountedRow, Seen
from lib.periods import Period
from lib.refusals import N_
from lib.sheets import Cell
from lib.ui import downloads, moments
from lib.ui.board.filters import Chosen
from lib.ui.language import spoken, t, term
from lib.ui.today import today

OPEN, PAGES = "open_rows", "open_rows_pages"
ARRIVALS = "arrivals"
LONGEST = 5000  # rows of a file
HEIGHT = 430  # pixels: the pages' buttons stay in sight

HEADINGS = (
    N_("Time"), N_("What"), N_("Number"), N_("Customer"), N_("Person"), N_("Model"), N_("Source"), N_("Amount"),
)  # fmt: skip


@dataclass(frozen=True)
class Opened:
    """A number that was opened: which, and whose, from where or of which hour, beside what the filters say.

    `ARRIVALS` is no figure of the dictionary: who came or called in one hour.
    """

    slug: str
    consultant: int | None = None
    source: LeadSource | None = None
    hour: int | None = None

    @property
    def title(self) -> str:
        if self.hour is not None:
            return t("Who came or called from {hour}:00", hour=self.hour)
        return t(kpi.find(self.slug).label)

    @property
    def definition(self) -> str:
        if self.hour is not None:
            return t("First and return visits, and calls, by the store's clock.")
        return t(kpi.find(self.slug).definition)


def open_rows(what: Opened) -> None:
    """Open a number and run the page again, which draws its rows over it."""
    st.session_state[OPEN], st.session_state[PAGES] = what, [None]
    st.rerun()


def show_opened(actor: Actor, chosen: Chosen) -> None:
    """The dialog of the number that is open, if any."""
    what: Opened | None = st.session_state.get(OPEN)
    if what is not None and actor.may(opens_with("calls" if what.slug == ARRIVALS else what.slug)):
        st.dialog(what.title, width="large", on_dismiss=close)(_table)(actor, narrowed(chosen, what), what)


def close() -> None:
    """Nothing is open any more."""
    st.session_state.pop(OPEN, None)


def narrowed(chosen: Chosen, what: Opened) -> Chosen:
    """The filters with what was clicked added to them."""
    filters = chosen.filters
    if what.consultant is not None:
        filters = replace(filters, consultants=(what.consultant,))
    if what.source is not None:
        filters = replace(filters, sources=(what.source,))
    return replace(chosen, filters=filters)


def _table(actor: Actor, chosen: Chosen, what: Opened) -> None:
    pages = st.session_state.setdefault(PAGES, [None])
    period = chosen.period(today())
    st.caption(f"{formats.period(period, spoken())} · {what.definition}")
    shown = _read(chosen, period, what, pages[-1])
    if chosen.cases.owner_id is not None:
        st.caption(t("You see your own cases here; the number counts everyone's."))
    if not shown and len(pages) == 1:
        st.info(t("Nothing is counted here for this period and these filters."), icon=":material/inbox:")
        return
    headings = [t(heading) for heading in HEADINGS]
    st.dataframe(
        [dict(zip(headings, _written(row), strict=True)) for row in shown], hide_index=True, height=HEIGHT
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        _paging(pages, shown)
        downloads.offer(
            actor, t("Download"), what.title, headings,
            lambda: [_cells(row) for row in _read(chosen, period, what, None, LONGEST)], key="download_rows",
        )  # fmt: skip


def _read(
    chosen: Chosen, period: Period, what: Opened, after: Seen | None, limit: int = board_rows.PAGE
) -> tuple[CountedRow, ...]:
    if what.hour is not None:
        return data.read(
            board_rows.arrivals, chosen.cases, period, chosen.filters, what.hour, after=after, limit=limit
        )  # fmt: skip
    return data.read(
        board_rows.rows, chosen.cases, period, chosen.filters, what.slug, as_of_day=today(), after=after, limit=limit
    )  # fmt: skip


def _paging(pages: list[Seen | None], shown: tuple[CountedRow, ...]) -> None:
    """Back and on by key; the pages seen so far are kept."""
    if st.button(t("Previous"), icon=":material/chevron_left:", disabled=len(pages) == 1, key="rows_back"):
        pages.pop()
        st.rerun(scope="fragment")
    st.caption(t("Page {number}", number=len(pages)), width="content")
    more = len(shown) == board_rows.PAGE
    if st.button(t("Next"), icon=":material/chevron_right:", icon_position="right", disabled=not more, key="rows_on"):
        pages.append(shown[-1].seen)
        st.rerun(scope="fragment")


def _cells(row: CountedRow) -> tuple[Cell, ...]:
    """A row as a file holds it."""
    return (
        row.at, term(row.kind), row.number, row.customer, row.person, row.model, term(row.source), row.amount
    )  # fmt: skip


def _written(row: CountedRow) -> tuple[str, ...]:
    """A row as a screen shows it."""
    at = moments.in_full(row.at)
    amount = "" if row.amount is None else formats.amount(row.amount, spoken())
    texts = (row.number, row.customer, row.person, row.model)
    return (at, term(row.kind), *(text or "" for text in texts), term(row.source), amount)
