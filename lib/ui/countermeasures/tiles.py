"""How many of the countermeasures that were due this month are done (措施完成率)."""

import streamlit as st

from lib import data, kpi
from lib.board.overview import compared, elapsed
from lib.countermeasures import reading
from lib.periods import Unit, whole
from lib.ui.channels.tiles import drawn
from lib.ui.countermeasures.filters import Chosen
from lib.ui.language import spoken, t

SLUG = "countermeasures_done_rate"


def draw(chosen: Chosen) -> None:
    """The rate of this month so far with its fraction, and its change on the same days of the month before."""
    month = whole(Unit.MONTH, chosen.today)
    record, sight = kpi.find(SLUG), chosen.sight
    now, before = (
        data.read(
            reading.completed, chosen.below or sight.path, sight.user_id if sight.own_only else None, period
        ).figure(SLUG)
        for period in (elapsed(month, chosen.today), compared(month, chosen.today))
    )  # fmt: skip
    with st.container(key=f"card-tile-{SLUG}", width=300):
        st.caption(t("{figure}, due this month", figure=t(record.label)), help=t(record.definition))
        st.html(drawn(record, now, before, t("vs the same days last month"), spoken()))
