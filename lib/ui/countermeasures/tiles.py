"""How many of the countermeasures that were due this month are done (措施完成率)."""

from datetime import date

import streamlit as st

from lib import data, kpi
from lib.access import Actor
from lib.board.overview import compared, elapsed
from lib.countermeasures import reading
from lib.countermeasures.reading import Measure
from lib.periods import Unit, whole
from lib.ui import downloads
from lib.ui.channels.tiles import drawn
from lib.ui.countermeasures import address, listing
from lib.ui.countermeasures.filters import Chosen
from lib.ui.language import spoken, t

SLUG = "countermeasures_done_rate"
OPEN = "measures_due"


def draw(actor: Actor, chosen: Chosen) -> None:
    """The rate of this month so far with its fraction, and its change on the same days of the month before; its name
    opens those that were due."""
    month = whole(Unit.MONTH, chosen.today)
    record, sight = kpi.find(SLUG), chosen.sight
    whose = (chosen.below or sight.path, sight.user_id if sight.own_only else None)
    spans = (elapsed(month, chosen.today), compared(month, chosen.today))
    now, before = (data.read(reading.completed, *whose, period).figure(SLUG) for period in spans)
    name = t("{figure}, due this month", figure=t(record.label))
    with st.container(key=f"card-tile-{SLUG}", width=300):
        st.button(
            name, key=f"open_{SLUG}", type="tertiary", icon=":material/chevron_right:", icon_position="right",
            help=t(record.definition), on_click=_open,
        )  # fmt: skip
        st.html(drawn(record, now, before, t("vs the same days last month"), spoken()))
    if st.session_state.get(OPEN):
        found = data.read(reading.due, sight, *whose, spans[0])
        st.dialog(name, width="large", on_dismiss=_close)(_rows)(actor, name, found, chosen.today)


def _open() -> None:
    st.session_state[OPEN] = True


def _close() -> None:
    st.session_state.pop(OPEN, None)


def _rows(actor: Actor, name: str, found: tuple[Measure, ...], today: date) -> None:
    """One line each; a line leads to its countermeasure."""
    if not found:
        st.info(t("None was due in these days."), icon=":material/inbox:")
        return
    rows = [listing.cells(each, today) for each in found]
    marked = st.dataframe(
        rows, hide_index=True, row_height=listing.ROW_HEIGHT, key="measures_due_rows", on_select="rerun",
        selection_mode="single-row",
    )["selection"]["rows"]  # fmt: skip
    downloads.offer(
        actor, t("Download"), name, list(rows[0]), [list(row.values()) for row in rows], key="measures_due_download"
    )
    if marked and marked[0] < len(found):
        _close()
        address.open_one(found[marked[0]].id)
        st.rerun()
