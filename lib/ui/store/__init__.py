"""The page on which a manager sets what the store decides for itself: one part of it at a time."""

import streamlit as st

from lib.access import Actor
from lib.refusals import N_
from lib.ui import address
from lib.ui.language import t
from lib.ui.store import alerts, arguments, authority, calendar, forms, reasons, scripts, values, winbacks

PARTS = {
    "calendar": (N_("Working calendar"), calendar.draw),
    "values": (N_("Counting and places"), values.draw),
    "alerts": (N_("Alerts of the network"), alerts.draw),
    "authority": (N_("Authority"), authority.draw),
    "scripts": (N_("Scripts"), scripts.draw),
    "arguments": (N_("Counter-arguments"), arguments.draw),
    "winback": (N_("Win-back"), winbacks.draw),
    "reasons": (N_("Loss reasons"), reasons.draw),
}


def part() -> str:
    """Which part is open, kept in the address."""
    names = list(PARTS)
    chosen = st.segmented_control(
        t("Part"), names, format_func=lambda name: t(PARTS[name][0]), required=True, label_visibility="collapsed",
        key=address.one("part", names, names[0]),
    )  # fmt: skip
    address.keep(part=None if chosen == names[0] else chosen)
    return chosen or names[0]


def draw(actor: Actor, name: str) -> None:
    """One part."""
    forms.say()
    PARTS[name][1](actor)
