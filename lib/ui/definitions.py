"""The KPI dictionary on a screen, from the records that the figures are made by."""

import streamlit as st

from lib.kpi import Group, Kpi
from lib.refusals import N_
from lib.ui.language import spoken, t, term
from lib.ui.look import card

GROUPS = {
    Group.BOARD: N_("Board"),
    Group.RENEWALS: N_("Renewals"),
    Group.LOSSES: N_("Losses"),
    Group.CHANNELS: N_("Channels"),
}


def search() -> str:
    """The box that narrows the dictionary."""
    return st.text_input(
        t("Find a figure"), placeholder=t("Name, definition or slug"), key="find_figure", width=320
    ).strip()  # fmt: skip


def matching(records: tuple[Kpi, ...], wanted: str) -> list[Kpi]:
    """The records whose name, definition or slug holds the text, in the language spoken now."""
    text = wanted.casefold()
    return [each for each in records if text in f"{each.slug} {t(each.label)} {t(each.definition)}".casefold()]


def table(group: Group, records: list[Kpi]) -> None:
    """One group's figures; nothing where none is left."""
    if not records:
        return
    with card(f"definitions-{group}", t(GROUPS[group])):
        st.table(
            {
                t("Figure"): [t(each.label) for each in records],
                t("Definition"): [t(each.definition) for each in records],
                t("Unit"): [spoken().term(each.unit) for each in records],
                t("Adds up"): [term(each.roll_up) for each in records],
                "slug": [f"`{each.slug}`" for each in records],
            },
            hide_index=True,
        )  # fmt: skip
