"""What a person wants to see on the board: a period, a channel's subtree, consultants, sources, models."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from db.terms import LeadSource
from lib import data
from lib.access import Actor, Scope
from lib.board import choices as board_choices
from lib.board.choices import BoardChoices
from lib.board.figures import BoardFilters
from lib.periods import Period
from lib.ui import address, periods
from lib.ui.language import t, term
from lib.ui.periods import ChosenPeriod

ALL = ""


@dataclass(frozen=True)
class Chosen:
    """What was chosen: whose numbers, whose cases, what they are narrowed to, and when."""

    scope: Scope
    cases: Scope
    filters: BoardFilters
    when: ChosenPeriod

    def period(self, day: date) -> Period:
        """The period that is shown on this business day."""
        return self.when.period(day)


def choose(actor: Actor) -> Chosen:
    """Draw the filters; what they say."""
    offered = data.read(board_choices.board_choices, actor.scope)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="filters"):
        when = periods.choose()
        path = _channel(actor, offered)
        consultants = _consultants(offered)
        sources = _sources()
        models = _models(offered)
    filters = BoardFilters(consultants, sources, models)
    return Chosen(Scope(path), Scope(path, actor.own_scope.owner_id), filters, when)


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
        placeholder=t("All"), width=132, select_all=False,
    )  # fmt: skip
    address.keep(consultant=codes)
    return tuple(known[code].id for code in codes)


def _sources() -> tuple[LeadSource, ...]:
    chosen = st.multiselect(
        t("Sources"), list(LeadSource), format_func=term, key=address.several("source", list(LeadSource)),
        placeholder=t("All"), width=132, select_all=False,
    )  # fmt: skip
    address.keep(source=[each.value for each in chosen])
    return tuple(LeadSource(each) for each in chosen)


def _models(offered: BoardChoices) -> tuple[int, ...]:
    known = {str(each.id): each.name for each in offered.models}
    chosen = st.multiselect(
        t("Models"), list(known), format_func=known.__getitem__, key=address.several("model", known),
        placeholder=t("All"), width=132, select_all=False,
    )  # fmt: skip
    address.keep(model=chosen)
    return tuple(int(each) for each in chosen)
