"""The form beside the list: choose the act, fill what it needs, save, and go on to the next case."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import streamlit as st

from lib import data, policies
from lib.access import Actor
from lib.premiums import quotes as saved_quotes
from lib.refusals import N_, Conflict
from lib.renewals import acts
from lib.renewals.allowed import Act
from lib.renewals.case import Case
from lib.renewals.course import is_owed
from lib.renewals.facts import ARCHIVED_AFTER
from lib.ui.guarding import guarded
from lib.ui.language import t
from lib.ui.renewals import forms, listing, pins

SHORTCUT = "Ctrl+Enter"
VOID_REASONS = (N_("Car scrapped"), N_("Car sold"), N_("Entered twice"), N_("Wrong data"))


def draw(actor: Actor, case: Case, today: date) -> None:
    """Everything that may be done to the case from here."""
    allowed = [act for act in Act if act in case.acts]
    if not allowed:
        return
    place = pins.place(case)
    act = st.pills(
        t("What happened"), allowed, default=allowed[0], format_func=lambda act: t(act.value), required=True,
        key=f"act-{place}-{case.status}", label_visibility="collapsed",
    )  # fmt: skip
    if act is None:
        return
    if act is Act.REGISTER:  # its fields follow from the lines chosen, so it is no form
        _register(actor, case, place)
        return
    with st.form(f"form-{act.name}-{place}", border=False):
        typed = _ask(actor, case, act, f"{act.name}-{place}", today)
        with st.container(horizontal=True):
            onward = st.form_submit_button(
                t("Save, next case"), type="primary", shortcut=SHORTCUT, key=f"save_next-{place}",
                help=t("Ctrl + Enter saves and opens the next case."),
            )  # fmt: skip
            stay = st.form_submit_button(t("Save"), key=f"save-{place}")
    if onward or stay:
        _save(actor, case, act, typed, onward)


def _ask(actor: Actor, case: Case, act: Act, place: str, today: date) -> Any:
    queued_until = case.due_on + timedelta(days=ARCHIVED_AFTER)
    last = queued_until if is_owed(case.status, case.partly_renewed) else date.min
    match act:
        case Act.CONTACT:
            return forms.contact(place, today, last)
        case Act.QUOTE:
            return forms.quote(place, today, last, data.fresh(saved_quotes.of_case, actor, case.id))
        case Act.PROMISE:
            return forms.appointment(place, today)
        case Act.LOSE:
            return forms.loss(place)
    return forms.reason(place, VOID_REASONS if act is Act.VOID else ())


COMMANDS: dict[Act, Callable[..., None]] = {
    Act.CONTACT: acts.contact, Act.QUOTE: acts.tell_quote, Act.PROMISE: acts.promise, Act.LOSE: acts.lose,
    Act.VOID: acts.void, Act.REOPEN: acts.reopen, Act.REGISTER: policies.register,
}  # fmt: skip


def _register(actor: Actor, case: Case, place: str) -> None:
    typed = forms.contracts(case, place)
    if not typed:
        st.caption(t("Choose the lines whose policies are to be registered."))
        return
    with st.container(horizontal=True):
        onward = st.button(t("Save, next case"), type="primary", shortcut=SHORTCUT, key=f"register_next-{place}")
        stay = st.button(t("Save"), key=f"register-{place}")
    if onward or stay:
        _save(actor, case, Act.REGISTER, typed, onward)


def _save(actor: Actor, case: Case, act: Act, typed: Any, onward: bool) -> None:
    with guarded():
        try:
            data.write(COMMANDS[act], actor, case.id, pins.version(case), typed)
        except Conflict as conflict:
            pins.met(case, conflict)
            return
        pins.done(t("{act}: saved.", act=t(act.value)), listing.following(case.id) if onward else None)
