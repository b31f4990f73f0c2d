"""A centre's eight marks as a picture, on its own page and beside the form."""

import streamlit as st

from lib import data, formats
from lib.access import Actor
from lib.forecasts.months import month_of
from lib.periods import Unit, whole
from lib.scores import profiles
from lib.scores.profiles import Profile
from lib.ui.language import current, spoken, t
from lib.ui.look import card
from lib.ui.scores import specs
from lib.ui.today import today


def of_node(actor: Actor, code: str) -> None:
    """The latest month's profile of a node, in a card; nothing for a node that is no centre."""
    month = data.read(profiles.last_marked, actor.scope, month_of(today())) or month_of(today())
    found = next((each for each in data.read(profiles.profiles, actor.scope, month) if each.code == code), None)
    if found is None:
        return
    title = t("Eight functions in {month}", month=formats.period(whole(Unit.MONTH, month), spoken()))
    with card("profile", title):
        draw(found)


def draw(found: Profile) -> None:
    """The picture with its mean and the list of what each mark rests on."""
    if not found.marked:
        st.caption(t('This month is not marked yet. Marks are entered on the page "Eight functions".'))
        return
    words = spoken()
    st.caption(
        t("Mean {average} of 100 (last month {before}), {marked} of 8 marked. Circle: last month; line: mean of the "
          "centres. Point at a bar to read its evidence.",
          average=formats.number(found.average, words, 1), before=formats.number(found.average_before, words, 1),
          marked=found.marked),
    )  # fmt: skip
    st.vega_lite_chart(specs.profile(found, current()), theme=None, key=f"profile_{found.code}_{found.month}",
                       alt=t("Eight functions"))  # fmt: skip
