"""The library of counter-arguments: one argument at a time, or a new one."""

import streamlit as st

from db.terms import LossDomain
from lib import data
from lib.access import Actor
from lib.counter_arguments import reading, writing
from lib.counter_arguments.reading import Argument
from lib.counter_arguments.writing import Entry
from lib.countermeasures import choices
from lib.ui import address
from lib.ui.counter_arguments.on_case import name, said
from lib.ui.language import current, t, term
from lib.ui.look import card
from lib.ui.store import forms

NEW = 0


def draw(actor: Actor) -> None:
    """The arguments of one domain."""
    domains = [domain.value for domain in (LossDomain.RENEWAL, LossDomain.LEAD)]
    with card("arguments"):
        chosen = st.segmented_control(
            t("Losses of"), domains, format_func=lambda each: term(LossDomain(each)), required=True,
            key=address.one("losses", domains, domains[0]),
        )  # fmt: skip
        address.keep(losses=None if chosen == domains[0] else chosen)
        domain = LossDomain(chosen or domains[0])
        found = {each.id: each for each in data.read(reading.arguments, domain)}
        key = st.selectbox(
            t("Counter-argument"), [*found, NEW], format_func=lambda each: _said(found.get(each)),
            key=f"store_argument-{domain}",
        )  # fmt: skip
        _form(actor, domain, found.get(key or NEW))
        st.caption(t("Specialists and consultants find them on every open case. One that is not shown is kept here."))


def _said(argument: Argument | None) -> str:
    if argument is None:
        return t("New counter-argument")
    hidden = "" if argument.active else t("(not shown)")
    return f"{name(argument)} · {said(argument)[0]} {hidden}"


def _form(actor: Actor, domain: LossDomain, stands: Argument | None) -> None:
    form = f"store_argument-{domain}-{stands.id if stands else NEW}"
    opened: Argument | None = forms.opened(form, stands)
    with st.form(form, border=False, enter_to_submit=False):
        reason = None if opened else _reason(actor, domain, form)
        stood = (opened.title, opened.text) if opened else ("", "")
        title, text = _words(form, (t("Title in Chinese"), t("In Chinese")), *stood)
        stood = (opened.title_en, opened.text_en) if opened else ("", "")
        title_en, text_en = _words(form, (t("Title in English"), t("In English")), *stood, suffix="_en")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            place = st.number_input(
                t("Place"), 0, writing.LAST_PLACE, opened.position if opened else 0, 1, key=forms.key(form, "place"),
                width=140,
            )  # fmt: skip
            active = st.checkbox(t("Shown on cases"), opened.active if opened else True, key=forms.key(form, "active"))
        sent = st.form_submit_button(t("Save"), type="primary", icon=":material/save:")
    if not sent:
        return
    entry = Entry(title, text, title_en, text_en, int(place), bool(active))
    if opened is None:
        forms.save(form, t("Saved."), writing.add, actor, domain, reason, entry)
    else:
        forms.save(form, t("Saved."), writing.rewrite, actor, opened.id, opened.version, entry)


def _words(form: str, labels: tuple[str, str], title: str, text: str, suffix: str = "") -> tuple[str, str]:
    """The title and the text in one language."""
    helped = t("Left empty, the Chinese text stands here too.") if suffix else None
    with st.container(horizontal=True):
        title = st.text_input(
            labels[0], title, max_chars=writing.LONGEST_TITLE, help=helped, width=220,
            key=forms.key(form, f"title{suffix}"),
        )  # fmt: skip
        text = st.text_area(
            labels[1], text, height=110, max_chars=writing.LONGEST, help=helped, key=forms.key(form, f"text{suffix}")
        )
    return title, text


def _reason(actor: Actor, domain: LossDomain, form: str) -> int | None:
    offered = data.read(choices.choices, actor.scope, domain).reasons
    names = {key: each.names_en if current() == "en" else each.names for key, each in offered.items()}
    return st.selectbox(
        t("The reason that it answers"), list(names), None, format_func=lambda key: " / ".join(names[key]),
        key=forms.key(form, "reason"), placeholder=t("Choose a reason"),
    )  # fmt: skip
