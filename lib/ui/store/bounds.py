"""A form of whole numbers that the store sets, each within its bounds."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from lib import data, preference_entries
from lib.access import Actor
from lib.preference_entries import Entry
from lib.preferences import Preference
from lib.ui.language import t
from lib.ui.look import card
from lib.ui.store import forms


def draw(
    actor: Actor, name: str, labels: Mapping[Preference, str], ranges: Mapping[Preference, tuple[int, int]],
    stands: Callable[..., dict[str, Any]],
) -> None:  # fmt: skip
    """Only what differs from what was opened is stored. `labels` are message ids."""
    form = f"store_{name}"
    with card(f"{name}_values"):
        opened = forms.opened(form, data.read(stands))
        with st.form(form, border=False, enter_to_submit=False):
            typed = {
                each.name: int(
                    st.number_input(
                        t(label), *ranges[each], int(opened[each.name]), 1, key=forms.key(form, each.name), width=420
                    )
                )
                for each, label in labels.items()
            }
            sent = st.form_submit_button(t("Save"), type="primary", icon=":material/save:")
        if sent:
            entries = tuple(Entry(each, opened[each], value) for each, value in typed.items())
            forms.save(form, t("Saved."), preference_entries.set_values, actor, entries)
