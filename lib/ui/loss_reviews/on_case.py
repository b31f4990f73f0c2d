"""On a case: the manager's question about its loss, and the form that answers it, with the record corrected."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import streamlit as st

from db.terms import LossDomain, LossReviewState
from lib import data
from lib.access import Actor, Permission
from lib.leads.choices import Reason
from lib.loss_reviews import answering, judging, reading
from lib.loss_reviews.answering import Answer, Correction
from lib.loss_reviews.reading import Loss
from lib.refusals import Conflict
from lib.ui.guarding import guarded
from lib.ui.language import current, t
from lib.ui.loss_reviews import wording
from lib.ui.plain import plain

ANSWER = {LossDomain.LEAD: answering.answer_lead, LossDomain.RENEWAL: answering.answer_renewal}
WRITE = {LossDomain.LEAD: Permission.LEAD_WRITE, LossDomain.RENEWAL: Permission.RENEWAL_WRITE}
SAID, SEEN = "review_answered", "review_seen"


def draw(
    actor: Actor, domain: LossDomain, case_id: int, reasons: tuple[Reason, ...], corrected: Callable[[], None]
) -> None:
    """Nothing where no question was asked about the case's loss; one that was accepted since is past. `corrected` is
    called when the case was changed with the answer, by this person then."""
    if said := st.session_state.pop(SAID, None):
        st.toast(said, icon=":material/check_circle:")
    if not actor.may(Permission.LOSS_READ):
        return
    loss = data.fresh(reading.of_case, actor.own_scope, domain, case_id)
    if loss is None or loss.review is None or not loss.review.question:
        return
    if loss.review.state is LossReviewState.ACCEPTED:
        return
    with st.container(border=True, key=f"loss_question-{domain}-{case_id}"):
        waits = loss.review.state is LossReviewState.RETURNED
        st.badge(
            t("Returned with a question") if waits else t("Question answered"),
            icon=":material/contact_support:" if waits else ":material/check:", color="orange" if waits else "green",
        )  # fmt: skip
        st.markdown(plain(wording.asked(loss.review)))
        if not waits:
            st.markdown(plain(wording.answered(loss.review)))
        elif actor.may(WRITE[domain]):
            _form(actor, _as_opened(loss), reasons, corrected)


def _as_opened(loss: Loss) -> Loss:
    """The loss as this person saw it first: what others change meanwhile is met when it is saved."""
    seen: Loss | None = st.session_state.get(SEEN)
    if seen is None or (seen.domain, seen.case_id) != (loss.domain, loss.case_id):
        st.session_state[SEEN] = seen = loss
    return seen


def _form(actor: Actor, loss: Loss, reasons: tuple[Reason, ...], corrected: Callable[[], None]) -> None:
    place = f"{loss.domain}-{loss.case_id}-{loss.event_id}"
    with st.form(f"review-answer-{place}", border=False, enter_to_submit=False):
        text = st.text_area(t("Your answer"), key=f"review-answer-text-{place}", height=70, max_chars=judging.LONGEST)
        with st.expander(t("Correct what was recorded")):
            correction = _correction(loss, reasons, place)
        sent = st.form_submit_button(
            t("Send the answer"), type="primary", icon=":material/send:", key=f"review-answered-{place}"
        )
    if sent:
        _save(actor, loss, text or "", correction, corrected)


def _correction(loss: Loss, reasons: tuple[Reason, ...], place: str) -> Correction:
    """The fields as they were recorded; a reason that is no longer offered stays to choose for its own case."""
    english = current() == "en"
    named = {each.id: (each.group_en, each.name_en) if english else (each.group, each.name) for each in reasons}
    named.setdefault(loss.loss_reason_id, loss.reason_en if english else loss.reason)
    keys = list(named)
    reason = st.selectbox(
        t("Reason for the loss"), keys, index=keys.index(loss.loss_reason_id), key=f"review-reason-{place}",
        format_func=lambda key: " / ".join(dict.fromkeys(named[key])),
    )  # fmt: skip
    with st.container(horizontal=True):
        competitor = st.text_input(
            t("Lost to (competitor)"), loss.competitor or "", key=f"review-competitor-{place}", max_chars=100
        )
        gap = st.number_input(
            t("Price gap, yuan"), value=_number(loss.price_gap_amount), min_value=0.0, step=100.0, format="%.2f",
            key=f"review-gap-{place}", placeholder="",
        )  # fmt: skip
    amount = None if gap is None else Decimal(str(gap)).quantize(Decimal("0.01"))
    return Correction(reason, competitor or "", amount)


def _number(amount: Decimal | None) -> Any:
    return None if amount is None else float(amount)


def _save(actor: Actor, loss: Loss, text: str, correction: Correction, corrected: Callable[[], None]) -> None:
    seen = loss.review.version if loss.review else 0
    with guarded():
        try:
            typed = Answer(loss.event_id, seen, loss.case_version, text, correction)
            data.write(ANSWER[loss.domain], actor, typed)
        except Conflict:
            st.session_state.pop(SEEN, None)
            raise
        st.session_state.pop(SEEN, None)
        if correction != Correction(loss.loss_reason_id, loss.competitor or "", loss.price_gap_amount):
            corrected()
        st.session_state[SAID] = t("Your answer is with the manager.")
        st.rerun()
