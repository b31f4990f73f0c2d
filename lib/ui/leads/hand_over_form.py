"""The forms by which a manager hands leads over: one, or all open ones of someone who leaves."""

import streamlit as st

from lib import data
from lib.access import Actor
from lib.leads import choices, hand_over
from lib.leads.case import Case
from lib.refusals import N_, Conflict
from lib.ui.guarding import guarded
from lib.ui.language import t
from lib.ui.leads import pins


def one(actor: Actor, lead: Case) -> None:
    """Give this lead to another consultant."""
    names = {
        each.id: each.name for each in data.read(choices.consultants, actor.scope) if each.id != lead.consultant_id
    }
    with st.form(f"hand_over-{lead.id}", border=False):
        taker = st.selectbox(
            t("New consultant"), list(names), index=None, format_func=names.__getitem__,
            placeholder=t("Choose a consultant"), key=f"hand_over_to-{lead.id}",
        )  # fmt: skip
        st.caption(t("What happened so far still counts for {name}.", name=lead.consultant))
        sent = st.form_submit_button(t("Hand over"), type="primary", key=f"hand_over_save-{lead.id}", width="stretch")
    if sent:
        with guarded():
            try:
                data.write(hand_over.hand_over, actor, lead.id, pins.version(lead), taker or 0)
            except Conflict as conflict:
                pins.met(lead, conflict)
                return
            pins.done(lead, t("Handed over to {name}.", name=names.get(taker or 0, "")))


def everything(actor: Actor) -> None:
    """Give all open leads of one person to another."""
    holders = {each.id: each for each in data.read(choices.holders, actor.scope)}
    names = {each.id: each.name for each in data.read(choices.consultants, actor.scope)}

    def held(key: int) -> str:
        each = holders[key]
        sentence = N_("{name}: {count} open leads") if each.active else N_("{name} (left): {count} open leads")
        return t(sentence, name=each.name, count=each.open_leads)

    with st.popover(t("Hand over all leads of someone"), icon=":material/move_group:"), st.form("leaver", border=False):
        giver = st.selectbox(
            t("Who hands over"),
            list(holders),
            index=None,
            format_func=held,
            placeholder=t("Choose a person"),
            key="leaver_from",
        )
        taker = st.selectbox(
            t("Who takes them"), list(names), index=None, format_func=names.__getitem__,
            placeholder=t("Choose a consultant"), key="leaver_to",
        )  # fmt: skip
        if st.form_submit_button(t("Hand all over"), type="primary", key="leaver_save", width="stretch"):
            with guarded():
                count = data.write(hand_over.hand_over_all, actor, giver or 0, taker or 0)
                st.session_state[pins.SAID] = t(
                    "{count} leads handed over to {name}.", count=count, name=names.get(taker or 0, "")
                )
                st.rerun()
