"""Keeping the texts: what they may say, how they read with an example, when they go out."""

import streamlit as st

from db.terms import MessageKind
from lib import data, settings
from lib.access import Actor
from lib.messages import hours, templates, texts
from lib.messages.templates import Template, Typed
from lib.refusals import Conflict, Refused
from lib.ui.guarding import guarded
from lib.ui.language import spoken, t, term
from lib.ui.plain import plain
from lib.ui.renewals import pins

CHOSEN, NEXT = "text_chosen", "text_next"


def choice() -> Template | None:
    """The texts, and a new one; the chosen one (none: new)."""
    if said := st.session_state.pop(pins.SAID, None):
        st.toast(said, icon=":material/check_circle:")
    known = {each.id: each for each in data.read(templates.templates)}
    if NEXT in st.session_state:
        st.session_state[CHOSEN] = st.session_state.pop(NEXT)
    if st.session_state.get(CHOSEN, 0) not in (*known, None):
        st.session_state[CHOSEN] = next(iter(known), None)

    def named(key: int | None) -> str:
        return t("New text …") if key is None else f"{term(known[key].kind)} · {known[key].name}"

    chosen = st.radio(
        t("Texts in use"), [*known, None], format_func=named, key=CHOSEN, label_visibility="collapsed"
    )  # fmt: skip
    return None if chosen is None else known[chosen]


def form(actor: Actor, chosen: Template | None) -> None:
    """The chosen text to change, or a new one to write; read with an example while one types."""
    place = f"{chosen.id if chosen else 'new'}-{st.session_state.get(pins.TURN, 0)}"
    kind = _kind(chosen, place)
    name = st.text_input(t("Name of the text"), chosen.name if chosen else "", key=f"text_name-{place}", max_chars=50)
    body = st.text_area(
        t("What it says"), chosen.body if chosen else "", key=f"text_body-{place}", max_chars=500, height=150
    )  # fmt: skip
    st.caption(plain(t("It may use: {variables}", variables=" ".join(f"{{{each}}}" for each in texts.VARIABLES[kind]))))
    code = st.text_input(
        t("Code of the provider"), (chosen.provider_code or "") if chosen else "", key=f"text_code-{place}",
        max_chars=64, help=t("Only for a provider that approves texts: the code under which it knows this one."),
    )  # fmt: skip
    _example(kind, body or "")
    with st.container(horizontal=True):
        if st.button(t("Save"), type="primary", icon=":material/save:", key=f"text_save-{place}"):
            _save(actor, chosen, Typed(kind, name or "", body or "", code or ""))
        if chosen and st.button(t("Offer no more"), icon=":material/archive:", key=f"text_retire-{place}"):
            with guarded():
                data.write(templates.retire, actor, chosen.id, chosen.version)
                pins.done(t("The text is offered no more."))
    st.caption(t("A change is a new text: messages that were written keep the old one."))


def hours_form(actor: Actor) -> None:
    """From when until when SMS go out."""
    now = data.read(hours.permitted)
    place = st.session_state.get(pins.TURN, 0)
    with st.form(f"sms_hours-{place}", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            start = st.time_input(t("From"), now.start, key=f"sms_from-{place}")
            end = st.time_input(t("Until"), now.end, key=f"sms_until-{place}")
            sent = st.form_submit_button(t("Save"), key=f"sms_hours_save-{place}")
        st.caption(t("By the store's clock. Outside these hours nothing is sent; what waits goes out in the morning."))
    if sent:
        with guarded():
            data.write(hours.set_hours, actor, start, end)
            pins.done(t("Saved."))


def _kind(chosen: Template | None, place: str) -> MessageKind:
    if chosen is not None:
        st.badge(term(chosen.kind))
        return chosen.kind
    kind = st.pills(
        t("What for"), tuple(MessageKind), default=MessageKind.QUOTE, format_func=term, required=True,
        key=f"text_kind-{place}",
    )  # fmt: skip
    return kind or MessageKind.QUOTE


def _example(kind: MessageKind, body: str) -> None:
    """The text with example values, its length and segments; or what is wrong with it."""
    if not body.strip():
        return
    try:
        whole = texts.framed(
            settings.load().sms_signature or texts.EXAMPLE["store"], texts.check(kind, body), texts.EXAMPLE
        )
    except Refused as refusal:
        st.warning(plain(spoken().of(refusal)), icon=":material/edit:")
        return
    with st.container(border=True, key="sms_preview"):
        st.markdown(plain(whole))
    st.caption(t("{length} characters · {segments} SMS", length=texts.length(whole), segments=texts.segments(whole)))


def _save(actor: Actor, chosen: Template | None, typed: Typed) -> None:
    with guarded():
        try:
            if chosen is None:
                new = data.write(templates.add, actor, typed)
            else:
                new = data.write(templates.replace, actor, chosen.id, chosen.version, typed)
        except Conflict as conflict:
            st.error(spoken().of(conflict), icon=":material/group:")
            return
        st.session_state[NEXT] = new
        pins.done(t("Saved."))
