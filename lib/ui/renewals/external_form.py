"""The form for a customer who was never insured here."""

from datetime import date, timedelta

import streamlit as st

from db.terms import Tier
from lib import data
from lib.access import Actor
from lib.renewals import by_hand
from lib.renewals.by_hand import External
from lib.ui.guarding import guarded
from lib.ui.language import t, term
from lib.ui.renewals import pins


def draw(actor: Actor, today: date) -> None:
    """Behind one button: the car, the customer, when the present policy expires."""
    place = st.session_state.get(pins.TURN, 0)
    with (
        st.popover(t("Add a customer"), icon=":material/person_add:", key="renewal_external"),
        st.form(f"external-{place}", border=False),
    ):
        vin = st.text_input(t("VIN"), key=f"external_vin-{place}", max_chars=40, autocomplete="off")
        with st.container(horizontal=True):
            plate = st.text_input(t("Plate"), key=f"external_plate-{place}", max_chars=10, autocomplete="off")
            model = st.text_input(t("Model"), key=f"external_model-{place}", max_chars=100)
        with st.container(horizontal=True):
            name = st.text_input(t("Name"), key=f"external_name-{place}", max_chars=100, autocomplete="off")
            mobile = st.text_input(
                t("Mobile"),
                key=f"external_mobile-{place}",
                type="phone",
                autocomplete="off",
                placeholder=t("11 digits"),
            )
        due_on = st.date_input(
            t("Present policy expires on"), value=None, format="YYYY-MM-DD", key=f"external_due-{place}",
            min_value=today - timedelta(days=90), max_value=today + timedelta(days=730),
        )  # fmt: skip
        tier = st.pills(t("Tier"), tuple(Tier), format_func=term, key=f"external_tier-{place}")
        if st.form_submit_button(t("Open the case"), type="primary", key=f"external_save-{place}", width="stretch"):
            with guarded():
                typed = External(vin or "", due_on, name or "", mobile or "", plate or "", model or "", tier)
                pins.done(t("The case is open."), data.write(by_hand.enter, actor, typed))
