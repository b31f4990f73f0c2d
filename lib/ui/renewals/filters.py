"""The head of the queue: counts that filter, whose cases, and the search."""

from datetime import date

import streamlit as st

from db.terms import QueueView
from lib import data
from lib.access import Actor, Permission
from lib.renewals import assignments, queue
from lib.ui.language import t, term
from lib.ui.renewals import address, wording

SEARCH, VIEWS, PERSON = "renewal_search", "renewal_views", "renewal_person"


def search_field() -> str:
    """What somebody is looked for by. It never stands in the address."""
    return st.text_input(
        t("Search"), type="search", key=SEARCH, label_visibility="collapsed", max_chars=50, autocomplete="off",
        placeholder=t("Plate, VIN, start of the name, last 4 digits of the phone"),
    ) or ""  # fmt: skip


def views(actor: Actor, today: date) -> QueueView:
    """The views with their counts; the chosen one."""
    chosen = address.view(actor)
    counts = data.read(queue.counts, actor.own_scope, today, address.person(actor))
    st.session_state[VIEWS] = chosen

    def choose() -> None:
        address.say(address.VIEW, st.session_state[VIEWS])

    def label(view: QueueView) -> str:
        late = ":material/alarm: " if view is QueueView.OVERDUE and counts[view] else ""
        return f"{late}{term(view)} {wording.count(counts[view])}"

    st.pills(
        t("View"), list(counts), key=VIEWS, format_func=label, on_change=choose, label_visibility="collapsed",
        required=True,
    )  # fmt: skip
    return chosen


def person(actor: Actor) -> int | None:
    """A manager's choice of one specialist."""
    if not actor.may(Permission.RENEWAL_ASSIGN):
        return None
    names = {each.id: f"{each.name} {each.load}" for each in data.read(assignments.holders, actor.scope)}
    chosen = address.person(actor)
    st.selectbox(
        t("Specialist"), list(names), index=list(names).index(chosen) if chosen in names else None, key=PERSON,
        format_func=names.__getitem__, placeholder=t("All specialists"), label_visibility="collapsed",
        on_change=lambda: address.say(address.PERSON, st.session_state[PERSON]),
    )  # fmt: skip
    return chosen
