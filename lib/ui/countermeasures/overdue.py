"""The line that says how many countermeasures are overdue: to the manager whose area it is, and to their owner."""

import streamlit as st

from db.terms import LossDomain
from lib import data
from lib.access import Actor, Permission
from lib.countermeasures import reading
from lib.countermeasures.reading import Sight, View
from lib.ui import navigation
from lib.ui.language import t
from lib.ui.today import today


def line(actor: Actor) -> None:
    """Nothing where none is overdue; for whom they do not concern, nothing at all."""
    if not (actor.may(Permission.LOSS_READ) and (actor.may(Permission.LOSS_WRITE) or actor.own_scope.owner_id)):
        return
    counts = data.read(reading.counts, Sight.of(actor), tuple(LossDomain), None, today())
    late = counts[View.OVERDUE]
    if not late:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="measures_overdue"):
        st.badge(t("Countermeasures overdue: {count}", count=late), icon=":material/alarm:", color="red")
        st.page_link(
            navigation.page("countermeasures"), label=t("Open them"), icon=":material/construction:",
            query_params={"view": View.OVERDUE.value},
        )  # fmt: skip
