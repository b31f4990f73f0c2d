"""A lead's story: every event and change with who and when, the latest first."""

import streamlit as st

from lib.leads.case import Case, Entry
from lib.ui import moments
from lib.ui.language import t, term
from lib.ui.leads import wording
from lib.ui.plain import plain


def draw(lead: Case, models: dict[int, str]) -> None:
    """One line an entry, with what belongs to it below."""
    for entry in lead.story:
        what = term(entry.kind) if entry.kind else wording.action(entry.action or "")
        line = f"**{plain(what)}** · {plain(moments.moment(entry.at))} · {plain(entry.who)}"
        more = _more(entry, models)
        if entry.undone:
            taken_back = t("(taken back)")
            line, more = f"~~{line}~~ {taken_back}", ""
        st.markdown(line + (f"  \n{more}" if more else ""))


def _more(entry: Entry, models: dict[int, str]) -> str:
    parts = [
        wording.changed(entry.changed, models),
        wording.reason(entry.reason, entry.reason_en),
        entry.competitor or "",
        "" if entry.price_gap is None else t("price gap {price}", price=f"¥{entry.price_gap:,.0f}"),
        "" if entry.amount is None else f"¥{entry.amount:,.2f}",
        entry.note or "",
    ]
    return plain(" · ".join(filter(None, parts)))
