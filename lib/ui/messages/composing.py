"""An SMS from a case: which text, which price, how it reads, why it may not go."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import streamlit as st

from db.terms import MessageKind
from lib import data
from lib.access import Actor
from lib.messages import outbox, templates, views
from lib.messages.outbox import QuoteMessage
from lib.messages.templates import Template
from lib.premiums.quotes import Saved
from lib.refusals import Conflict, Refused
from lib.renewals import consents
from lib.renewals.case import Case
from lib.ui import premiums, quotes
from lib.ui.guarding import guarded
from lib.ui.language import spoken, t, term
from lib.ui.messages import handling
from lib.ui.plain import plain
from lib.ui.renewals import pins


def draw(actor: Actor, case: Case, saved: tuple[Saved, ...], now: datetime) -> None:
    """The form: it sends only what it shows."""
    place = pins.place(case)
    kind = st.pills(
        t("SMS"), tuple(MessageKind), default=MessageKind.QUOTE, format_func=term, required=True,
        key=f"sms_kind-{place}", label_visibility="collapsed",
    )  # fmt: skip
    kind = kind or MessageKind.QUOTE
    texts = [each for each in data.read(templates.templates) if each.kind is kind]
    if not texts:
        st.info(t("There is no text for this yet. A manager writes one under SMS texts."))
        return
    template = _text(texts, f"{kind}-{place}")
    quote_id, amount = None, None
    if kind is MessageKind.QUOTE:
        quote_id, amount = quotes.price(saved, f"sms_quote-{place}", f"sms_amount-{place}")
        _left_out(saved, quote_id)
    ready = _preview(actor, case, kind, template, quote_id, amount)
    held_back = data.fresh(views.held_back, actor, case.id, now)
    if held_back is not None:
        _say_why(actor, case, held_back)
    label = t("Send quote by SMS") if kind is MessageKind.QUOTE else t("Send reminder by SMS")
    if st.button(
        label, type="primary", icon=":material/sms:", key=f"sms_send-{place}",
        disabled=held_back is not None or not ready,
    ):  # fmt: skip
        _send(actor, case, kind, QuoteMessage(template.id, quote_id, amount))


def _text(texts: list[Template], place: str) -> Template:
    by_id = {each.id: each for each in texts}
    chosen = st.selectbox(
        t("Text"), list(by_id), format_func=lambda key: by_id[key].name, key=f"sms_text-{place}",
    )  # fmt: skip
    return by_id.get(chosen or 0, texts[0])


def _left_out(saved: tuple[Saved, ...], quote_id: int | None) -> None:
    """What the customer would take to be in the plan, and is not."""
    for each in saved:
        if each.id == quote_id:
            premiums.left_out(each.trial)


def _preview(
    actor: Actor, case: Case, kind: MessageKind, template: Template, quote_id: int | None, amount: Decimal | None
) -> bool:
    """The message as it will read, or what is missing; whether it can be sent."""
    try:
        seen = data.fresh(views.preview, actor, case.id, kind, template.id, quote_id, amount)
    except Refused as refusal:
        st.caption(plain(spoken().of(refusal)))
        return False
    with st.container(border=True, key="sms_preview"):
        st.markdown(plain(seen.text))
    st.caption(t("{length} characters · {segments} SMS", length=seen.length, segments=seen.segments))
    return True


def _say_why(actor: Actor, case: Case, why: Refused) -> None:
    st.warning(spoken().of(why), icon=":material/sms_failed:")
    if case.sms_consent or case.opted_out_at is not None or case.mobile is None:
        return
    if st.button(t("Agreed on the phone"), key="sms_agree", icon=":material/check:"):
        _write(case, t("Consent noted."), consents.agree, actor, case.id, pins.version(case))


def _send(actor: Actor, case: Case, kind: MessageKind, typed: QuoteMessage) -> None:
    args: tuple[Any, ...] = (typed,) if kind is MessageKind.QUOTE else (typed.template_id,)
    command = outbox.send_quote if kind is MessageKind.QUOTE else outbox.send_reminder
    said = t("The SMS is in the outbox.") if handling.delivered() else t("Copy the text below and mark it sent.")
    _write(case, said, command, actor, case.id, pins.version(case), *args)


def _write(case: Case, said: str, command: Callable[..., Any], *args: Any) -> None:
    with guarded():
        try:
            data.write(command, *args)
        except Conflict as conflict:
            pins.met(case, conflict)
            return
        pins.done(said)
