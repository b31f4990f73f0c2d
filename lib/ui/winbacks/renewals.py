"""Cars that were lost the year before and come due again: a manager gives them to specialists."""

from typing import Any

import streamlit as st

from lib import data, formats
from lib.access import Actor, Permission
from lib.renewals import assignments
from lib.ui import navigation
from lib.ui.guarding import guarded
from lib.ui.language import spoken, t, term
from lib.ui.store.forms import SAID
from lib.ui.winbacks import table
from lib.ui.winbacks.filters import Chosen
from lib.winbacks import reading
from lib.winbacks.reading import AHEAD, Page, Returning


def draw(actor: Actor, chosen: Chosen) -> None:
    """What is open, or what the rate of the period counts."""
    if chosen.counted:
        st.caption(t("Win-back renewals due in the period, whatever became of them."))
        table.draw(actor, f"winback-counted-{chosen}", _counted(chosen), _cells, _nothing(), chooses=False)
        return
    st.caption(
        t("Insured here earlier and lost the year before; the policy expires within {days} days.", days=AHEAD.days)
    )
    gives = actor.may(Permission.RENEWAL_ASSIGN)
    unassigned = st.toggle(t("Only those that nobody has"), key="winback_unassigned")

    def read(place: Any, limit: int) -> Page[Returning]:
        return data.read(reading.renewals_to_work, chosen.scope, chosen.today, unassigned, place, limit)

    picked = table.draw(actor, f"winback-{chosen}-{unassigned}", read, _cells, _nothing(), chooses=True)
    if gives and picked:
        _give(actor, picked)
    elif len(picked) != 1:
        st.caption(t("Tick lines to give them to people; tick one alone to open its case.") if gives
                   else t("Tick a line to open its case."))  # fmt: skip
    if len(picked) == 1:
        st.page_link(
            navigation.renewals(), label=t("See the case"), icon=":material/open_in_new:",
            query_params={"case": str(picked[0].id)},
        )  # fmt: skip


def _counted(chosen: Chosen) -> Any:
    def read(place: Any, limit: int) -> Page[Returning]:
        return data.read(reading.renewals_counted, chosen.scope, chosen.period, place, limit)

    return read


def _give(actor: Actor, picked: tuple[Returning, ...]) -> None:
    holders = data.read(assignments.holders, actor.scope)
    names = {each.id: f"{each.name} ({each.load})" for each in holders if each.takes}
    with st.form("winback_give", border=False):
        takers = st.multiselect(
            t("Who takes them"), list(names), format_func=names.__getitem__, key="winback_takers",
            placeholder=t("Choose people"), select_all=False,
        )  # fmt: skip
        sent = st.form_submit_button(
            t("Give {count} cases", count=len(picked)), type="primary", icon=":material/assignment_ind:"
        )
    if sent:
        with guarded():
            count = data.write(assignments.assign, actor, tuple(each.id for each in picked), tuple(takers))
            table.forget()
            st.session_state[SAID] = t("{count} cases given.", count=count)
            st.rerun()


def _nothing() -> str:
    return t("No lost renewal comes due here. One appears in the year after a loss.")


def _cells(row: Returning) -> dict[str, Any]:
    return {
        t("Expiry"): formats.day_with_year(row.due_on, spoken()),
        t("Status"): term(row.status),
        t("Plate"): row.number or "",
        t("Customer"): row.customer or "",
        t("Model"): row.car_model or "",
        t("Lost because"): table.reason(row),
        t("Competitor"): row.competitor or "",
        t("Price gap"): formats.amount(row.price_gap_amount, spoken()) if row.price_gap_amount else "",
        t("Specialist"): row.person or t("nobody"),
        t("Channel"): row.channel,
    }
