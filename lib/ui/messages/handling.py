"""One message: how it reads, where it stands, and what a person may do about it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Literal

import streamlit as st

from db.terms import MessageStatus
from lib import clock, data, reveals, settings
from lib.access import Actor, Permission
from lib.messages import gateways, outbox
from lib.messages.outbox import Copy
from lib.messages.views import Sms
from lib.reveals import Act
from lib.ui import moments
from lib.ui.guarding import guarded
from lib.ui.language import t, term
from lib.ui.plain import plain
from lib.ui.renewals import pins

COPIED = "sms_copied"
LOOK_EVERY = timedelta(seconds=5)
Colour = Literal["red", "orange", "green", "gray", "blue"]
COLOURS: dict[MessageStatus, Colour] = {
    MessageStatus.FAILED: "red", MessageStatus.BY_HAND: "orange", MessageStatus.SENT: "green",
    MessageStatus.CANCELLED: "gray",
}  # fmt: skip
ICONS = {MessageStatus.FAILED: ":material/sms_failed:", MessageStatus.SENT: ":material/check:"}


def delivered() -> bool:
    """Whether a worker delivers messages here, or people do."""
    return settings.load().sms_gateway != gateways.MANUAL


def status(each: Sms) -> str:
    """Where it stands, in words."""
    return t("Unclear: did it arrive?") if each.unclear else term(each.status)


def draw(actor: Actor, each: Sms, now: datetime) -> None:
    """The message with its acts."""
    with st.container(key=f"sms-{each.id}", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            colour = "orange" if each.unclear else COLOURS.get(each.status, "blue")
            st.badge(status(each), color=colour, icon=ICONS.get(each.status))
            who = (moments.moment(each.sent_at or each.created_at), each.author, each.template, each.mobile)
            st.caption(plain(" · ".join(filter(None, who))))
        if _shown(each) is None:
            st.markdown(plain(each.text))
        if each.error is not None:
            st.caption(plain(t("Why: {error}", error=t(each.error))))
        if each.status is MessageStatus.WAITING and each.next_attempt_at and each.next_attempt_at > now:
            st.caption(t("Next attempt {when}.", when=moments.moment(each.next_attempt_at)))
        if actor.may(Permission.RENEWAL_WRITE):
            _acts(actor, each)


def _acts(actor: Actor, each: Sms) -> None:
    """The buttons that this state allows."""
    by_hand = each.status is MessageStatus.BY_HAND
    failed = each.status is MessageStatus.FAILED
    if by_hand and _shown(each) is not None:
        _in_full(each)
    with st.container(horizontal=True):
        if by_hand:
            _copy(actor, each)
        if by_hand or each.unclear:
            label = t("Mark sent") if by_hand else t("It arrived")
            _button(actor, each, label, ":material/check:", outbox.mark_sent)
        if failed or each.unclear:
            _button(actor, each, t("Send again"), ":material/refresh:", outbox.repeat)
        if failed or each.status is MessageStatus.WAITING:
            _button(actor, each, t("Send by hand"), ":material/back_hand:", outbox.take_by_hand)
        if by_hand or failed or each.unclear or each.status is MessageStatus.WAITING:
            _button(actor, each, t("Cancel SMS"), ":material/close:", outbox.cancel)


def _button(actor: Actor, each: Sms, label: str, icon: str, command: Callable[..., Any]) -> None:
    if st.button(label, icon=icon, key=f"{command.__name__}-{each.id}-{each.version}"):
        with guarded():
            data.write(command, actor, each.id, each.version)
            pins.done(t("{act}: done.", act=label))


def _copy(actor: Actor, each: Sms) -> None:
    """The way to the whole text: on one's own case the act is the reason, elsewhere one is typed."""
    if not actor.may(Permission.REVEAL) or _shown(each) is not None:
        return
    if actor.user_id == each.owner_id:
        if st.button(t("Show to copy"), icon=":material/content_copy:", type="primary", key=f"copy-{each.id}"):
            _reveal(actor, each, Act.COPY_SMS)
        return
    with (
        st.popover(t("Show to copy"), icon=":material/content_copy:", key=f"copy_why-{each.id}"),
        st.form(f"copy_form-{each.id}", border=False),
    ):
        why = st.text_input(t("Why do you need it?"), key=f"copy_reason-{each.id}", max_chars=200)
        if st.form_submit_button(t("Show for a minute"), key=f"copy_send-{each.id}"):
            _reveal(actor, each, why or "")


def _reveal(actor: Actor, each: Sms, why: Act | str) -> None:
    with guarded():
        whole = data.write(outbox.copy, actor, each.id, why)
        until = clock.now() + timedelta(seconds=reveals.SHOWN_SECONDS)
        st.session_state[COPIED] = (each.id, until, whole)
        st.rerun()


def _shown(each: Sms) -> tuple[datetime, Copy] | None:
    """Until when what is revealed of this message; what is over is forgotten."""
    kept: tuple[int, datetime, Copy] | None = st.session_state.get(COPIED)
    if kept is None or kept[0] != each.id:
        return None
    if kept[1] <= clock.now():
        st.session_state.pop(COPIED)
        return None
    return kept[1:]


def _in_full(each: Sms) -> None:
    st.fragment(partial(_minute, each), run_every=LOOK_EVERY)()


def _minute(each: Sms) -> None:
    """Number and text in full, each with a button that copies it, until their minute is over."""
    shown = _shown(each)
    if shown is None:
        st.rerun()
    until, whole = shown
    st.code(whole.mobile, language=None)
    st.code(whole.text, language=None, wrap_lines=True)
    left = int((until - clock.now()).total_seconds())
    st.caption(t("Shown for {seconds} s more. This look is on record.", seconds=left))
