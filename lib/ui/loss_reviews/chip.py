"""How many of one's losses came back with a question, behind a button that opens each case."""

import streamlit as st

from db.terms import LossDomain
from lib import data
from lib.access import Actor, Permission
from lib.loss_reviews import reading
from lib.loss_reviews.reading import Loss
from lib.ui.language import t
from lib.ui.loss_reviews import wording
from lib.ui.plain import plain

NAMES = {LossDomain.LEAD: "lead", LossDomain.RENEWAL: "case"}  # what the address calls the open case


def draw(actor: Actor, domain: LossDomain) -> None:
    """Nothing where nothing came back."""
    if not actor.may(Permission.LOSS_READ):
        return
    losses = data.read(reading.returned, actor.own_scope, domain)
    if not losses:
        return
    label = t("Returned with a question {count}", count=len(losses))
    with st.popover(label, icon=":material/contact_support:", key=f"losses_returned-{domain}"):
        for loss in losses:
            st.button(
                plain(_line(loss)), key=f"returned-{loss.case_id}", type="tertiary", on_click=_open,
                args=(domain, loss.case_id),
            )  # fmt: skip


def _line(loss: Loss) -> str:
    question = loss.review.question if loss.review else ""
    return " · ".join(filter(None, (wording.whose(loss), wording.reason(loss), question)))


def _open(domain: LossDomain, case_id: int) -> None:
    st.query_params[NAMES[domain]] = str(case_id)
