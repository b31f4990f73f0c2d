"""A month against its target as a bar: how far it is filled, where working days say it should be, and the verdict."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from lib.refusals import N_
from lib.targets import Progress
from lib.words import Words

VERDICTS = {"ahead": N_("{count} ahead"), "behind": N_("{count} behind"), "even": N_("on pace")}


def lead_over_pace(progress: Progress) -> int | None:
    """Whole units ahead of (or, negative, behind) what the working days gone by ask for; `None` without a target."""
    if progress.expected is None or progress.actual is None:
        return None
    return int((Decimal(progress.actual) - progress.expected).quantize(Decimal(1), ROUND_HALF_UP))


def bar(progress: Progress, words: Words, full: Decimal = Decimal(1)) -> dict[str, Any] | None:
    """The bar of a figure with a target. `full` is the attainment that fills it, where bars are compared."""
    lead = lead_over_pace(progress)
    if lead is None or progress.attainment is None or progress.pace is None:
        return None
    standing = "even" if lead == 0 else "ahead" if lead > 0 else "behind"
    return {
        "fill": share(progress.attainment, full), "pace": share(progress.pace, full), "standing": standing,
        "verdict": words.say(VERDICTS[standing], count=abs(lead)) if lead else words.say(VERDICTS[standing]),
    }  # fmt: skip


def plain_bar(value: Decimal | int, most: Decimal | int) -> dict[str, Any]:
    """The bar of a figure without a target: as long as it is beside the largest."""
    return {"fill": share(Decimal(value), Decimal(most or 1)), "pace": None, "standing": "none", "verdict": ""}


def share(part: Decimal, whole: Decimal) -> float:
    """A length of the bar between nothing and all of it."""
    return round(float(min(max(part / whole, Decimal()), Decimal(1))), 4)
