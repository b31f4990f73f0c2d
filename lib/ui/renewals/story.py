"""A case's story: every contact, quote, message, promise and change with who and when, the latest first."""

from collections.abc import Iterator
from datetime import datetime

import streamlit as st

from lib import data
from lib.access import Actor
from lib.messages import opt_outs, views
from lib.premiums import quotes as saved_quotes
from lib.renewals import consents
from lib.renewals.case import Case, Entry
from lib.ui import audit, moments, quotes
from lib.ui.language import t, term
from lib.ui.messages import handling
from lib.ui.plain import plain
from lib.ui.renewals import wording

Told = tuple[datetime, str]


def draw(actor: Actor, case: Case, now: datetime) -> None:
    """One line an entry, with what belongs to it below; what counts no more is struck through."""
    told = [*map(_event, case.story), *_besides(actor, case, now)]
    for _, line in sorted(told, key=lambda each: each[0], reverse=True):
        st.markdown(line)


def _event(entry: Entry) -> Told:
    words = " · ".join(filter(None, (term(entry.kind), term(entry.method), _outcome(entry))))
    line = _headed(words, entry.at, entry.who or t("by rule"))
    if entry.undone:
        taken_back = t("(taken back)")
        return entry.at, f"~~{line}~~ {taken_back}"
    return entry.at, _with(line, _more(entry))


def _besides(actor: Actor, case: Case, now: datetime) -> Iterator[Told]:
    """What is kept beside the events: SMS, the customer's word about them, trials."""
    for sms in data.fresh(views.of_case, actor, case.id, now):
        words = f"{t('SMS')} · {sms.template} · {handling.status(sms)}"
        at = sms.sent_at or sms.created_at
        yield at, _with(_headed(words, at, sms.author), plain(sms.text))
    noted = data.fresh(consents.of_case, actor, case.id)
    for said in noted:
        yield said.at, _headed(audit.said(said.action), said.at, said.who)
    out = case.opted_out_at
    if out is not None and out not in {said.at for said in noted}:  # by an answer, or noted elsewhere
        yield out, _headed(audit.said(opt_outs.ACTION), out, None)
    for saved in data.fresh(saved_quotes.of_case, actor, case.id):
        words = f"{t('Premium trial')} · {quotes.label(saved)}"
        yield saved.made_at, _headed(words, saved.made_at, saved.author)


def _headed(words: str, at: datetime, who: str | None) -> str:
    when = plain(" · ".join(filter(None, (moments.moment(at), who))))
    return f"**{plain(words)}** · {when}"


def _with(line: str, more: str) -> str:
    return line + (f"  \n{more}" if more else "")


def _outcome(entry: Entry) -> str:
    """The outcome, where kind and method do not say it already."""
    heard = wording.heard(entry.method, entry.outcome)
    return "" if heard in (term(entry.kind), term(entry.method)) else heard


def _more(entry: Entry) -> str:
    parts = [
        wording.reason(entry.reason, entry.reason_en),
        "" if entry.to is None else t("to {name}", name=entry.to),
        entry.competitor or "",
        "" if entry.quote_amount is None else f"¥{entry.quote_amount:,.2f}",
        "" if entry.price_gap_amount is None else t("price gap {price}", price=f"¥{entry.price_gap_amount:,.0f}"),
        "" if entry.appointment_at is None else t("comes {when}", when=moments.moment(entry.appointment_at)),
        "" if entry.call_due_on is None else t("call by {day}", day=moments.day(entry.call_due_on)),
        "" if entry.callback_on is None else t("next on {day}", day=moments.day(entry.callback_on)),
        wording.note(entry),
        "" if entry.countermeasure is None else t("countermeasure: {text}", text=entry.countermeasure),
    ]
    return plain(" · ".join(filter(None, parts)))
