"""Which partners are listed, by where they stand; in the address."""

import streamlit as st

from db.terms import PartnerState
from lib.network.partners import Partner
from lib.ui import address
from lib.ui.language import t, term


def choose(found: tuple[Partner, ...]) -> tuple[Partner, ...]:
    """The partners of the states wanted; none means all."""
    states = st.pills(
        t("State"), list(PartnerState), selection_mode="multi", key=address.several("state", list(PartnerState)),
        format_func=lambda each: f"{term(each)} {sum(one.state is each for one in found)}",
        label_visibility="collapsed",
    )  # fmt: skip
    address.keep(state=[*states])
    return tuple(each for each in found if not states or each.state in states)
