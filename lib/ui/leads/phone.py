"""A lead's phone number: masked, and on request in full for a minute, to be called."""

from datetime import datetime, timedelta

import streamlit as st

from lib import clock, data, reveals
from lib.access import Actor, Permission
from lib.leads.case import Case
from lib.reveals import Act, Kind, Revealed
from lib.ui.guarding import guarded
from lib.ui.language import t
from lib.ui.plain import plain

SHOWN = "lead_phone"
LOOK_EVERY = timedelta(seconds=5)


def draw(actor: Actor, lead: Case) -> None:
    """The masked number with the way to see it, or the number to call."""
    if lead.mobile is None:
        st.caption(t("No mobile number on file. Add it under Details."))
        return
    shown = _shown(lead)
    if shown is not None:
        _in_full(lead.id)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(plain(lead.mobile))
        if actor.user_id == lead.consultant_id and actor.may(Permission.REVEAL):
            if st.button(t("Show to call"), key=f"phone_show-{lead.id}", icon=":material/call:"):
                _reveal(actor, lead, Act.CALL)
        elif actor.may(Permission.REVEAL):
            _with_reason(actor, lead)


def _with_reason(actor: Actor, lead: Case) -> None:
    with st.popover(t("Show the number"), icon=":material/visibility:"), st.form(f"phone-{lead.id}", border=False):
        why = st.text_input(t("Why do you need it?"), key=f"phone_why-{lead.id}", max_chars=200)
        if st.form_submit_button(t("Show for a minute"), key=f"phone_send-{lead.id}"):
            _reveal(actor, lead, why or "")


def _reveal(actor: Actor, lead: Case, why: Act | str) -> None:
    with guarded():
        revealed = data.write(reveals.reveal, actor, Kind.LEAD, lead.id, why)
        until = clock.now() + timedelta(seconds=reveals.SHOWN_SECONDS)
        st.session_state[SHOWN] = (lead.id, until, revealed)
        st.rerun()


def _shown(lead: Case) -> Revealed | None:
    """What is revealed of this lead and not over yet; anything else is forgotten."""
    kept: tuple[int, datetime, Revealed] | None = st.session_state.get(SHOWN)
    if kept is None or kept[0] != lead.id or kept[1] <= clock.now():
        st.session_state.pop(SHOWN, None)
        return None
    return kept[2]


@st.fragment(run_every=LOOK_EVERY)
def _in_full(lead_id: int) -> None:
    """The name and number in full until their minute is over; then the page is drawn anew, masked."""
    kept: tuple[int, datetime, Revealed] | None = st.session_state.get(SHOWN)
    if kept is None or kept[0] != lead_id or kept[1] <= clock.now():
        st.session_state.pop(SHOWN, None)
        st.rerun()
    _, until, revealed = kept
    number = revealed.mobile or ""
    st.link_button(
        f"{plain(revealed.name)} {number[:3]} {number[3:7]} {number[7:]}".strip(), f"tel:{number}",
        icon=":material/call:", type="primary",
    )  # fmt: skip
    st.caption(
        t("Shown for {seconds} s more. This look is on record.", seconds=int((until - clock.now()).total_seconds()))
    )
