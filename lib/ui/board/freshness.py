"""How fresh the board is, and what it compares with."""

from html import escape

import streamlit as st

from lib import formats
from lib.board.overview import Overview
from lib.ui.language import spoken, t
from lib.ui.today import now


def line(view: Overview) -> None:
    """What is shown, and the moment at which the numbers were found unchanged or read anew."""
    moment, words = now(), spoken()
    about = t(
        "{period} · working days {gone} of {all} · compared with {compared}",
        period=formats.period(view.period, words), gone=formats.number(view.workdays.numerator, words),
        all=formats.number(view.workdays.denominator, words), compared=formats.period(view.compared, words),
    )  # fmt: skip
    live = t("Live, as of {time}", time=f"{moment:%H:%M:%S}")
    st.html(
        f'<div class="desk-fresh"><span>{escape(about)}</span>'
        f"<span><b>●</b> {escape(live)} · {escape(formats.day(moment.date(), words))}</span></div>"
    )
    if view.empty:
        st.info(
            t("Nothing is recorded yet for this period and these filters. Leads come from the reception card or an "
              "import; choose an earlier date to see what was."),
            icon=":material/inbox:",
        )  # fmt: skip
