"""The charts of forecasts as finished specifications."""

from functools import lru_cache
from typing import Any

import pandas as pd

from lib import charts, formats
from lib.forecasts.figures import Accuracy
from lib.refusals import N_
from lib.words import words

SHARED = 256
GRADES = (N_("high"), N_("good"), N_("fair"), N_("weak"))  # domain.md B3: errors under 10, 20, 50 %, and above

BOUNDS = (0.1, 0.2, 0.5)

Lines = tuple[tuple[str, Accuracy], ...]


@lru_cache(SHARED)
def accuracy(lines: Lines, language: str) -> dict[str, Any]:
    """The errors of several nodes, kinds or models against copying last month."""
    said = words(language)
    frame = pd.DataFrame(
        {
            "label": [name for name, _ in lines],
            "wape": [each.figure("wape").value for _, each in lines],
            "naive": [each.figure("naive_wape").value for _, each in lines],
            "written": [formats.percent(each.figure("wape").value, 0) for _, each in lines],
            "naive_written": [formats.percent(each.figure("naive_wape").value, 0) for _, each in lines],
        }
    ).astype({"wape": float, "naive": float})
    labels = {"wape": said.say("Forecast error"), "naive": said.say("Error of copying last month")}
    return charts.dressed(charts.accuracy(frame, [said.say(each) for each in GRADES], labels), language)


def beyond(lines: Lines) -> bool:
    """Whether one of these errors lies beyond the edge of its picture."""
    errors = (each.figure(slug).value for _, each in lines for slug in ("wape", "naive_wape"))
    return any(error is not None and error > charts.MOST_ERROR for error in errors)


def grade(error: float) -> str:
    """The word, as a message id, by which an error is judged."""
    return GRADES[sum(error >= bound for bound in BOUNDS)]
