"""The few values that the store decides: how days are counted, by when, where it is."""

import streamlit as st

from lib import data, preference_entries, preferences
from lib.access import Actor
from lib.preference_entries import RANGES, Entry
from lib.preferences import CALENDAR_DAYS, Preference
from lib.premiums.book import provinces
from lib.ui.language import t
from lib.ui.look import card
from lib.ui.store import forms

FORM = "store_values"


def draw(actor: Actor) -> None:
    """One form; only what differs from what was opened is stored."""
    stands = data.read(preference_entries.values)
    with card("values"):
        opened = forms.opened(FORM, stands)
        with st.form(FORM, border=False, enter_to_submit=False):
            typed = _fields(opened)
            sent = st.form_submit_button(t("Save"), type="primary", icon=":material/save:")
        if sent:
            entries = tuple(Entry(name, opened[name], value) for name, value in typed.items())
            forms.save(FORM, t("Saved."), preference_entries.set_values, actor, entries)


def _fields(opened: dict[str, object]) -> dict[str, object]:
    call, province = preferences.QUOTE_CALL_DAYS, preferences.PROVINCE
    known = data.read(provinces)
    home = opened[province.name]
    counted = st.radio(
        t("The three days of the call after an SMS quote are"), call.allowed, call.allowed.index(opened[call.name]),
        format_func=lambda each: t("calendar days") if each == CALENDAR_DAYS else t("working days"),
        key=forms.key(FORM, call.name), horizontal=True,
        help=t("Counted from the day after sending, to the end of the third day."),
    )  # fmt: skip
    st.caption(t("Holds for quotes sent from now on. A clock that runs keeps the day it was given."))
    left, middle, right = st.columns(3, vertical_alignment="bottom")
    with left:
        forecast = _number(
            preferences.FORECAST_DAY, t("A forecast is on time up to this day of the month before"), opened
        )
    with middle:
        decided = _number(preferences.APPROVAL_DAYS, t("Working days in which an approval is decided"), opened)
    with right:
        chosen = st.selectbox(
            t("Province or city of the store"), known, known.index(home) if home in known else None,
            key=forms.key(FORM, province.name), help=t("Its floating scheme and vehicle tax start a premium trial."),
        )  # fmt: skip
    return {
        call.name: counted, preferences.FORECAST_DAY.name: forecast, preferences.APPROVAL_DAYS.name: decided,
        province.name: chosen,
    }  # fmt: skip


def _number(preference: Preference, label: str, opened: dict[str, object]) -> int:
    least, most = RANGES[preference]
    return int(
        st.number_input(label, least, most, int(str(opened[preference.name])), 1, key=forms.key(FORM, preference.name))
    )
