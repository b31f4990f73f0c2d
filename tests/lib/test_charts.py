"""Charts by their structure: what is a bar begins at zero, targets are lines, the last point is labelled."""

from typing import Any

import pandas as pd
import pytest

from lib import charts
from lib.charts import palette
from lib.charts.house import steps

LABELS = {"actual": "交车", "before": "上月", "target": "目标"}


def layers(spec: dict[str, Any], mark: str) -> list[dict[str, Any]]:
    return [each for each in spec["layer"] if each["mark"]["type"] == mark]


def written(spec: dict[str, Any]) -> list[str]:
    """Every text that a mark writes."""
    return [row["written"] for rows in spec["datasets"].values() for row in rows if "written" in row]


def month(**columns: list[float | None]) -> pd.DataFrame:
    days = {"position": [1, 2, 3], "label": ["1", "2", "3"]}
    empty: dict[str, list[float | None]] = {name: [None] * 3 for name in ("actual", "before", "target")}
    return pd.DataFrame(days | empty | columns).astype(dict.fromkeys(empty, float))


def course_of(**columns: list[float | None]) -> dict[str, Any]:
    return charts.dressed(charts.course(month(**columns), LABELS, "日"), "zh")


def test_a_course_starts_at_zero_with_the_target_as_a_dashed_line() -> None:
    spec = course_of(actual=[1, 3, None], before=[2, 2, 4], target=[1, 2, 3])
    assert all(
        each["encoding"]["y"]["scale"]["domain"][0] == 0 for each in spec["layer"] if "y" in each.get("encoding", {})
    )
    dashed = [each for each in layers(spec, "line") if "strokeDash" in each["mark"]]
    assert [each["mark"]["color"] for each in dashed] == [palette.TARGET]


def test_a_course_names_the_last_point_of_each_series() -> None:
    spec = course_of(actual=[1, 3, None], before=[2, 2, 4], target=[1, 2, 3])
    assert sorted(written(spec)) == ["3", "上月 4", "目标 3"]


def test_a_course_without_target_or_any_number_is_still_drawn() -> None:
    assert written(course_of(actual=[1, None, None])) == ["1"]
    assert written(course_of()) == []


def test_funnel_bars_start_at_zero_and_open_by_their_step() -> None:
    frame = pd.DataFrame(
        {"step": ["a", "b"], "label": ["来店", "留档"], "count": [0, 0], "rate": ["", "—"]}
    )  # fmt: skip
    spec = charts.dressed(charts.funnel(frame), "zh")
    assert layers(spec, "bar")[0]["encoding"]["x"]["scale"]["domain"][0] == 0
    assert [(each["name"], each["select"]["fields"]) for each in spec["params"]] == [(charts.PICKED, ["step"])]


def test_sources_open_by_their_value_not_by_their_label() -> None:
    frame = pd.DataFrame({"source": ["walk_in"], "label": ["来店"], "leads": [3], "share": ["100.0%"]})
    spec = charts.dressed(charts.sources(frame), "zh")
    assert spec["params"][0]["select"]["fields"] == ["source"]


def test_the_busiest_hour_is_labelled_with_both_kinds_together() -> None:
    frame = pd.DataFrame({"hour": [9, 10] * 2, "kind": ["来店"] * 2 + ["来电"] * 2, "count": [3, 5, 1, 4]})
    spec = charts.dressed(charts.hours(frame), "zh")
    peak = next(rows for rows in spec["datasets"].values() if len(rows) == 1)
    assert peak == [{"hour": 10, "count": 9}]


def test_chinese_charts_speak_chinese() -> None:
    spec = charts.dressed(charts.course(month(), LABELS, "日"), "zh")
    assert spec["config"]["locale"]["time"]["shortDays"][1] == "周一"


@pytest.mark.parametrize(("highest", "last"), [(0, 1), (3, 3), (60, 60), (116, 150), (1000, 1000)])
def test_an_axis_has_few_round_marks_above_all_values(highest: float, last: int) -> None:
    marks = steps(highest)
    assert marks[0] == 0
    assert marks[-1] == last
    assert len(marks) <= 5


@pytest.mark.parametrize(
    "ink", [palette.MAIN, palette.OTHER, palette.TARGET, palette.GOOD, palette.LATE, *palette.CATEGORIES]
)
def test_inks_stand_out_from_paper(ink: str) -> None:
    assert contrast(ink, palette.PAPER) >= 3


@pytest.mark.parametrize("ink", [palette.INK, palette.QUIET, palette.TARGET, palette.GOOD, palette.LATE])
def test_inks_of_words_can_be_read(ink: str) -> None:
    assert contrast(ink, palette.PAPER) >= 4.5


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
