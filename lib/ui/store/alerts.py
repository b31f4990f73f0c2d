"""From where on an alert of the network is raised."""

import streamlit as st

from lib import data, preference_entries, preferences
from lib.access import Actor
from lib.preference_entries import ALERTS, Entry
from lib.preferences import Preference
from lib.refusals import N_
from lib.ui.language import t
from lib.ui.look import card
from lib.ui.store import forms

FORM = "store_alerts"
LABELS = {
    preferences.ALERT_PRICE_BAND: N_("A sale's price may lie so many per cent off the guide price"),
    preferences.ALERT_BUYER_CARS: N_("So many cars to one buyer look like wholesale"),
    preferences.ALERT_BUYER_DAYS: N_("within so many days"),
    preferences.ALERT_SILENT_DAYS: N_("A node is silent after so many days without a record"),
}


def draw(actor: Actor) -> None:
    """One form; only what differs from what was opened is stored."""
    stands = data.read(preference_entries.thresholds)
    with card("alert_values"):
        opened = forms.opened(FORM, stands)
        with st.form(FORM, border=False, enter_to_submit=False):
            typed = {each.name: _number(each, opened[each.name]) for each in LABELS}
            sent = st.form_submit_button(t("Save"), type="primary", icon=":material/save:")
        if sent:
            entries = tuple(Entry(name, opened[name], value) for name, value in typed.items())
            forms.save(FORM, t("Saved."), preference_entries.set_values, actor, entries)


def _number(preference: Preference, now: object) -> int:
    least, most = ALERTS[preference]
    return int(
        st.number_input(
            t(LABELS[preference]), least, most, int(str(now)), 1, key=forms.key(FORM, preference.name), width=420
        )
    )
