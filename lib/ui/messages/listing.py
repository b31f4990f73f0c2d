"""The outbox as a list: by what is to be done, the latest first, the chosen message beside it."""

from datetime import datetime
from enum import Enum

import streamlit as st

from db.terms import MessageStatus
from lib import data
from lib.access import Actor
from lib.messages import opt_outs, views
from lib.messages.views import PAGE, Sms
from lib.refusals import N_
from lib.ui import moments, navigation
from lib.ui.guarding import guarded
from lib.ui.language import t, term
from lib.ui.messages import handling
from lib.ui.plain import plain
from lib.ui.renewals import pins, wording
from lib.ui.renewals.address import CASE

BEFORE, GROUP = "outbox_before", "outbox_group"


class Group(Enum):
    """What somebody looks for in the outbox."""

    TO_DO = N_("For a person")
    WAITING = N_("Waiting to go out")
    SENT = N_("Sent")
    CANCELLED = N_("Cancelled")


STATUSES: dict[Group, tuple[MessageStatus, ...]] = {
    Group.TO_DO: views.TO_DO,
    Group.WAITING: (MessageStatus.WAITING,),
    Group.SENT: (MessageStatus.SENT,),
    Group.CANCELLED: (MessageStatus.CANCELLED,),
}


def groups(actor: Actor) -> Group:
    """The groups with how many are in those that are not through yet; the chosen one."""
    if said := st.session_state.pop(pins.SAID, None):
        st.toast(said, icon=":material/check_circle:")
    counts = data.read(views.counts, actor.own_scope)

    def label(group: Group) -> str:
        count = sum(counts.get(status, 0) for status in STATUSES[group])
        return f"{t(group.value)} {wording.count(count)}" if STATUSES[group][0] in counts else t(group.value)

    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        chosen = st.pills(
            t("Which messages"), list(Group), default=Group.TO_DO, format_func=label, required=True, key=GROUP,
            wrap=True, label_visibility="collapsed", on_change=_first_page,
        )  # fmt: skip
        _opt_out(actor)
    return chosen or Group.TO_DO


def table(actor: Actor, group: Group, now: datetime) -> Sms | None:
    """A page of the group; the message whose row is chosen."""
    before: int | None = st.session_state.get(BEFORE)
    found = data.fresh(views.outbox, actor.own_scope, STATUSES[group], before, now)
    if not found:
        st.info(t("No messages here. An SMS is written in a case of the renewal queue."), icon=":material/sms:")
        return None
    picked = st.dataframe(
        [_row(each) for each in found], hide_index=True, on_select="rerun", selection_mode="single-row",
        row_height=36, height=min(620, 40 + 36 * len(found)), key=f"outbox-{group.name}-{before}-{found[0].id}",
    )  # fmt: skip
    with st.container(horizontal=True):
        if before is not None:
            st.button(t("Latest"), icon=":material/first_page:", key="outbox_first", on_click=_first_page)
        if len(found) == PAGE:
            st.button(
                t("Older"), icon=":material/chevron_right:", key="outbox_older", on_click=_go, args=(found[-1].id,)
            )
    rows = picked["selection"]["rows"]
    return found[rows[0]] if rows and rows[0] < len(found) else None


def one(actor: Actor, chosen: Sms | None, now: datetime) -> None:
    """The chosen message with its acts, and the way to its case."""
    if chosen is None:
        st.caption(t("Choose a message in the list to read it and decide."))
        return
    st.subheader(plain(" · ".join(filter(None, (chosen.customer, chosen.mobile)))), anchor=False)
    handling.draw(actor, chosen, now)
    st.page_link(
        navigation.renewals(), label=t("Go to the case"), icon=":material/open_in_new:",
        query_params={CASE: str(chosen.renewal_id)},
    )  # fmt: skip


def _row(each: Sms) -> dict[str, str | int]:
    return {
        t("When"): moments.moment(each.sent_at or each.created_at),
        t("State"): handling.status(each),
        t("Kind"): term(each.kind),
        t("Customer"): each.customer or wording.NOTHING,
        t("Mobile"): each.mobile or wording.NOTHING,
        t("By"): each.author or wording.NOTHING,
        t("Attempts"): each.attempts,
        t("Why"): t(each.error) if each.error else "",
    }


def _opt_out(actor: Actor) -> None:
    """A number that called or wrote elsewhere that it wants no more SMS."""
    turn = st.session_state.get(pins.TURN, 0)
    with (
        st.popover(t("Note an opt-out"), icon=":material/block:", key="outbox_opt_out"),
        st.form(f"opt_out-{turn}", border=False),
    ):
        mobile = st.text_input(
            t("Mobile"), key=f"opt_out_mobile-{turn}", type="phone", autocomplete="off", placeholder=t("11 digits")
        )
        if st.form_submit_button(t("No more SMS to this number"), key=f"opt_out_save-{turn}"):
            with guarded():
                data.write(opt_outs.record, actor, mobile or "")
                pins.done(t("Opt-out noted."))


def _first_page() -> None:
    st.session_state.pop(BEFORE, None)


def _go(before: int) -> None:
    st.session_state[BEFORE] = before
