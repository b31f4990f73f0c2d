"""The audit page: filters, the entries fifty at a time, and a file of what was asked for."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import streamlit as st

from lib import audit, clock, data, settings
from lib.access import Actor, Permission
from lib.audit import Asked, Entry, Kinds
from lib.audit_details import telling
from lib.audit_details.values import Teller
from lib.sheets import Cell
from lib.ui import downloads
from lib.ui.language import spoken, t
from lib.ui.plain import plain

KEYS, TURN, OPEN = "audit_keys", "audit_turn", "audit_open"


def asked(actor: Actor, today: date) -> Asked:
    """The filters; days and kinds stand in the address, a person does too: it is a colleague, no customer."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        days = st.date_input(
            t("Days"), (today - timedelta(days=6), today), max_value=today, format="YYYY-MM-DD", key="audit_days",
            width=260,
        )  # fmt: skip
        first, last = _span(days, today)
        known: Kinds = data.fresh(audit.kinds, actor.scope, Asked(first, last), settings.load().zone)
        person = _choice(t("Who"), known.people, str, "audit_person")
        action = _choice(t("Did"), known.actions, said, "audit_action")
        subject = _choice(t("About"), known.subjects, about, "audit_subject")
    return Asked(first, last, person, action, subject)


def draw(actor: Actor, wanted: Asked) -> None:
    """One page of entries and the ways to older and newer ones, by key."""
    keys = _keys(wanted)
    zone = settings.load().zone
    found = data.fresh(audit.entries, actor.scope, wanted, zone, keys[-1], audit.PAGE + 1)
    shown, more = found[: audit.PAGE], len(found) > audit.PAGE
    if not shown:
        st.info(t("Nothing was done in these days that fits the filters."))
        return
    _table(shown)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(t("Newer"), icon=":material/chevron_left:", disabled=len(keys) == 1):
            keys.pop()
            st.rerun()
        if st.button(t("Older"), icon=":material/chevron_right:", disabled=not more):
            keys.append(shown[-1].key)
            st.rerun()
        downloads.offer(
            actor, t("Download"), t("Audit trail"), _columns(),
            lambda: [_row(each) for each in _all(actor, wanted)], permission=Permission.AUDIT_READ,
        )  # fmt: skip


def _table(shown: Sequence[Entry]) -> None:
    """The entries a line each; one that is selected is told in full over the page."""
    st.caption(t("Select a line to read all of it."))
    key = f"audit_table-{st.session_state.setdefault(TURN, 0)}"

    def pick() -> None:
        if rows := st.session_state[key]["selection"]["rows"]:
            st.session_state[OPEN] = shown[rows[0]]
            st.session_state[TURN] += 1

    st.dataframe(
        [dict(zip(_columns(), _row(entry), strict=True)) for entry in shown], hide_index=True, row_height=34,
        height=min(700, 40 + 34 * len(shown)), key=key, on_select=pick, selection_mode="single-row",
        column_config={t("Time"): st.column_config.TextColumn(width=145),
                       t("Did"): st.column_config.TextColumn(width=150),
                       t("In detail"): st.column_config.TextColumn(width=430),
                       t("About"): st.column_config.TextColumn(width=100)},
    )  # fmt: skip
    opened: Entry | None = st.session_state.pop(OPEN, None)
    if opened is not None:
        st.dialog(said(opened.action), width="medium")(_whole)(opened)


def _whole(entry: Entry) -> None:
    """One entry, a line for each of its details."""
    teller = _teller(entry)
    heads = zip(_columns(), _row(entry), strict=True)
    pairs = [(name, str(held)) for name, held in heads if held != "" and name not in (t("Did"), t("In detail"))]
    for name, held in (*pairs, *telling.told(teller)):
        st.markdown(f"**{plain(name)}**  \n{plain(held)}")


def said(action: str) -> str:
    """The word for an action."""
    return _word("action", action)


def about(subject: str | None) -> str:
    """The word for what an action was about."""
    return "" if subject is None else _word("subject", subject)


def _word(context: str, code: str) -> str:
    word = spoken().catalogue.get((context, code), code)
    return word[:1].upper() + word[1:]


def _all(actor: Actor, wanted: Asked) -> tuple[Entry, ...]:
    return data.fresh(audit.entries, actor.scope, wanted, settings.load().zone, None, audit.MOST_DOWNLOADED)


def _keys(wanted: Asked) -> list[Any]:
    """The keys at which the pages so far begin; other filters begin anew."""
    if KEYS not in st.session_state or st.session_state[KEYS][0] != wanted:
        st.session_state[KEYS] = (wanted, [None])
    keys: list[Any] = st.session_state[KEYS][1]
    return keys


def _span(days: tuple[date, ...], today: date) -> tuple[date, date]:
    """Both days; while only one is chosen yet, that one; today where none is."""
    return (days[0], days[-1]) if days else (today, today)


def _choice(label: str, options: Sequence[str], called: Any, key: str) -> str | None:
    return st.selectbox(
        label, options, None, format_func=called, key=key, placeholder=t("All"), width=200,
        filter_mode="contains" if len(options) > 10 else None,
    )  # fmt: skip


def _columns() -> tuple[str, ...]:
    return (t("Time"), t("Who"), t("Did"), t("In detail"), t("About"), t("No."), t("Channel"))


def _row(entry: Entry) -> tuple[Cell, ...]:
    at = clock.store_time(entry.at, settings.load().zone).strftime("%Y-%m-%d %H:%M:%S")
    number = "" if entry.subject_id is None else str(entry.subject_id)
    teller = _teller(entry)
    told = telling.line(telling.told(teller), teller)
    return (at, entry.actor_name, said(entry.action), told, about(entry.subject), number, entry.channel_name or "")


def _teller(entry: Entry) -> Teller:
    return Teller(spoken(), settings.load().zone, entry.subject, entry.details, entry.names)
