"""What is selected, as chips that a click takes away."""

from collections.abc import Callable

import streamlit as st

from db.terms import Controllable, RenewalType
from lib import formats
from lib.ui import address
from lib.ui.language import spoken, t, term
from lib.ui.losses import wording
from lib.ui.losses.wanted import Wanted, gap_of
from lib.ui.plain import plain

NAMES = {
    "people": "person", "models": "model", "insurers": "insurer", "types": "type", "reasons": "reason",
    "controllable": "controllable", "competitors": "competitor",
}  # fmt: skip
"""The selections of several things, and what they are called in the address."""


def draw(wanted: Wanted) -> None:
    """One chip for each thing selected, and one that clears all."""
    chips = labels(wanted)
    if not chips:
        st.caption(t("Click any bar, cell or month: the rest of the page follows it, and its cases are listed below."))
        return
    with st.container(horizontal=True, gap="small", key="loss_chips"):
        for (name, value), label in chips.items():
            st.button(
                f"{plain(label)}\u2002✕", key=f"chip-{name}-{value}", help=t("Take this away"), on_click=_remove,
                args=(wanted, name, value),
            )  # fmt: skip
        if len(chips) > 1:
            st.button(t("Clear all"), key="chips_clear", type="tertiary", on_click=_clear)


def labels(wanted: Wanted) -> dict[tuple[str, str], str]:
    """Everything that is selected, by its name and value."""
    said, known = wanted.selected, wanted.known
    people = {each.code: wording.person(each) for each in known.people.values()}
    models = {str(key): name for key, name in known.models.items()}
    channels = {each.code: each.name for each in known.channels.values()}
    words: dict[str, Callable[[str], str | None]] = {
        "people": people.get, "models": models.get, "insurers": str, "competitors": str,
        "types": lambda value: term(RenewalType(value)), "controllable": lambda value: term(Controllable(value)),
        "reasons": lambda code: wording.of_code(code, wanted.reasons, wanted.both),
    }  # fmt: skip
    chips: dict[tuple[str, str], str] = {}
    if wanted.month:
        chips["month", ""] = formats.period(wanted.period, spoken())
    if wanted.channel is not None:
        chips["channel", wanted.channel] = channels.get(wanted.channel, wanted.channel)
    for field in NAMES:
        for value in getattr(said, field):
            chips[field, value] = words[field](value) or value
    gap = gap_of(said.gap)
    if gap is not None and said.gap is not None:
        chips["gap", said.gap] = " ".join((t("Price gap"), wording.gap(gap, wanted.both)))
    return chips


def _remove(wanted: Wanted, name: str, value: str) -> None:
    if name in NAMES:
        kept = [each for each in getattr(wanted.selected, name) if each != value]
        address.choose(NAMES[name], kept)
    elif name == "channel":
        address.drop("channel")
    else:
        address.choose(name, None)


def _clear() -> None:
    for name in NAMES.values():
        address.choose(name, [])
    address.drop("channel")
    address.choose("month", None)
    address.choose("gap", None)
