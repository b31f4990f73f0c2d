"""A line for whom a forecast is owed by: shown on the page after sign-in and on the network's pages."""

from datetime import timedelta

import streamlit as st

from lib.access import Actor, Permission
from lib.forecasts import months
from lib.forecasts.standing import Overview, Submitted
from lib.ui.forecasts import filters, wording
from lib.ui.language import spoken, t
from lib.ui.plain import plain
from lib.ui.today import today

NAMED = 3


def line(actor: Actor) -> None:
    """Who of the actor's area still owes next month's forecast; nothing before ten days to its day, nothing if none."""
    if not actor.may(Permission.FORECAST_WRITE):
        return
    view = filters.overview_of(actor, months.after(today()))
    owed = {each.id for each in view.owing}
    owing = [each for each in filters.mine(actor, view) if each.id in owed]
    if owing and today() >= view.due_on - timedelta(days=months.REMINDED_DAYS):
        late = today() > view.due_on
        show = st.error if late else st.warning
        icon = ":material/alarm:" if late else ":material/event:"
        show(plain(_said(actor, view, owing, late)), icon=icon)


def _said(actor: Actor, view: Overview, owing: list[Submitted], late: bool) -> str:
    told = {"count": wording.number(len(owing)), "month": wording.month(view.month), "day": wording.day(view.due_on)}
    if actor.own_node_only:
        if late:
            return t("Your forecast for {month} was due by {day}. Submit it before the month begins.", **told)
        return t("Your forecast for {month} is due by {day}.", **told)
    names = spoken().listed(each.name for each in owing[:NAMED])
    if len(owing) > NAMED:
        names = t("{names} and {count} more", names=names, count=wording.number(len(owing) - NAMED))
    if late:
        return t("Forecasts for {month} still owed by channels: {count}; they were due by {day}: {names}",
                 names=names, **told)  # fmt: skip
    return t("Forecasts for {month} still to come from channels: {count}; due by {day}: {names}",
             names=names, **told)  # fmt: skip
