"""The day list: who promised to come."""

from datetime import date, datetime, time, timedelta

import streamlit as st

from lib import data, settings
from lib.access import Actor
from lib.renewals import case
from lib.renewals.case import Visit
from lib.ui import moments
from lib.ui.language import t, term
from lib.ui.plain import plain
from lib.ui.renewals import address


def draw(actor: Actor, today: date) -> None:
    """Today's and tomorrow's appointments behind one button."""
    start = datetime.combine(today, time(), settings.load().zone)
    visits = data.read(case.visits, actor.own_scope, start, start + timedelta(days=2))
    first = [each for each in visits if each.at < start + timedelta(days=1)]
    label = t("Coming today {count}", count=len(first))
    with st.popover(label, icon=":material/event_available:", key="renewal_visits"):
        if not visits:
            st.caption(t("Nobody has an appointment today or tomorrow."))
        for each in visits:
            st.button(
                _line(each), key=f"visit-{each.renewal_id}", type="tertiary",
                on_click=address.say, args=(address.CASE, each.renewal_id),
            )  # fmt: skip


def _line(each: Visit) -> str:
    parts = (moments.moment(each.at), each.plate, each.customer, each.car_model, each.owner, term(each.status))
    return plain(" · ".join(filter(None, parts)))
