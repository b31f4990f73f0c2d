"""Closing a store's month, and opening it again with a reason."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from db.terms import ChannelKind
from lib import data
from lib.access import Actor, Permission
from lib.forecasts import freezes
from lib.forecasts.freezes import Freeze
from lib.forecasts.standing import Overview, Submitted
from lib.ui import moments
from lib.ui.forecasts import wording
from lib.ui.guarding import guarded
from lib.ui.language import t
from lib.ui.look import card
from lib.ui.plain import plain
from lib.ui.today import today

SAID = "freeze_said"


def draw(actor: Actor, view: Overview) -> None:
    """One line a store: its sum, whether it is frozen, and what may be done about it."""
    if said := st.session_state.pop(SAID, None):
        st.toast(said, icon=":material/lock:")
    stores = [each for each in view.nodes if each.kind is ChannelKind.STORE]
    if not stores:
        return
    with card("forecast-freezes"):
        for store in stores:
            _store(actor, view, store, view.freeze_of(store.path))


def _store(actor: Actor, view: Overview, store: Submitted, freeze: Freeze | None) -> None:
    missing = sum(each.owes for each in view.nodes if each.path.startswith(store.path))
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        said = t("those straight below, cars: {count}", count=wording.number(store.below))
        waiting = t("{count} still missing", count=missing) if missing else t("complete")
        st.markdown(f"**{plain(store.name)}** · {plain(said)} · {plain(waiting)}", width="content")
        if freeze:
            _frozen(actor, view, freeze)
        elif actor.may(Permission.FORECAST_FREEZE) and view.month > today():
            label = t("Freeze {month}", month=wording.month(view.month))
            if st.button(label, icon=":material/lock:", key=f"freeze-{store.id}"):
                _run(t("Frozen."), freezes.freeze, actor, store.id, view.month)


def _frozen(actor: Actor, view: Overview, freeze: Freeze) -> None:
    with st.container(horizontal=True, vertical_alignment="center", width="content"):
        st.badge(
            t("frozen by {who}, {when}", who=freeze.frozen_by or "—", when=moments.in_full(freeze.frozen_at)),
            icon=":material/lock:", color="blue",
        )  # fmt: skip
        if not actor.may(Permission.FORECAST_FREEZE) or view.month <= today():
            return
        with (
            st.popover(t("Unfreeze"), icon=":material/lock_open:"),
            st.form(f"thaw-{freeze.id}", border=False, enter_to_submit=False),
        ):
            reason = st.text_area(t("Reason for unfreezing"), max_chars=freezes.LONGEST, key=f"thaw-why-{freeze.id}")
            if st.form_submit_button(t("Unfreeze"), type="primary", key=f"thaw-send-{freeze.id}"):
                _run(t("Unfrozen."), freezes.thaw, actor, freeze.id, freeze.version, reason)


def _run(said: str, command: Callable[..., Any], actor: Actor, *typed: Any) -> None:
    with guarded():
        data.write(command, actor, *typed)
        st.session_state[SAID] = said
        st.rerun()
