"""The manager's list: what waits for an answer, longest first, and what was answered last."""

from datetime import date

import streamlit as st

from db.terms import ApprovalState, Approver
from lib import data, formats
from lib.access import Actor
from lib.approvals import asking, waiting
from lib.approvals.waiting import Listed
from lib.ui import moments, navigation
from lib.ui.approvals import wording
from lib.ui.guarding import guarded
from lib.ui.language import spoken, t, term
from lib.ui.look import card
from lib.ui.plain import plain

SAID = "approvals_said"


def draw(actor: Actor, today: date) -> None:
    """One card a request; an empty list says what would fill it."""
    if said := st.session_state.pop(SAID, None):
        st.toast(said, icon=":material/check_circle:")
    found = data.read(waiting.waiting, actor, today)
    late = sum(each.request.overdue(today) for each in found)
    if not found:
        st.info(
            t("Nothing waits. A quote that goes beyond the store's rules appears here when a specialist asks for "
              "approval in its case."),
            icon=":material/task_alt:",
        )  # fmt: skip
    else:
        st.caption(t("{count} waiting, {late} overdue", count=len(found), late=late))
    for each in found:
        with card(f"approval-{each.request.id}"):
            _request(actor, each, today)
    _decided(data.read(waiting.decided, actor, today))


def _request(actor: Actor, each: Listed, today: date) -> None:
    words, request = spoken(), each.request
    title = (
        f"¥{formats.number(each.total_amount, words, 2)}",
        term(each.plan),
        each.insurer,
        each.plate,
        each.customer,
    )
    head, state = st.columns([3, 1], vertical_alignment="center")
    head.subheader(plain(" · ".join(filter(None, title))), anchor=False)
    with state:
        _age(each, today)
    facts, answer = st.columns([3, 2])
    with facts:
        for finding in request.findings:
            st.markdown(f":material/gavel: {plain(wording.finding(finding))}")
        asked = moments.in_full(request.asked_at)
        st.caption(plain(t("{who} asked on {when}", who=request.asked_by or "—", when=asked)))
        st.markdown(plain(f"“{request.reason or ''}”"))
        st.page_link(
            navigation.renewals(), label=t("See the case"), icon=":material/open_in_new:",
            query_params={"case": str(each.renewal_id)},
        )  # fmt: skip
    with answer:
        if each.mine:
            _answer(actor, each)
        else:
            st.caption(_not_mine(each))


def _age(each: Listed, today: date) -> None:
    if each.request.overdue(today):
        label = t("overdue: {days} working days", days=each.request.days)
        st.badge(label, icon=":material/alarm:", color="red")
    else:
        st.badge(
            t("decide by {day}", day=formats.day(each.request.due_on, spoken())), icon=":material/schedule:",
            color="gray",
        )  # fmt: skip


def _not_mine(each: Listed) -> str:
    if any(finding.rule.approver is Approver.GENERAL_MANAGER for finding in each.request.findings):
        return t("This goes to the general manager: a manager of the whole group.")
    return t("Nobody approves their own quote. Another manager decides.")


def _answer(actor: Actor, each: Listed) -> None:
    request = each.request
    with st.form(f"approval-form-{request.id}", border=False, enter_to_submit=False):
        said = st.text_area(
            t("Answer, with the reason"), key=f"approval-answer-{request.id}", height=80, max_chars=asking.LONGEST
        )
        with st.container(horizontal=True):
            approved = st.form_submit_button(
                t("Approve"), type="primary", icon=":material/check:", key=f"approve-{request.id}"
            )
            rejected = st.form_submit_button(t("Reject"), icon=":material/close:", key=f"reject-{request.id}")
    if approved or rejected:
        with guarded():
            command = asking.approve if approved else asking.reject
            data.write(command, actor, request.id, request.version, said)
            state = ApprovalState.APPROVED if approved else ApprovalState.REJECTED
            st.session_state[SAID] = t("Answered: {state}", state=term(state))
            st.rerun()


def _decided(found: tuple[Listed, ...]) -> None:
    if not found:
        return
    words = spoken()
    with card("approvals-decided", t("Answered last")):
        st.dataframe(
            [
                {
                    t("Answer"): term(each.request.state),
                    t("When"): moments.in_full(each.request.decided_at),
                    t("By"): each.request.decided_by or "—",
                    t("Asked by"): each.request.asked_by or "—",
                    t("Quote"): f"¥{formats.number(each.total_amount, words, 2)} · {term(each.plan)}",
                    t("Plate"): each.plate or "—",
                    t("Because"): "; ".join(wording.finding(finding) for finding in each.request.findings),
                    t("Reason given"): each.request.answer or "",
                }
                for each in found
            ],
            hide_index=True, key="approvals_decided",
        )  # fmt: skip
