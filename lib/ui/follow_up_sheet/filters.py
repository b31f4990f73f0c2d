"""Which cases the sheet shows: the month of expiry, the channel, the specialist."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from lib import data, formats
from lib.access import Actor, Permission
from lib.board import choices as board_choices
from lib.periods import Period, Unit, parse, whole
from lib.renewals import assignments, sheet
from lib.renewals.sheet import Asked
from lib.ui import address
from lib.ui.language import spoken, t

BACK, AHEAD = 12, 6  # months
ALL = ""


@dataclass(frozen=True)
class Chosen:
    """What was chosen, and in words what it is."""

    asked: Asked
    title: str


def choose(actor: Actor, today: date) -> Chosen:
    """Draw the filters; what they say."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="sheet_filters"):
        period = _month(today)
        path, channel = _channel(actor)
        owner_id, person = _person(actor)
    words = (formats.period(period, spoken()), channel, person)
    return Chosen(sheet.asked(actor, period, path, owner_id), " · ".join(filter(None, words)))


def _month(today: date) -> Period:
    months = [_shifted(today, step) for step in range(-BACK, AHEAD + 1)]
    names = [each.name for each in months]
    now = whole(Unit.MONTH, today).name
    name = st.selectbox(t("Due in"), names, key=address.one("month", names, now), width=150)
    address.keep(month=None if name == now else name)
    return parse(name or now)


def _shifted(today: date, months: int) -> Period:
    place = today.year * 12 + today.month - 1 + months
    return whole(Unit.MONTH, date(place // 12, place % 12 + 1, 1))


def _channel(actor: Actor) -> tuple[str | None, str]:
    known = {each.code: each for each in data.read(board_choices.board_choices, actor.scope).channels}
    codes = list(known) if actor.path is not None else [ALL, *known]
    top = codes[0] if codes else ALL

    def name(code: str) -> str:
        return "\u2003" * known[code].depth + known[code].name if code in known else t("Whole group")

    code = st.selectbox(
        t("Channel and below"), codes, format_func=name, key=address.one("channel", codes, top), width=200
    )
    address.keep(channel=None if code == top else code)
    return (known[code].path, known[code].name) if code in known else (actor.path, "")


def _person(actor: Actor) -> tuple[int | None, str]:
    """A specialist sees their own sheet; others choose one or all."""
    if actor.own_scope.owner_id is not None:
        return None, actor.name
    if not actor.may(Permission.RENEWAL_ASSIGN):
        return None, ""
    names = {str(each.id): each.name for each in data.read(assignments.holders, actor.scope)}
    found = st.query_params.get("specialist")
    code = st.selectbox(
        t("Specialist"), list(names), index=list(names).index(found) if found in names else None, width=180,
        key="sheet_specialist", format_func=names.__getitem__, placeholder=t("All specialists"),
    )  # fmt: skip
    address.keep(specialist=code)
    return (int(code), names[code]) if code else (None, "")
