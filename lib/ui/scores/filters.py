"""Which month and which centre; both in the address."""

from datetime import date

import streamlit as st

from lib import formats
from lib.forecasts import months
from lib.periods import parse
from lib.scores.profiles import Profile
from lib.ui import address
from lib.ui.language import spoken, t
from lib.ui.today import today

BACK = 12


def month() -> date:
    """The chosen month: last month to begin with."""
    found = [months.month_of(today())]
    for _ in range(BACK):
        found.append(months.before(found[-1]))
    names, last = [f"{each:%Y-%m}" for each in found], f"{found[1]:%Y-%m}"
    chosen = st.selectbox(
        t("Month"), names, format_func=lambda name: formats.period(parse(name), spoken()), width=160,
        key=address.one("month", names, last),
    )  # fmt: skip
    address.keep(month=None if chosen == last else chosen)
    return parse(chosen).first


def centre(found: tuple[Profile, ...]) -> Profile:
    """The chosen centre; the first to begin with."""
    known = {each.code: each for each in found}
    codes = list(known)
    chosen = st.selectbox(
        t("Centre"), codes, format_func=lambda code: known[code].name, width=280,
        key=address.one("centre", codes, codes[0]),
    )  # fmt: skip
    address.keep(centre=None if chosen == codes[0] else chosen)
    return known[chosen]
