"""The manager's table of the renewal desk, and the forms that give cases to people."""

from datetime import date

import pandas as pd
import streamlit as st

from db.terms import Tier
from lib import data, formats
from lib.access import Actor
from lib.kpi import Figure
from lib.refusals import N_
from lib.renewals import assignments, team
from lib.renewals.team import Member
from lib.ui import downloads, navigation, periods
from lib.ui.guarding import guarded
from lib.ui.language import spoken, t, term
from lib.ui.renewals import address, wording
from lib.ui.tones import LATE, PLAIN, toned

SAID, TURN = "team_said", "team_turn"
RATES = N_("Cases, due and overdue: now. Contacts, connected calls and compliance: of the period. Quote rate and "
           "renewal rate: cases due in the period.")  # fmt: skip
PROGRESS = N_("Cases, due and overdue: now. Contacts, connected calls and compliance: of the period. Quote rate and "
              "renewal rate: cases due in the period; it has not ended, so this is progress.")  # fmt: skip


def table(actor: Actor, today: date) -> None:
    """One line a specialist, for a period; a line opens that person's cases."""
    period = periods.choose().period(today)
    members = data.read(team.members, actor.scope, period, today)
    if not members:
        st.info(
            t("No renewal specialist works in this area yet. An administrator adds people."), icon=":material/group:"
        )
        return
    frame = pd.DataFrame([_cells(each) for each in members])
    styled = toned(frame, t("Calls overdue"), [LATE if each.overdue else PLAIN for each in members])
    picked = st.dataframe(
        styled, hide_index=True, placeholder="", key=f"team_table-{hash(members)}", on_select="rerun",
        selection_mode="single-row",
    )["selection"]["rows"]  # fmt: skip
    st.caption(t(RATES if today > period.last else PROGRESS))
    with st.container(horizontal=True, vertical_alignment="center"):
        name = f"{t('Renewal team')} {formats.period(period, spoken())}"
        downloads.offer(actor, t("Download"), name, list(frame.columns), frame.values.tolist(), key="team_download")
        if picked and members[picked[0]].id is not None:
            one = members[picked[0]]
            st.page_link(
                navigation.renewals(), label=t("Cases of {name}", name=_name(one)), icon=":material/open_in_new:",
                query_params={address.PERSON: str(one.id)},
            )  # fmt: skip


def give(actor: Actor) -> None:
    """Deal the unassigned, or hand over everything of somebody who is away."""
    if said := st.session_state.pop(SAID, None):
        st.toast(said, icon=":material/check_circle:")
    people = data.read(assignments.holders, actor.scope)
    names = {each.id: f"{each.name} ({each.load})" for each in people}
    takers = [each.id for each in people if each.takes]
    turn = st.session_state.get(TURN, 0)
    with st.form(f"give-{turn}", border=False):
        giver = st.selectbox(
            t("Whose cases"), list(names), index=None, format_func=names.__getitem__, key=f"give_from-{turn}",
            placeholder=t("The unassigned"),
        )  # fmt: skip
        tiers = st.pills(
            t("Tiers"), (*Tier, None), selection_mode="multi", default=(*Tier, None), key=f"give_tiers-{turn}",
            format_func=lambda tier: term(tier) or t("No tier"),
        )  # fmt: skip
        chosen = st.multiselect(
            t("Who takes them"), takers, format_func=names.__getitem__, key=f"give_to-{turn}",
            placeholder=t("Choose people"), select_all=False,
        )  # fmt: skip
        st.caption(t("Cases are dealt evenly in every tier. Next dates, clocks and history stay as they are."))
        sent = st.form_submit_button(t("Give"), type="primary", key=f"give_save-{turn}")
    if sent:
        with guarded():
            count = data.write(assignments.distribute, actor, giver, tuple(chosen), tuple(tiers or ()))
            st.session_state[SAID] = t("{count} cases given.", count=count)
            st.session_state[TURN] = turn + 1
            st.rerun()


def _cells(each: Member) -> dict[str, str | int]:
    return {
        t("Specialist"): _name(each),
        t("Cases in the queue"): each.load,
        t("Due by today"): each.due,
        t("Calls overdue"): each.overdue,
        t("Contacts"): each.contacts,
        t("Connected"): _rate(each.connected_rate),
        t("Three-day call compliance"): _rate(each.compliance),
        t("Quote rate"): _rate(each.quote_rate),
        t("Renewal rate"): _rate(each.renewal_rate),
    }


def _name(each: Member) -> str:
    if each.id is None:
        return t("nobody")
    return each.name or "" if each.active else t("{name} (left)", name=each.name)


def _rate(figure: Figure | None) -> str:
    if figure is None or figure.value is None:
        return wording.NOTHING
    return f"{float(figure.value):.0%}  {figure.numerator} / {figure.denominator}"
