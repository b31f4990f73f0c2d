"""The list of countermeasures; the open one is marked, wherever it moves."""

from datetime import date

import pandas as pd
import streamlit as st

from lib import data
from lib.access import Actor, Permission
from lib.countermeasures import reading
from lib.countermeasures.reading import Measure
from lib.ui import downloads
from lib.ui.countermeasures import address, wording
from lib.ui.countermeasures.filters import Chosen
from lib.ui.language import t, term
from lib.ui.tones import LATE, PLAIN, toned

ROW_HEIGHT, SHOWN_ROWS = 36, 12


def draw(actor: Actor, chosen: Chosen) -> None:
    """One line each; a manager begins a new one here."""
    found = data.read(
        reading.measures, chosen.sight, chosen.view, chosen.domains, chosen.below, chosen.today
    )  # fmt: skip
    if found:
        _table(found, chosen.today)
    else:
        st.info(t(wording.EMPTY[chosen.view]), icon=":material/task_alt:")
    with st.container(horizontal=True):
        if actor.may(Permission.LOSS_WRITE):
            st.button(
                t("New countermeasure"), icon=":material/add:", type="primary", key="measure_new",
                on_click=address.begin,
            )  # fmt: skip
        if found:
            rows = [cells(each, chosen.today) for each in found]
            downloads.offer(
                actor, t("Download"), t("Countermeasures"), list(rows[0]), [list(row.values()) for row in rows]
            )  # fmt: skip


def _table(found: tuple[Measure, ...], today: date) -> None:
    ids = tuple(each.id for each in found)
    key = f"measures-{hash(ids)}"
    opened = address.measure()

    def choose() -> None:
        marked = st.session_state[key].selection.rows
        address.open_one(ids[marked[0]] if marked else None)

    frame = pd.DataFrame([cells(each, today) for each in found])
    late = [LATE if each.overdue(today) else PLAIN for each in found]
    st.dataframe(
        toned(frame, t("Due by"), late), key=key, on_select=choose,
        selection_mode="single-row", hide_index=True, row_height=ROW_HEIGHT, placeholder="",
        height=ROW_HEIGHT * (min(len(found), SHOWN_ROWS) + 1) + 2,
        selection_default={"selection": {"rows": [ids.index(opened)] if opened in ids else []}},
    )  # fmt: skip


def cells(each: Measure, today: date) -> dict[str, str]:
    """A countermeasure as a line."""
    return {
        t("Due by"): wording.due(each, today),
        t("State"): term(each.state),
        t("Reason"): wording.reason(each),
        t("What we do"): each.what,
        t("Owner"): each.owner,
        t("Where"): wording.scope(each),
        t("Losses of"): term(each.domain),
        t("From – to"): wording.days(each.run),
    }
