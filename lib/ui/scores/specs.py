"""The charts of the marks as finished specifications."""

from functools import lru_cache
from typing import Any

import pandas as pd

from lib import charts, formats
from lib.scores.profiles import Course, Profile
from lib.words import words

SHARED = 256

Courses = tuple[tuple[str, bool, tuple[Course, ...]], ...]
"""Each centre's name, whether it is the chosen one, and its courses."""


@lru_cache(SHARED)
def profile(found: Profile, language: str) -> dict[str, Any]:
    """The eight marks of one centre."""
    said = words(language)
    frame = pd.DataFrame(
        {
            "label": [said.term(each.function) for each in found.marks],
            "score": [each.score for each in found.marks],
            "before": [each.before for each in found.marks],
            "average": [each.average for each in found.marks],
            "written": [formats.number(each.score, said) for each in found.marks],
            "evidence": [each.evidence or formats.NOTHING for each in found.marks],
        }
    ).astype({"score": float, "before": float, "average": float})
    labels = {
        "score": said.say("Mark"), "before": said.say("Last month"), "average": said.say("Mean of the centres"),
        "evidence": said.say("Evidence"),
    }  # fmt: skip
    return charts.dressed(charts.profile(frame, labels), language)


@lru_cache(SHARED)
def courses(found: Courses, language: str) -> dict[str, Any]:
    """Twelve months of every centre, a panel a function."""
    said = words(language)
    months = [formats.month(month, said) for month in found[0][2][0].months]
    rows = []
    for centre, chosen, of in found:
        for course in of:
            marked = [(months[place], score) for place, score in enumerate(course.scores) if score is not None]
            rows += [
                (said.term(course.function), month, centre, float(score), chosen, month == marked[-1][0])
                for month, score in marked
            ]
    frame = pd.DataFrame(rows, columns=["function", "month", "centre", "score", "chosen", "last"])
    functions = [said.term(course.function) for course in found[0][2]]
    labels = {"month": said.say("Month"), "centre": said.say("Centre"), "score": said.say("Mark")}
    return charts.dressed(charts.profiles(frame, functions, months, labels), language)
