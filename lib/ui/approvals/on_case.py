"""On a case: which saved quotes go beyond one's authority, asking for approval, and what was answered."""

from datetime import date

import streamlit as st

from db.terms import ApprovalState
from lib import data, formats
from lib.access import Actor, Permission
from lib.approvals import asking, waiting
from lib.approvals.waiting import Request, Standing
from lib.ui import moments
from lib.ui.approvals import wording
from lib.ui.guarding import guarded
from lib.ui.language import spoken, t, term
from lib.ui.plain import plain

SAID = "approval_asked"


def draw(actor: Actor, renewal_id: int, today: date) -> None:
    """Nothing where every quote is within the rules."""
    if said := st.session_state.pop(SAID, None):
        st.toast(said, icon=":material/check_circle:")
    for each in data.fresh(waiting.of_case, actor, renewal_id, today):
        with st.container(border=True, key=f"approval-quote-{each.quote_id}"):
            _quote(actor, each, today)


def _quote(actor: Actor, each: Standing, today: date) -> None:
    words = spoken()
    heading = plain(f"{term(each.plan)} ¥{formats.number(each.total_amount, words, 2)}")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{heading}**", width="content")
        _badge(each, today)
    for finding in each.findings:
        st.markdown(f":material/gavel: {plain(wording.finding(finding))}")
    for request in each.requests:
        _story(request)
    if not each.approved and not each.waiting and each.findings and actor.may(Permission.RENEWAL_WRITE):
        _ask(actor, each)


def _badge(each: Standing, today: date) -> None:
    if each.approved:
        st.badge(term(ApprovalState.APPROVED), color="green", icon=":material/check:")
    elif each.waiting and each.requests[0].overdue(today):
        st.badge(t("{state}, overdue", state=term(ApprovalState.WAITING)), color="red", icon=":material/alarm:")
    elif each.waiting:
        st.badge(term(ApprovalState.WAITING), color="orange", icon=":material/schedule:")
    elif each.requests and each.requests[0].state is ApprovalState.REJECTED:
        st.badge(term(ApprovalState.REJECTED), color="red", icon=":material/close:")
    else:
        st.badge(t("Needs approval"), color="orange", icon=":material/gavel:")


def _story(request: Request) -> None:
    asked = moments.in_full(request.asked_at)
    st.caption(plain(t("{when} {who} asked: {reason}", when=asked, who=request.asked_by or "—", reason=request.reason)))
    if request.decided_at is not None:
        told = t(
            "{when} {who}, {state}: {answer}", when=moments.in_full(request.decided_at),
            who=request.decided_by or "—", state=term(request.state), answer=request.answer,
        )  # fmt: skip
        st.caption(plain(told))


def _ask(actor: Actor, each: Standing) -> None:
    with st.form(f"approval-ask-{each.quote_id}", border=False, enter_to_submit=False):
        reason = st.text_input(
            t("Why should it be approved?"), key=f"approval-reason-{each.quote_id}", max_chars=asking.LONGEST
        )
        sent = st.form_submit_button(t("Ask for approval"), icon=":material/gavel:", key=f"ask-{each.quote_id}")
    if sent:
        with guarded():
            data.write(asking.ask, actor, each.quote_id, reason)
            st.session_state[SAID] = t("Approval is asked for.")
            st.rerun()
