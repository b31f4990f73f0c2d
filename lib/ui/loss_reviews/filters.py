"""Which losses are reviewed: of leads, of renewals or of both, in which area; and the period of the rate."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from db.terms import LossDomain
from lib.access import Actor, Scope
from lib.board.overview import compared, elapsed
from lib.periods import Period
from lib.ui import address, areas, periods
from lib.ui.language import t, term

BOTH = "both"


@dataclass(frozen=True)
class Chosen:
    """What is shown. `before` are as many days just before `period`, as far as it has gone by."""

    scope: Scope
    domains: tuple[LossDomain, ...]
    period: Period
    before: Period


def choose(actor: Actor, today: date) -> Chosen:
    """Draw the choice; what it says."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="loss_review_filters"):
        chosen = periods.choose().period(today)
        scope = areas.choose(actor)
        domains = domain()
    return Chosen(scope, domains, elapsed(chosen, today), compared(chosen, today))


def domain() -> tuple[LossDomain, ...]:
    """Draw the choice between leads, renewals and both; the domains that it means."""
    names = [BOTH, *(each.value for each in LossDomain)]
    name = st.segmented_control(
        t("Losses of"), names, required=True, key=address.one("domain", names, BOTH),
        format_func=lambda each: t("Both") if each == BOTH else term(LossDomain(each)),
    )  # fmt: skip
    address.keep(domain=None if name == BOTH else name)
    return tuple(LossDomain) if name in (BOTH, None) else (LossDomain(name),)
