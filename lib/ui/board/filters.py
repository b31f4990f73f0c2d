"""What a person wants to see on the board: a period, a channel's subtree, consultants, sources, models."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import streamlit as st

from db.terms import LeadSource
from lib import board_choices, data, formats
from lib.access import Actor, Scope
from lib.board import BoardFilters
from lib.board_choices import BoardChoices
from lib.periods import Period, Unit, whole
from lib.refusals import N_
from lib.ui import address
from lib.ui.language import spoken, t, term
from lib.ui.today import today

ALL = ""


class Span(StrEnum):
    """How long a period is wanted; the words stand in `SPANS`."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    RANGE = "range"


SPANS = {Span.DAY: N_("Day"), Span.WEEK: N_("Week"), Span.MONTH: N_("Month"), Span.RANGE: N_("Range")}
DEFAULT_SPAN = Span.MONTH


@dataclass(frozen=True)
class Chosen:
    """What was chosen. Without `first` the period is the one that today lies in, also after midnight."""

    scope: Scope
    cases: Scope
    filters: BoardFilters
    span: Span
    first: date | None = None
    last: date | None = None

    def period(self, day: date) -> Period:
        """The period that is shown on this business day."""
        if self.span is Span.RANGE:
            first = self.first or day.replace(day=1)
            return Period(first, max(first, self.last or day))
        return whole(Unit(self.span), self.first or day)


def choose(actor: Actor) -> Chosen:
    """Draw the filters; what they say."""
    offered = data.read(board_choices.board_choices, actor.scope)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="filters"):
        span, first, last = _period()
        path = _channel(actor, offered)
        consultants = _consultants(offered)
        sources = _sources()
        models = _models(offered)
    filters = BoardFilters(consultants, sources, models)
    return Chosen(Scope(path), Scope(path, actor.own_scope.owner_id), filters, span, first, last)


def _period() -> tuple[Span, date | None, date | None]:
    key = address.one("period", list(Span), DEFAULT_SPAN)
    span = Span(
        st.segmented_control(
            t("Period"), list(Span), format_func=lambda each: t(SPANS[each]), key=key, required=True
        )
        or DEFAULT_SPAN
    )  # fmt: skip
    if span is Span.RANGE:
        first = st.date_input(
            t("From"), key=address.day("from", today().replace(day=1)), format="YYYY-MM-DD", width=140
        )
        last = st.date_input(t("To"), key=address.day("to", today()), format="YYYY-MM-DD", width=140)
        address.keep(period=span, on=None, **{"from": first, "to": last})
        return span, first, last
    key = address.day("on")
    with st.container(horizontal=True, width="content", key="period"):
        _step(span, key, -1)
        shown = whole(Unit(span), st.session_state[key] or today())
        with st.popover(formats.period(shown, spoken()), icon=":material/calendar_month:"):
            on = st.date_input(t("A day in the period"), value=None, key=key, format="YYYY-MM-DD")
            st.caption(t("Left open, the board goes with the calendar."))
        _step(span, key, 1)
    address.keep(period=None if span is DEFAULT_SPAN else span, on=on, **{"from": None, "to": None})
    return span, on, None


def _step(span: Span, key: str, direction: int) -> None:
    """A button to the period before or after; back at the present one the date is left open."""

    def move() -> None:
        now = whole(Unit(span), st.session_state[key] or today())
        wanted = now.first - timedelta(days=1) if direction < 0 else now.last + timedelta(days=1)
        st.session_state[key] = None if today() in whole(Unit(span), wanted) else wanted

    icon, words = (
        (":material/chevron_left:", N_("Earlier")) if direction < 0 else (":material/chevron_right:", N_("Later"))
    )
    st.button(icon, help=t(words), key=f"step_{direction}", on_click=move)


def _channel(actor: Actor, offered: BoardChoices) -> str | None:
    known = {each.code: each for each in offered.channels}
    codes = list(known) if actor.path is not None else [ALL, *known]
    top = codes[0] if codes else ALL

    def name(code: str) -> str:
        return "\u2003" * known[code].depth + known[code].name if code in known else t("Whole group")

    code = st.selectbox(
        t("Channel and below"), codes, format_func=name, key=address.one("channel", codes, top), width=132
    )  # fmt: skip
    address.keep(channel=None if code == top else code)
    return known[code].path if code in known else actor.path


def _consultants(offered: BoardChoices) -> tuple[int, ...]:
    known = {each.code: each for each in offered.consultants}

    def name(code: str) -> str:
        return known[code].name if known[code].active else t("{name} (left)", name=known[code].name)

    codes = st.multiselect(
        t("Consultants"), list(known), format_func=name, key=address.several("consultant", known),
        placeholder=t("All"), width=132,
    )  # fmt: skip
    address.keep(consultant=codes)
    return tuple(known[code].id for code in codes)


def _sources() -> tuple[LeadSource, ...]:
    chosen = st.multiselect(
        t("Sources"), list(LeadSource), format_func=term, key=address.several("source", list(LeadSource)),
        placeholder=t("All"), width=132,
    )  # fmt: skip
    address.keep(source=[each.value for each in chosen])
    return tuple(LeadSource(each) for each in chosen)


def _models(offered: BoardChoices) -> tuple[int, ...]:
    known = {str(each.id): each.name for each in offered.models}
    chosen = st.multiselect(
        t("Models"), list(known), format_func=known.__getitem__, key=address.several("model", known),
        placeholder=t("All"), width=132,
    )  # fmt: skip
    address.keep(model=chosen)
    return tuple(int(each) for each in chosen)
