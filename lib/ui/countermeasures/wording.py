"""How a countermeasure is said."""

from datetime import date

from lib import formats, settings
from lib.countermeasures.reading import Measure, View
from lib.periods import Period
from lib.refusals import N_
from lib.ui.language import current, spoken, t

VIEWS = {
    View.OVERDUE: N_("Past due"), View.OPEN: N_("Under way"), View.DONE: N_("Done"), View.DROPPED: N_("Dropped"),
}  # fmt: skip
EMPTY = {
    View.OVERDUE: N_("Nothing is overdue here."),
    View.OPEN: N_("No countermeasure is open here. A manager sets one up for a reason of the loss analysis."),
    View.DONE: N_("None is done yet. One appears here when its owner says so."),
    View.DROPPED: N_("None was dropped."),
}


def reason(measure: Measure) -> str:
    """价格 / 电网销更低, or the first level alone."""
    pair = measure.reason_en if current() == "en" else measure.reason
    return " / ".join(dict.fromkeys(pair))


def scope(measure: Measure) -> str:
    """Where it holds, and for whom or what."""
    narrowed = (measure.channel or t("Whole group"), measure.person, measure.insurer, measure.car_model)
    return " · ".join(filter(None, narrowed))


def day(on: date) -> str:
    """2026年11月23日."""
    return formats.day_with_year(on, spoken())


def days(run: Period) -> str:
    """10月1日 – 11月20日."""
    return formats.period(Period(run.first, run.last), spoken())


def due(measure: Measure, today: date) -> str:
    """How far off the day is that it is due."""
    if measure.closed_at is not None:
        return t("closed {day}", day=day(measure.closed_at.astimezone(settings.load().zone).date()))
    left = (measure.due_on - today).days
    if left < 0:
        return t("{days} d past due", days=-left)
    return t("today") if left == 0 else t("in {days} d", days=left)
