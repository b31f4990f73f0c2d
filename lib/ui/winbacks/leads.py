"""Lost leads worth another call: taken up again by whose they are, or given to somebody by a manager."""

from datetime import timedelta
from typing import Any

import streamlit as st

from lib import data, formats, settings
from lib.access import Actor, Permission
from lib.leads import choices
from lib.ui import navigation
from lib.ui.guarding import guarded
from lib.ui.language import spoken, t, term
from lib.ui.store.forms import SAID
from lib.ui.winbacks import table
from lib.ui.winbacks.filters import Chosen
from lib.winbacks import reading, taking_up
from lib.winbacks.reading import LostLead, Page
from lib.winbacks.taking_up import Seen


def draw(actor: Actor, chosen: Chosen) -> None:
    """Who may be called again, or what the rate of the period counts."""
    if chosen.counted:
        st.caption(t("Leads taken up again in the period, and whether they ordered since."))
        table.draw(actor, f"leads-counted-{chosen}", _counted(chosen), _cells_counted, _nothing(), chooses=False)
        return
    st.caption(_rule())
    writes = actor.may(Permission.LEAD_WRITE)

    def read(place: Any, limit: int) -> Page[LostLead]:
        return data.read(reading.leads_to_call, chosen.scope, chosen.today, place, limit)

    picked = table.draw(actor, f"leads-{chosen}", read, _cells, _nothing(), chooses=True)
    if len(picked) == 1:
        st.page_link(
            navigation.leads(), label=t("See the lead"), icon=":material/open_in_new:",
            query_params={"lead": str(picked[0].id)},
        )  # fmt: skip
    if picked and writes:
        _take_up(actor, chosen, picked)
    elif not picked:
        st.caption(t("Tick lines to take them up again.") if writes else t("Tick a line to open its lead."))


def _rule() -> str:
    bounds = data.read(reading.bounds)
    return t(
        "Lost {least} to {most} days ago for a reason within our reach or because the purchase was postponed; mobile "
        "number on file, not opted out, neither followed up nor bought since. The days stand in the store settings.",
        least=bounds.least, most=bounds.most,
    )  # fmt: skip


def _counted(chosen: Chosen) -> Any:
    def read(place: Any, limit: int) -> Page[LostLead]:
        return data.read(reading.leads_taken_up, chosen.scope, chosen.period, place, limit)

    return read


def _take_up(actor: Actor, chosen: Chosen, picked: tuple[LostLead, ...]) -> None:
    with st.form("winback_take_up", border=False, enter_to_submit=False):
        with st.container(horizontal=True):
            day = st.date_input(
                t("Next contact"), chosen.today + timedelta(days=1), min_value=chosen.today, format="YYYY-MM-DD",
                key="winback_next", width=160,
            )  # fmt: skip
            to_id = _taker(actor)
        why = st.text_input(t("Why now"), max_chars=500, key="winback_why")
        sent = st.form_submit_button(
            t("Take up {count} leads", count=len(picked)), type="primary", icon=":material/replay:"
        )
    if sent:
        with guarded():
            seen = tuple(Seen(each.id, each.version) for each in picked)
            count = data.write(taking_up.take_up, actor, seen, day, why or "", to_id)
            table.forget()
            st.session_state.pop("winback_why", None)
            st.session_state[SAID] = t("{count} leads are followed up again.", count=count)
            st.rerun()


def _taker(actor: Actor) -> int | None:
    """Who takes them; nobody chosen leaves each with its consultant."""
    if not actor.may(Permission.LEAD_HAND_OVER):
        return None
    names = {each.id: each.name for each in data.read(choices.consultants, actor.scope)}
    return st.selectbox(
        t("Who takes them"), list(names), None, format_func=names.__getitem__, key="winback_taker",
        placeholder=t("Each its own consultant"),
    )  # fmt: skip


def _nothing() -> str:
    return t("No lost lead is worth another call now. They appear some weeks after a loss that was not final.")


def _cells(row: LostLead) -> dict[str, Any]:
    return {
        t("Lost on"): _moment(row),
        t("Lead"): row.number,
        t("Customer"): row.customer or "",
        t("Model"): row.car_model or "",
        t("Lost because"): table.reason(row),
        t("Competitor"): row.competitor or "",
        t("Price gap"): formats.amount(row.price_gap_amount, spoken()) if row.price_gap_amount else "",
        t("Consultant"): row.person if row.works else t("{name} (left)", name=row.person),
        t("Channel"): row.channel,
    }


def _cells_counted(row: LostLead) -> dict[str, Any]:
    cells = {t("Taken up on"): _moment(row), t("Ordered since"): t("yes") if row.ordered else t("not yet")}
    return cells | {name: cell for name, cell in _cells(row).items() if name != t("Lost on")} | {
        t("Status"): term(row.status)
    }  # fmt: skip


def _moment(row: LostLead) -> str:
    return formats.day_with_year(row.at.astimezone(settings.load().zone).date(), spoken())
