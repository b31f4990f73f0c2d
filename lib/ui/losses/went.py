"""Where the renewals of the window went, adding up to those due: what has ended apart from what has not."""

from collections import Counter
from datetime import date

import streamlit as st

from lib import data, formats, kpi
from lib.access import Actor
from lib.charts import palette
from lib.losses.months import IN_A_YEAR, ahead, ending, matured, span
from lib.losses.rows import Went as State
from lib.losses.windows import MonthDue, Window, months_due, window
from lib.periods import Period, Unit, named, whole
from lib.refusals import N_
from lib.ui.board.panels import beside
from lib.ui.language import current, spoken, t
from lib.ui.look import card
from lib.ui.losses import heading, picking, specs, wording
from lib.ui.losses.rows import Opened, open_rows
from lib.ui.losses.specs import Bar, MonthPoint
from lib.ui.losses.wanted import Wanted

OF_LOSSES = ("reasons", "controllable", "competitors", "gap", "models")  # no choices of where all of them went
ADD_UP = N_(
    "The bars add up to those due; click one for its rows. One of a reason selects that reason for the page, too."
)
AHEAD = 2  # months of due_on that are shown beyond the running one


def draw(actor: Actor, wanted: Wanted) -> None:
    """The renewals due in the period, what has ended beside what has not, and month by month."""
    parts = [
        (ended, period)
        for ended, period in (
            (True, matured(wanted.period, wanted.today)), (False, ahead(wanted.period, wanted.today))
        )
        if period is not None
    ]  # fmt: skip
    for (ended, period), place in zip(parts, beside(*(1 for _ in parts), row="even-went-"), strict=True):
        with place:
            _part(actor, wanted, ended, period)
    _course(actor, wanted)


def _part(actor: Actor, wanted: Wanted, ended: bool, period: Period) -> None:
    """What has ended has a rate; what has not, progress."""
    found = data.read(window, wanted.cases, period, wanted.filters, wanted.today)
    gone, bars, words = found.whole, _bars(found, wanted.selected.reasons), spoken()
    name = t("Where the renewals due went") if ended else t("Still to come due: where they stand")
    place = f"went-{'ended' if ended else 'ahead'}"
    with card(place):
        rows = [(bar.label, bar.cases, kpi.ratio(bar.cases, gone.due)) for bar in bars]
        columns = [t("Where it went"), t("Renewals"), t("Share")]
        heading.draw(actor, wanted, place, name, columns, rows, heading.about(wanted, *OF_LOSSES, days=period))
        if not bars:
            st.caption(t("No renewal is due in these days."))
            return
        figure = gone.figure("renewal_rate")
        told = {
            "days": formats.period(period, words), "count": formats.number(gone.due, words),
            "rate": formats.percent(figure.value), "fraction": formats.fraction(figure, words),
        }  # fmt: skip
        st.markdown(
            t("{days}: {count} due, renewal rate **{rate}** ({fraction})", **told)
            if ended
            else t("{days}: {count} due, progress **{rate}** ({fraction})", **told)
        )
        few = wording.sample(gone.due)
        st.caption(" · ".join(filter(None, (few, t(ADD_UP)))))

        def picked(mark: picking.Mark) -> None:
            state, _, reason = str(mark["code"]).partition(":")
            again = wanted.selected.reasons == (reason,)
            if reason:
                picking.reason(wanted, reason)
            if again:
                return
            label = next(bar.label for bar in bars if bar.code == mark["code"])
            open_rows(Opened("due", went=State(state), reason=reason or None, window=period, title=f"{name}: {label}"))

        picking.chart(specs.ranks(bars, gone.due, current()), place, picked, name)


def _bars(found: Window, chosen: tuple[str, ...]) -> tuple[Bar, ...]:
    """Renewed, lost by reason, lapsed, open with and without a quote; what does not occur is left out."""
    gone = found.whole
    lost: Counter[tuple[str, str]] = Counter()
    for reason, count in found.lost_by_reason:
        lost[reason.group_code, wording.group(reason, both=False)] += count
    bars = [Bar("renewed", t("Renewed"), gone.renewed, ink=palette.GOOD)]
    bars += [
        Bar(f"lost:{code}", t("Lost: {reason}", reason=name), count, ink=palette.LATE,
            faded=bool(chosen) and not picking.among(code, chosen))
        for (code, name), count in lost.most_common()
    ]  # fmt: skip
    bars += [
        Bar("lapsed", t("Lapsed"), gone.lapsed, ink=palette.TARGET),
        Bar("open_quoted", t("Open, quoted"), gone.open_quoted, ink=palette.MAIN),
        Bar("open_unquoted", t("Open, never quoted"), gone.open_unquoted, ink=palette.OTHER),
    ]
    return tuple(bar for bar in bars if bar.cases)


def _course(actor: Actor, wanted: Wanted) -> None:
    """The renewal rate by month of due_on: months that have ended joined by a line, others as progress."""
    last = wanted.today
    for _ in range(AHEAD):
        last = _next(last)
    months = data.read(months_due, wanted.cases, ending(last, IN_A_YEAR + AHEAD), wanted.filters, wanted.today)
    with card("went_course"):
        rows = [
            (each.first, t("Rate") if each.settled else t("Progress"), each.went.renewed, each.went.due,
             each.went.figure("renewal_rate").value)
            for each in months
        ]  # fmt: skip
        columns = [t("Month"), t("Kind"), t("Renewed"), t("Renewals due"), t("Share")]
        said = heading.about(wanted, *OF_LOSSES, days=span(tuple(each.first for each in months)))
        heading.draw(actor, wanted, "went_course", t("Renewal rate by month of expiry"), columns, rows, said)
        st.caption(t("Joined by the line: months that have ended. Paler: progress of months that have not."))
        ended = [each for each in months if each.settled]
        points = tuple(_point(wanted, each, ended[-1] if ended else None) for each in months)
        label = t(kpi.find("renewal_rate").label)
        spec = specs.months(points, label, t("Renewed of those due"), True, current())
        picking.chart(spec, "went_course", lambda mark: picking.month(wanted, mark["code"]), label)


def _next(day: date) -> date:
    month = whole(Unit.MONTH, day)
    return date.fromordinal(month.last.toordinal() + 1)


def _point(wanted: Wanted, each: MonthDue, labelled: MonthDue | None) -> MonthPoint:
    figure, words = each.went.figure("renewal_rate"), spoken()
    rate = formats.percent(figure.value)
    kind = t("Rate") if each.settled else t("Progress")
    told = " · ".join(filter(None, (kind, formats.fraction(figure, words), wording.sample(each.went.due))))
    month, name = whole(Unit.MONTH, each.first), named(Unit.MONTH, each.first)
    return MonthPoint(
        name, formats.period(month, words), wording.month_label(month), wording.number(figure), rate, told,
        running=not each.settled, few=each.went.small, labelled=each is labelled,
        faded=wanted.month and wanted.period.name != name,
    )  # fmt: skip
