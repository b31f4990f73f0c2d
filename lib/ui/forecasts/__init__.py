"""The page of monthly forecasts: one part of it at a time."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from lib.access import Actor
from lib.refusals import N_
from lib.ui import address
from lib.ui.forecasts import accuracy, entry, overview
from lib.ui.language import t


@dataclass(frozen=True)
class Part:
    """One part of the page; `network` is for whom sees more than one node."""

    title: str
    draw: Callable[[Actor], None]
    network: bool = False


PARTS = {
    "entry": Part(N_("Fill in"), entry.draw),
    "overview": Part(N_("Who has submitted"), overview.draw, network=True),
    "accuracy": Part(N_("Forecast accuracy"), accuracy.draw),
}


def part(actor: Actor) -> str:
    """Which part is open, kept in the address."""
    names = [name for name, each in PARTS.items() if not (each.network and actor.own_node_only)]
    chosen = st.segmented_control(
        t("Part"), names, format_func=lambda name: t(PARTS[name].title), required=True, label_visibility="collapsed",
        key=address.one("part", names, names[0]),
    )  # fmt: skip
    address.keep(part=None if chosen == names[0] else chosen)
    return chosen or names[0]


def draw(actor: Actor, name: str) -> None:
    """One part."""
    PARTS[name].draw(actor)
