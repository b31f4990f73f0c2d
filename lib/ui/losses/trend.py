"""Twelve months of losses, or of the loss rate; a month selects its days for the whole page."""

from datetime import date

import streamlit as st

from lib import data, formats, kpi
from lib.access import Actor
from lib.losses.course import MonthLosses, course
from lib.losses.months import ending, span
from lib.losses.standing import Standing
from lib.periods import Unit, named, whole
from lib.ui import address
from lib.ui.language import current, spoken, t
from lib.ui.look import card
from lib.ui.losses import heading, picking, specs, wording
from lib.ui.losses.specs import MonthPoint
from lib.ui.losses.wanted import Wanted

FIGURES = ("losses", "loss_rate")


def draw(actor: Actor, wanted: Wanted) -> None:
    """The twelve months that end with the period's."""
    months = ending(min(wanted.chosen.last, wanted.today))
    selected, decided = (
        data.read(course, wanted.cases, months, filters) for filters in (wanted.filters, wanted.filters.whole)
    )
    standings = {first: _standing(selected, decided, first) for first in months}
    with card("loss_trend"):
        columns = [t("Month"), t("Losses"), t("Decided cases"), t("Loss rate")]
        rows = [
            (first, each.lost, each.decided, each.figure("loss_rate").value) for first, each in standings.items()
        ]  # fmt: skip
        heading.draw(
            actor, wanted, "loss_trend", t("Twelve months"), columns, rows, heading.about(wanted, days=span(months))
        )
        slug = st.segmented_control(
            t("Figure"), FIGURES, format_func=lambda each: t(kpi.find(each).label), required=True,
            key=address.one("trend", FIGURES, FIGURES[0]), label_visibility="collapsed",
        )  # fmt: skip
        address.keep(trend=None if slug == FIGURES[0] else slug)
        slug = slug or FIGURES[0]
        points = tuple(_point(wanted, months, first, each, slug) for first, each in standings.items())
        label, told = t(kpi.find(slug).label), t("Losses of decided cases")
        spec = specs.months(points, label, told, slug == "loss_rate", current())
        picking.chart(spec, "loss_trend", lambda mark: picking.month(wanted, mark["code"]), label)
        if slug == "loss_rate":
            st.caption(t("A hollow point stands for fewer than 30 decided cases, or for a month that still runs."))
        else:
            st.caption(t("The month that still runs is paler."))


def _standing(selected: tuple[MonthLosses, ...], decided: tuple[MonthLosses, ...], first: date) -> Standing:
    mine = [each.decided for each in selected if each.first == first]
    return Standing(
        sum(each.lost for each in mine), sum(each.within_reach for each in mine),
        sum(each.decided.decided for each in decided if each.first == first),
    )  # fmt: skip


def _point(wanted: Wanted, months: tuple[date, ...], first: date, each: Standing, slug: str) -> MonthPoint:
    figure, words = each.figure(slug), spoken()
    month, name = whole(Unit.MONTH, first), named(Unit.MONTH, first)
    written = formats.value(kpi.find(slug), figure.value, words)
    few = wording.sample(each.decided)
    fraction = " · ".join(filter(None, (formats.fraction(figure, words), few)))
    return MonthPoint(
        name, formats.period(month, words), wording.month_label(month), wording.number(figure), written, fraction,
        running=named(Unit.MONTH, wanted.today) == name, few=each.small,
        labelled=first == months[-1],
        faded=wanted.month and wanted.period.name != name,
    )  # fmt: skip
