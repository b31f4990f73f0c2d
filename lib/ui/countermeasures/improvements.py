"""The improvements (改进意见) that were suggested with countermeasures, gathered (T7)."""

import pandas as pd
import streamlit as st

from lib import data
from lib.access import Actor
from lib.countermeasures import reading
from lib.countermeasures.reading import Improvement
from lib.ui import downloads, moments
from lib.ui.countermeasures import wording
from lib.ui.countermeasures.filters import Chosen
from lib.ui.language import t
from lib.ui.look import card


def draw(actor: Actor, chosen: Chosen) -> None:
    """The latest ones, whatever became of the countermeasure."""
    found = data.read(reading.improvements, chosen.sight, chosen.domains, chosen.below)
    with card("improvements", t("Suggested improvements")):
        if not found:
            st.caption(t("None yet. Whoever owns a countermeasure writes what could be done better in its notes."))
            return
        rows = [_cells(each) for each in found]
        st.dataframe(pd.DataFrame(rows), hide_index=True, key="improvements_table", placeholder="")
        downloads.offer(
            actor, t("Download"), t("Suggested improvements"), list(rows[0]), [list(row.values()) for row in rows]
        )  # fmt: skip


def _cells(each: Improvement) -> dict[str, str]:
    return {
        t("When"): moments.in_full(each.at),
        t("Improvement"): each.text,
        t("Suggested by"): each.who or "",
        t("Reason"): wording.reason(each.measure),
        t("What we do"): each.measure.what,
        t("Where"): wording.scope(each.measure),
    }
