"""What the list of leads is narrowed to. It lives in the address under stable names; what is searched never does."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

import streamlit as st

from db.terms import LeadSource
from lib import data
from lib.access import Actor, Permission
from lib.leads import choices, queue
from lib.leads.queue import Counts, Filters, View
from lib.ui.language import t, term
from lib.ui.leads import wording

T = TypeVar("T", bound=StrEnum)

SEARCH, MOST_SHOWN = "lead_search", 999


def chosen(actor: Actor) -> Filters:
    """The filters that the address names; what it names wrongly is left out."""
    address = st.query_params
    return Filters(
        view=_member(View, address.get("view")) or View.OPEN,
        consultant_id=_key(address.get("consultant")) if actor.own_scope.owner_id is None else None,
        source=_member(LeadSource, address.get("source")),
        car_model_id=_key(address.get("model")),
    )


def draw(actor: Actor, filters: Filters, today: date) -> str:
    """Search, who, whence, which model, and the views with their counts. Returns what is searched for."""
    with st.container(horizontal=True, gap="small"):
        searched = _search()
        if actor.may(Permission.LEAD_HAND_OVER) or actor.own_scope.owner_id is None:
            people = {each.id: each.name for each in data.read(choices.holders, actor.scope)}
            _choice("consultant", t("All consultants"), people, filters.consultant_id)
        sources = {each.value: term(each) for each in LeadSource}
        _choice("source", t("All sources"), sources, filters.source and filters.source.value)
        models = {each.id: each.name for each in data.read(choices.car_models)}
        _choice("model", t("All models"), models, filters.car_model_id)
    counts = data.read(queue.counts, actor.own_scope, filters, today)
    with st.container(horizontal=True, gap="small"):
        for view in View:
            _view(view, filters.view is view, counts)
    return searched


def _search() -> str:
    """What somebody is looked for by. It never stands in the address."""
    typed = st.text_input(
        t("Search"), type="search", key=SEARCH, label_visibility="collapsed", max_chars=100,
        placeholder=t("Lead number, last 4 digits of the phone, start of the name"),
    )  # fmt: skip
    return (typed or "").strip()


def _view(view: View, active: bool, counts: Counts) -> None:
    label = t(wording.VIEWS[view])
    count = _count(view, counts)
    st.button(
        label if count is None else f"{label} {min(count, MOST_SHOWN)}{'+' if count > MOST_SHOWN else ''}",
        key=f"view-{view}", type="primary" if active else "secondary",
        icon=":material/warning:" if view is View.OVERDUE and count else None,
        on_click=_name, args=("view", None if view is View.OPEN else view.value),
    )  # fmt: skip


def _count(view: View, counts: Counts) -> int | None:
    return {
        View.OPEN: counts.all_open, View.OVERDUE: counts.overdue, View.TODAY: counts.today, View.SOON: counts.soon,
        View.UNDATED: counts.undated, View.ORDERED: counts.ordered,
    }.get(view)  # fmt: skip


def _choice(name: str, everything: str, names: Mapping[int, str] | Mapping[str, str], now: int | str | None) -> None:
    """One narrowing choice; nothing chosen is everything."""
    options = list(names)
    st.selectbox(
        everything, options, index=options.index(now) if now in options else None, key=f"lead_filter-{name}",
        format_func=lambda key: names[key], placeholder=everything, label_visibility="collapsed", width=170,
        on_change=lambda: _name(name, st.session_state[f"lead_filter-{name}"]),
    )  # fmt: skip


def _name(name: str, value: object) -> None:
    """Let the address say it."""
    if value is None:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = str(value)


def _member(terms: type[T], value: str | None) -> T | None:
    return terms(value) if value in set(terms) else None


def _key(value: str | None) -> int | None:
    return int(value) if value and value.isdecimal() and len(value) < 16 else None
