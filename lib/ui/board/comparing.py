"""Two consultants or two months side by side."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import streamlit as st

from lib import data, formats, kpi
from lib.access import Actor
from lib.board import choices as board_choices
from lib.board import comparison
from lib.board.comparison import Line, Side
from lib.periods import Period, Unit, parse, whole
from lib.refusals import N_
from lib.ui import address
from lib.ui.board.filters import Chosen
from lib.ui.language import spoken, t
from lib.ui.look import card
from lib.ui.today import today

NOTHING, PEOPLE, MONTHS = "none", "people", "months"
WAYS = {NOTHING: N_("Nothing"), PEOPLE: N_("Two consultants"), MONTHS: N_("Two months")}
MONTHS_BACK = 13


def compare(actor: Actor, chosen: Chosen) -> None:
    """The choice of what to compare, and the table."""
    with card("compare"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            way = st.segmented_control(
                t("Compare"), list(WAYS), format_func=lambda each: t(WAYS[each]), required=True,
                key=address.one("compare", list(WAYS), NOTHING),
            )  # fmt: skip
            sides = {PEOPLE: _people, MONTHS: _months}[way](actor, chosen) if way in (PEOPLE, MONTHS) else None
        address.keep(compare=None if way == NOTHING else way)
        if sides is None:
            address.keep(left=None, right=None)
            return
        names, (left, right) = sides
        _table(names, data.read(comparison.comparison, chosen.scope, left, right, today()))


def _people(actor: Actor, chosen: Chosen) -> tuple[tuple[str, str], tuple[Side, Side]] | None:
    known = {each.code: each for each in data.read(board_choices.board_choices, actor.scope).consultants}
    codes = _two(list(known), lambda code: known[code].name)
    if codes is None:
        return None
    period = chosen.period(today())

    def side(code: str) -> Side:
        return Side(period, replace(chosen.filters, consultants=(known[code].id,)))

    return (known[codes[0]].name, known[codes[1]].name), (side(codes[0]), side(codes[1]))


def _months(_actor: Actor, chosen: Chosen) -> tuple[tuple[str, str], tuple[Side, Side]] | None:
    names = [each.name for each in _last_months(today())]
    codes = _two(names, lambda name: formats.period(parse(name), spoken()))
    if codes is None:
        return None
    left, right = (parse(code) for code in codes)
    words = spoken()
    return (formats.period(left, words), formats.period(right, words)), (
        Side(left, chosen.filters), Side(right, chosen.filters),
    )  # fmt: skip


def _two(codes: list[str], name: Callable[[str], str]) -> tuple[str, str] | None:
    """Two choices of the same things; a sentence where there are not two."""
    if len(codes) < 2:
        st.caption(t("There are not two to compare."))
        return None
    left = st.selectbox(t("Left"), codes, format_func=name, key=address.one("left", codes, codes[0]), width=190)
    right = st.selectbox(t("Right"), codes, format_func=name, key=address.one("right", codes, codes[1]), width=190)
    address.keep(left=left, right=right)
    return left, right


def _table(names: tuple[str, str], lines: tuple[Line, ...]) -> None:
    words = spoken()
    left, right = names if names[0] != names[1] else (names[0], f"{names[1]} ")
    st.table(
        {
            t("Figure"): [t(kpi.find(each.slug).label) for each in lines],
            left: [_value(each, left=True) for each in lines],
            right: [_value(each, left=False) for each in lines],
            t("Difference"): [formats.gap(kpi.find(each.slug), each.difference, words) for each in lines],
        },
        hide_index=True,
    )  # fmt: skip


def _value(line: Line, left: bool) -> str:
    figure, words = line.left if left else line.right, spoken()
    fraction = formats.fraction(figure, words)
    return formats.value(kpi.find(line.slug), figure.value, words) + (f"  ({fraction})" if fraction else "")


def _last_months(day: date) -> list[Period]:
    months = [whole(Unit.MONTH, day)]
    while len(months) < MONTHS_BACK:
        months.append(whole(Unit.MONTH, months[-1].first - timedelta(days=1)))
    return months
