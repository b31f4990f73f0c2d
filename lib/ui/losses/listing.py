"""A page of cases as a table: masked, back and on by key, a row leads to its case, all of it to take away."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, Literal, TypeVar

import streamlit as st

from db.terms import LeadEventKind, LossDomain, RenewalEventKind
from lib import formats
from lib.access import Actor, Permission
from lib.losses.rows import PAGE, DecidedCase, DueCase
from lib.sheets import Cell
from lib.ui import downloads, moments, navigation
from lib.ui.language import current, spoken, t, term

Row = TypeVar("Row", DecidedCase, DueCase)
Read = Callable[[Any, int], Sequence[Row]]
Place = Literal["app", "fragment"]

LONGEST = 5000  # rows of a file
REASON_WIDTH = 170  # pixels: the first rows of decided cases may have none
HEIGHT = 430  # pixels: the pages' buttons stay in sight
OPENS = {LossDomain.LEAD: Permission.LEAD_READ, LossDomain.RENEWAL: Permission.RENEWAL_READ}


def decided(
    actor: Actor, name: str, pages: list[Any], read: Read[DecidedCase], key: str, scope: Place = "fragment"
) -> None:
    """Lost and won cases."""
    _table(actor, name, pages, read, key, scope, _decided, _decided_cells)


def due(actor: Actor, name: str, pages: list[Any], read: Read[DueCase], key: str, scope: Place = "fragment") -> None:
    """Renewals of a window."""
    _table(actor, name, pages, read, key, scope, _due, _due_cells)


def _table(
    actor: Actor, name: str, pages: list[Any], read: Read[Row], key: str, scope: Place,
    written: Callable[[Row], dict[str, str]], cells: Callable[[Row], dict[str, Cell]],
) -> None:  # fmt: skip
    shown = read(pages[-1], PAGE)
    if not shown and len(pages) == 1:
        st.info(t("No case is counted here for this period and these filters."), icon=":material/inbox:")
        return
    picked = st.dataframe(
        [written(row) for row in shown], hide_index=True, height=min(HEIGHT, 37 + 36 * len(shown)), row_height=36,
        key=f"{key}-{len(pages)}-{shown[0].id if shown else 0}", on_select="rerun", selection_mode="single-row",
        column_config={t("Reason"): st.column_config.Column(width=REASON_WIDTH)},
    )["selection"]["rows"]  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        _paging(pages, shown, key, scope)
        columns = list(cells(shown[0])) if shown else []
        downloads.offer(
            actor, t("Download"), name, columns,
            lambda: [tuple(cells(row).values()) for row in read(None, LONGEST)], key=f"{key}_download",
        )  # fmt: skip
        if picked and picked[0] < len(shown):
            _way(actor, shown[picked[0]])
        elif any(actor.may(OPENS[row.domain]) for row in shown):
            st.caption(t("Select a row to go to its case."), width="content")


def _way(actor: Actor, row: DecidedCase | DueCase) -> None:
    if not actor.may(OPENS[row.domain]):
        st.caption(t("This case belongs to the renewal desk."), width="content")
        return
    lead = row.domain is LossDomain.LEAD
    page, name = (navigation.leads(), "lead") if lead else (navigation.renewals(), "case")
    label = t("Go to the case of {customer}", customer=" · ".join(filter(None, (row.customer, row.number))))
    st.page_link(page, label=label, icon=":material/open_in_new:", query_params={name: str(row.case_id)})


def _paging(pages: list[Any], shown: Sequence[DecidedCase | DueCase], key: str, scope: Place) -> None:
    """Back and on by key; the pages seen so far are kept."""
    more = len(shown) == PAGE
    if len(pages) == 1 and not more:
        return
    if st.button(t("Previous"), icon=":material/chevron_left:", disabled=len(pages) == 1, key=f"{key}_back"):
        pages.pop()
        st.rerun(scope=scope)
    st.caption(t("Page {number}", number=len(pages)), width="content")
    if st.button(t("Next"), icon=":material/chevron_right:", icon_position="right", disabled=not more, key=f"{key}_on"):
        pages.append(shown[-1].place)
        st.rerun(scope=scope)


def _decided_cells(row: DecidedCase) -> dict[str, Cell]:
    """A row as a file holds it."""
    return {
        t("Time"): row.at, t("Losses of"): term(row.domain), t("Outcome"): term(_outcome(row)),
        t("Number"): row.number, t("Customer"): row.customer, t("Reason"): reason(row),
        t("Competitor"): row.competitor, t("Price gap"): row.price_gap_amount, t("Person"): row.person,
        t("Model or insurer"): row.thing, t("Channel"): row.channel, t("Review"): _review(row),
    }  # fmt: skip


def _outcome(row: DecidedCase) -> StrEnum:
    if row.domain is LossDomain.LEAD:
        return LeadEventKind.LOST if row.lost else LeadEventKind.DELIVERY
    return RenewalEventKind.LOST if row.lost else RenewalEventKind.RENEWED


def _decided(row: DecidedCase) -> dict[str, str]:
    """A row as a screen shows it."""
    gap = "" if row.price_gap_amount is None else f"¥{formats.number(row.price_gap_amount, spoken())}"
    written = {name: str(cell or "") for name, cell in _decided_cells(row).items()}
    moment = moments.in_full(row.at)
    return written | {t("Time"): moment, t("Price gap"): gap}


def _due_cells(row: DueCase) -> dict[str, Cell]:
    return {
        t("Due on"): row.due_on, t("Status"): term(row.status), t("Number"): row.number, t("Customer"): row.customer,
        t("Reason"): reason(row), t("Person"): row.person, t("Insurer"): row.thing, t("Channel"): row.channel,
    }  # fmt: skip


def _due(row: DueCase) -> dict[str, str]:
    written = {name: str(cell or "") for name, cell in _due_cells(row).items()}
    return written | {t("Due on"): formats.day_with_year(row.due_on, spoken())}


def reason(row: DecidedCase | DueCase) -> str:
    """价格 / 电网销更低, once where both levels are called the same; blank where nothing was lost."""
    pair = row.reason_en if current() == "en" else row.reason
    if pair is None:
        return ""
    return pair[0] if pair[0] == pair[1] else f"{pair[0]} / {pair[1]}"


def _review(row: DecidedCase) -> str:
    if not row.lost:
        return ""
    return t("To review") if row.review is None else term(row.review)
