"""One lead beside the list: who it is, what to do, what happened."""

import streamlit as st

from db.terms import LeadStatus, LossDomain
from lib import data
from lib.access import Actor, Permission
from lib.leads import case, choices, steps
from lib.leads.case import Case
from lib.reveals import Kind
from lib.ui import look, moments, phones, today
from lib.ui.counter_arguments import on_case as on_case_arguments
from lib.ui.guarding import guarded
from lib.ui.language import t, term
from lib.ui.leads import detail_form, hand_over_form, pins, step_form, story, wording
from lib.ui.loss_reviews import on_case
from lib.ui.plain import plain


def show(actor: Actor, lead_id: int) -> None:
    """The case, with what this person may do on it."""
    now = today.now()
    lead = data.fresh(case.case, actor, lead_id, now.date(), now)
    models = {each.id: each.name for each in data.read(choices.car_models)}
    if said := st.session_state.pop(pins.SAID, None):
        st.toast(said, icon=":material/check_circle:")
    with look.card("lead"):
        _head(actor, lead)
        on_case.draw(
            actor, LossDomain.LEAD, lead.id, data.read(choices.loss_reasons), lambda: pins.forget(lead)
        )  # fmt: skip
        if not actor.may(Permission.LEAD_WRITE):
            story.draw(lead, models)
            return
        pins.point_out(lead, models)
        names = [t("Record"), t("Lead details"), t("Story")]
        if actor.may(Permission.LEAD_HAND_OVER):
            names.append(t("Hand over"))
        record, details, told, *given = st.tabs(names, key=f"lead_tabs-{lead.id}")
        with record:
            if lead.status is not LeadStatus.DELIVERED:
                on_case_arguments.draw(LossDomain.LEAD, lead.id)
            step_form.draw(actor, lead)
        with details:
            detail_form.draw(actor, lead, models)
        with told:
            story.draw(lead, models)
        for tab in given:
            with tab:
                hand_over_form.one(actor, lead)


def _head(actor: Actor, lead: Case) -> None:
    st.subheader(
        " · ".join(filter(None, (plain(lead.customer) or t("Name unknown"), plain(lead.car_model)))), anchor=False
    )
    with st.container(horizontal=True, gap="small"):
        st.badge(term(lead.status), color="red" if lead.status is LeadStatus.LOST else "blue")
        if lead.intention_level:
            st.badge(t("Level {level}", level=lead.intention_level.value), color="orange")
        st.badge(term(lead.source), color="gray")
        if lead.closed_at is None:
            late = lead.late_days is not None and lead.late_days > 0
            st.badge(
                t("Next contact: {when}", when=wording.due(lead.late_days, lead.status)),
                icon=":material/schedule:" if late else None, color="red" if late else "gray",
            )  # fmt: skip
    facts = [lead.lead_no, t("since {when}", when=moments.moment(lead.since)), lead.consultant, lead.channel]
    if lead.order_price is not None:
        facts.append(t("order {price}", price=f"¥{lead.order_price:,.2f}"))
    if lead.vin:
        facts.append(lead.vin)
    st.caption(plain(" · ".join(facts)))
    with st.container(horizontal=True, vertical_alignment="center"):
        if lead.mobile is None:
            st.caption(t("No mobile number on file. Add it under Lead details."))
        else:
            phones.draw(actor, Kind.LEAD, lead.id, lead.mobile, actor.user_id == lead.consultant_id)
        _undo(actor, lead)


def _undo(actor: Actor, lead: Case) -> None:
    if lead.undo_until is None or not actor.may(Permission.LEAD_WRITE):
        return
    until = moments.moment(lead.undo_until)[-5:]
    pressed = st.button(
        t("Take back the last step"), key="lead_undo", icon=":material/undo:", type="tertiary",
        help=t("Possible until {time}.", time=until),
    )  # fmt: skip
    if pressed:
        with guarded():
            data.write(steps.undo, actor, lead.id, pins.version(lead))
            pins.done(lead, t("The last step is taken back."))
