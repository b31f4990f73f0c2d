"""The words of forecasts: where one stands, until when, by whom."""

from datetime import date

from lib import formats
from lib.forecasts.standing import State
from lib.periods import Unit, whole
from lib.refusals import N_
from lib.ui.language import spoken, t

STATES = {
    State.ON_TIME: N_("on time"),
    State.LATE: N_("late"),
    State.OWED: N_("not yet submitted"),
    State.MISSING: N_("missing"),
    State.FREE: N_("sum of those below"),
    State.NEW: N_("new, owes none yet"),
}
SIGNS = {State.ON_TIME: "✓", State.LATE: "⚠", State.OWED: "○", State.MISSING: "✕", State.FREE: "Σ", State.NEW: "+"}
COLOURS = {
    State.ON_TIME: "green",
    State.LATE: "red",
    State.OWED: "gray",
    State.MISSING: "red",
    State.FREE: "gray",
    State.NEW: "gray",
}


def state(each: State) -> str:
    """✓ on time."""
    return f"{SIGNS[each]} {t(STATES[each])}"


def month(first: date) -> str:
    """2026年12月."""
    return formats.period(whole(Unit.MONTH, first), spoken())


def day(when: date) -> str:
    return formats.day(when, spoken())


def number(count: int | None) -> str:
    return formats.number(count, spoken())
