"""The centres of an area beside each other: this month's marks, and twelve months a function."""

import streamlit as st

from lib import data, formats
from lib.access import Actor
from lib.scores import profiles
from lib.scores.profiles import Profile
from lib.sheets import Cell
from lib.ui import downloads
from lib.ui.language import current, spoken, t, term
from lib.ui.look import card
from lib.ui.plain import plain
from lib.ui.scores import specs


def table(actor: Actor, found: tuple[Profile, ...], title: str) -> None:
    """A line a centre, a column a function; the best mean first."""
    ordered = sorted(found, key=lambda each: (each.average is None, -(each.average or 0), each.code))
    rows = [_cells(each) for each in ordered]
    with card("score_table", t("Centres compared")):
        st.table({name: [str(row[name]) for row in rows] for name in rows[0]}, hide_index=True)
        downloads.offer(actor, t("Download"), title, list(rows[0]), [tuple(row.values()) for row in rows])


def courses(actor: Actor, found: tuple[Profile, ...], chosen: Profile) -> None:
    """Twelve months of every centre, the chosen one in ink."""
    of = dict(data.read(profiles.courses, actor.scope, chosen.month))
    lines = tuple((each.name, each.code == chosen.code, of[each.id]) for each in found)
    with card("score_courses", t("Twelve months by function")):
        if not any(score is not None for _, _, marks in lines for each in marks for score in each.scores):
            st.caption(t("Nothing was marked in these months."))
            return
        st.caption(t("{name} in blue, the other centres in grey; 0 to 100.", name=plain(chosen.name)))
        st.vega_lite_chart(specs.courses(lines, current()), theme=None, key=f"courses_{chosen.code}_{chosen.month}",
                           alt=t("Twelve months by function"))  # fmt: skip


def _cells(each: Profile) -> dict[str, Cell]:
    words = spoken()
    marks: dict[str, Cell] = {term(mark.function): formats.number(mark.score, words) for mark in each.marks}
    return {t("Centre"): each.name, t("Mean"): formats.number(each.average, words, 1)} | marks
