"""Which period is shown: a day, a week, a month, or any range; kept in the address."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import streamlit as st

from lib import formats
from lib.periods import Period, Unit, whole
from lib.refusals import N_
from lib.ui import address
from lib.ui.language import spoken, t
from lib.ui.today import today


class Span(StrEnum):
    """How long a period is wanted; the words stand in `SPANS`."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    RANGE = "range"


SPANS = {Span.DAY: N_("Day"), Span.WEEK: N_("Week"), Span.MONTH: N_("Month"), Span.RANGE: N_("Range")}
DEFAULT_SPAN = Span.MONTH
WARNING = 420  # pixels: it stands among the filters


@dataclass(frozen=True)
class ChosenPeriod:
    """What was chosen. Without `first` the period is the one that today lies in, also after midnight."""

    span: Span
    first: date | None = None
    last: date | None = None

    @property
    def backwards(self) -> bool:
        """Whether a range was given whose end lies before its beginning."""
        return self.first is not None and self.last is not None and self.last < self.first

    def period(self, day: date) -> Period:
        """The period that is shown on this business day."""
        if self.span is Span.RANGE:
            first = self.first or day.replace(day=1)
            return Period(first, max(first, self.last or day))
        return whole(Unit(self.span), self.first or day)


def choose(changed: Callable[[], None] | None = None) -> ChosenPeriod:
    """Draw the choice; what it says. `changed` is called back when somebody chooses another one."""
    key = address.one("period", list(Span), DEFAULT_SPAN)
    span = Span(
        st.segmented_control(
            t("Period"), list(Span), format_func=lambda each: t(SPANS[each]), key=key, required=True, on_change=changed
        )
        or DEFAULT_SPAN
    )  # fmt: skip
    if span is Span.RANGE:
        first = st.date_input(
            t("From"), key=address.day("from", today().replace(day=1)), format="YYYY-MM-DD", width=140,
            on_change=changed,
        )  # fmt: skip
        last = st.date_input(
            t("To"), key=address.day("to", today()), format="YYYY-MM-DD", width=140, on_change=changed
        )  # fmt: skip
        address.keep(period=span, on=None, **{"from": first, "to": last})
        chosen = ChosenPeriod(span, first, last)
        if chosen.backwards:
            st.warning(
                t("The end lies before the beginning. Shown is the beginning alone: {day}.",
                  day=formats.period(chosen.period(today()), spoken())),
                icon=":material/date_range:", width=WARNING,
            )  # fmt: skip
        return chosen
    key = address.day("on")
    with st.container(horizontal=True, width="content", key="period"):
        _step(span, key, -1, changed)
        shown = whole(Unit(span), st.session_state[key] or today())
        with st.popover(formats.period(shown, spoken()), icon=":material/calendar_month:"):
            on = st.date_input(t("A day in the period"), value=None, key=key, format="YYYY-MM-DD", on_change=changed)
            st.caption(t("Left open, the board goes with the calendar."))
        _step(span, key, 1, changed)
    address.keep(period=None if span is DEFAULT_SPAN else span, on=on, **{"from": None, "to": None})
    return ChosenPeriod(span, on)


def _step(span: Span, key: str, direction: int, changed: Callable[[], None] | None) -> None:
    """A button to the period before or after; back at the present one the date is left open."""

    def move() -> None:
        now = whole(Unit(span), st.session_state[key] or today())
        wanted = now.first - timedelta(days=1) if direction < 0 else now.last + timedelta(days=1)
        st.session_state[key] = None if today() in whole(Unit(span), wanted) else wanted
        if changed is not None:
            changed()

    icon, words = (
        (":material/chevron_left:", N_("Earlier")) if direction < 0 else (":material/chevron_right:", N_("Later"))
    )
    st.button(icon, help=t(words), key=f"step_{direction}", on_click=move)
