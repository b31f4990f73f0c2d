"""A case's story: every contact, quote, promise and change with who and when, the latest first."""

import streamlit as st

from lib.renewals.case import Case, Entry
from lib.ui.language import t, term
from lib.ui.plain import plain
from lib.ui.renewals import wording


def draw(case: Case) -> None:
    """One line an entry, with what belongs to it below; what counts no more is struck through."""
    for entry in case.story:
        who = entry.who or t("by rule")
        words = " · ".join(filter(None, (term(entry.kind), term(entry.method), _outcome(entry))))
        line = f"**{plain(words)}** · {plain(wording.moment(entry.at))} · {plain(who)}"
        more = _more(entry)
        if entry.undone:
            taken_back = t("(taken back)")
            line, more = f"~~{line}~~ {taken_back}", ""
        st.markdown(line + (f"  \n{more}" if more else ""))


def _outcome(entry: Entry) -> str:
    """The outcome, where kind and method do not say it already."""
    heard = wording.heard(entry.method, entry.outcome)
    return "" if heard in (term(entry.kind), term(entry.method)) else heard


def _more(entry: Entry) -> str:
    parts = [
        wording.reason(entry.reason, entry.reason_en),
        entry.competitor or "",
        "" if entry.quote_amount is None else f"¥{entry.quote_amount:,.2f}",
        "" if entry.price_gap_amount is None else t("price gap {price}", price=f"¥{entry.price_gap_amount:,.0f}"),
        "" if entry.appointment_at is None else t("comes {when}", when=wording.moment(entry.appointment_at)),
        "" if entry.call_due_on is None else t("call by {day}", day=wording.day(entry.call_due_on)),
        "" if entry.callback_on is None else t("next on {day}", day=wording.day(entry.callback_on)),
        wording.note(entry),
        "" if entry.countermeasure is None else t("countermeasure: {text}", text=entry.countermeasure),
    ]
    return plain(" · ".join(filter(None, parts)))
