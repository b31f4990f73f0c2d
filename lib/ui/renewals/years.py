"""The car's other years below a case's story: how each ended or when it comes, and the way there."""

from functools import partial

import streamlit as st

from db.terms import RenewalStatus
from lib import data
from lib.access import Actor
from lib.renewals import car_history
from lib.renewals.car_history import Year
from lib.renewals.case import Case
from lib.ui.language import t, term
from lib.ui.plain import plain
from lib.ui.renewals import address, wording


def draw(actor: Actor, case: Case) -> None:
    """One line a year; nothing where this is the car's only one."""
    years = data.fresh(car_history.of_case, actor, case.id)
    if not years:
        return
    heading = t("Other years of this car")
    st.markdown(f"**{heading}**")
    for year in years:
        st.button(
            plain(_told(year)), key=f"renewal_year-{year.id}", type="tertiary", icon=":material/history:",
            on_click=partial(address.say, address.CASE, year.id),
        )  # fmt: skip


def _told(year: Year) -> str:
    status = t("Partly renewed") if year.partly_renewed else term(year.status)
    why = ""
    if year.status is RenewalStatus.LOST:
        why = wording.either(year.loss_reason or "", year.loss_reason_en or "")
    elif year.status is RenewalStatus.VOID:
        why = wording.void_reason(year.void_reason)
    return " · ".join(filter(None, (f"{year.due_on:%Y-%m-%d}", term(year.type), status, why, year.owner)))
