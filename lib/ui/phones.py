"""A customer's phone number: masked, and on request in full for a minute, to be called."""

from datetime import datetime, timedelta

import streamlit as st

from lib import clock, data, reveals
from lib.access import Actor
from lib.reveals import Act, Kind, Revealed
from lib.ui.guarding import guarded
from lib.ui.language import t
from lib.ui.plain import plain

SHOWN = "phone_shown"
LOOK_EVERY = timedelta(seconds=5)


def draw(actor: Actor, kind: Kind, record_id: int, mobile: str, own: bool) -> None:
    """The masked number with the way to see it, or the number to call. On one's own case the call is the reason."""
    if _shown(kind, record_id) is not None:
        _in_full(kind, record_id)
        return
    with st.container(horizontal=True, vertical_alignment="center", width="content"):
        st.markdown(plain(mobile), width="content")
        if not reveals.may_see(actor, own):
            return
        if own:
            if st.button(t("Show to call"), key=f"phone_show-{kind}-{record_id}", icon=":material/call:"):
                _reveal(actor, kind, record_id, Act.CALL)
        else:
            _with_reason(actor, kind, record_id)


def _with_reason(actor: Actor, kind: Kind, record_id: int) -> None:
    place = f"{kind}-{record_id}"
    with st.popover(t("Show the number"), icon=":material/visibility:"), st.form(f"phone-{place}", border=False):
        why = st.text_input(t("Why do you need it?"), key=f"phone_why-{place}", max_chars=200)
        if st.form_submit_button(t("Show for a minute"), key=f"phone_send-{place}"):
            _reveal(actor, kind, record_id, why or "")


def _reveal(actor: Actor, kind: Kind, record_id: int, why: Act | str) -> None:
    with guarded():
        revealed = data.write(reveals.reveal, actor, kind, record_id, why)
        until = clock.now() + timedelta(seconds=reveals.SHOWN_SECONDS)
        st.session_state[SHOWN] = (kind, record_id, until, revealed)
        st.rerun()


def _shown(kind: Kind, record_id: int) -> tuple[datetime, Revealed] | None:
    """Until when what is revealed of this record; anything else, or what is over, is forgotten."""
    kept: tuple[Kind, int, datetime, Revealed] | None = st.session_state.get(SHOWN)
    if kept is None or kept[:2] != (kind, record_id) or kept[2] <= clock.now():
        st.session_state.pop(SHOWN, None)
        return None
    return kept[2:]


@st.fragment(run_every=LOOK_EVERY)
def _in_full(kind: Kind, record_id: int) -> None:
    """The name and number in full until their minute is over; then the page is drawn anew, masked."""
    shown = _shown(kind, record_id)
    if shown is None:
        st.rerun()
    until, revealed = shown
    number = revealed.mobile or ""
    st.link_button(
        f"{plain(revealed.name)} {number[:3]} {number[3:7]} {number[7:]}".strip(), f"tel:{number}",
        icon=":material/call:", type="primary",
    )  # fmt: skip
    st.caption(
        t("Shown for {seconds} s more. This look is on record.", seconds=int((until - clock.now()).total_seconds()))
    )
