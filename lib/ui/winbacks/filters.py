"""Whose lost customers, and of which period the rates are; in the address."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from db.terms import LossDomain
from lib.access import Actor, Permission, Scope
from lib.board.overview import compared, elapsed
from lib.periods import Period
from lib.ui import address, areas, periods
from lib.ui.language import t

READS = {LossDomain.RENEWAL: Permission.RENEWAL_READ, LossDomain.LEAD: Permission.LEAD_READ}
WORK, COUNTED = "work", "counted"


@dataclass(frozen=True)
class Chosen:
    """What is shown: of which domain, what there is to do or what the rate counts."""

    scope: Scope
    domain: LossDomain
    counted: bool
    period: Period
    before: Period
    today: date


def domains(actor: Actor) -> tuple[LossDomain, ...]:
    """Leads, renewals or both: as far as this person's cases reach."""
    return tuple(domain for domain, permission in READS.items() if actor.may(permission))


def choose(actor: Actor, today: date) -> Chosen:
    """Draw the choice; what it says."""
    names = {LossDomain.RENEWAL.value: t("Renewals"), LossDomain.LEAD.value: t("Lost leads to call")}
    offered = [each.value for each in domains(actor)]
    views = {WORK: t("To take up"), COUNTED: t("Behind the rate")}
    with st.container(horizontal=True, vertical_alignment="bottom", key="winback_filters"):
        period = periods.choose().period(today)
        scope = areas.choose(actor)
        name = st.segmented_control(
            t("Losses of"), offered, format_func=names.__getitem__, required=True,
            key=address.one("domain", offered, offered[0]),
        )  # fmt: skip
        view = st.segmented_control(
            t("Shown"), list(views), format_func=views.__getitem__, required=True,
            key=address.one("shown", list(views), WORK),
        )  # fmt: skip
    address.keep(domain=None if name == offered[0] else name, shown=None if view == WORK else view)
    domain = LossDomain(name or offered[0])
    return Chosen(scope, domain, view == COUNTED, elapsed(period, today), compared(period, today), today)
