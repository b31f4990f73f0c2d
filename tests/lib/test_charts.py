"""Charts by their structure: what is a bar begins at zero, targets are lines, the last point is labelled."""

from typing import Any

import pandas as pd
import pytest

from lib import charts
from lib.charts import palette
from lib.charts.house import room_of, steps
from lib.charts.naming import LEFT, RIGHT, WIDTH, named
from lib.charts.naming import written as place_of

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


def rows(spec: dict[str, Any], column: str) -> list[dict[str, Any]]:
    """The rows of the data that has this column."""
    return next(each for each in spec["datasets"].values() if each and column in each[0])


def test_small_multiples_stand_on_one_scale_from_zero_whatever_each_holds() -> None:
    frame = pd.DataFrame(
        [
            {"panel": panel, "code": str(panel), "name": str(panel), "place": place, "month": str(place),
             "value": value, "written": str(value), "running": False}
            for panel, values in enumerate(([10.0, 100.0], [50.0, None]))
            for place, value in enumerate(values)
        ]
    )  # fmt: skip
    spec = charts.dressed(charts.panels(frame, "交车", False, "~s"), "zh")
    drawn = [(each["lower"] - each["upper"]) for each in rows(spec, "upper") if each["value"] is not None]
    assert drawn == pytest.approx([drawn[1] / 10, drawn[1], drawn[1] / 2])
    assert [each["select"]["fields"] for each in spec["params"]] == [["code"]]


def test_small_multiples_of_what_lies_below_zero_and_of_nothing_are_drawn() -> None:
    for values in ([-0.04, -0.02], [None, None]):
        frame = pd.DataFrame(
            {"panel": 0, "code": "a", "name": "a", "place": [0, 1], "month": ["1", "2"], "value": values,
             "written": ["", ""], "running": False}
        ).astype({"value": float})  # fmt: skip
        assert charts.dressed(charts.panels(frame, "价格", True, ".0%"), "zh")["params"]


def test_a_ribbon_is_as_thick_as_its_numbers_at_every_step_and_never_below_nothing() -> None:
    streams = tuple(
        charts.Stream(code, code, amounts, ("", "", ""), ("", "", ""), palette.MAIN)
        for code, amounts in (("a", (200, 100, 50)), ("b", (100, -2, 0)))
    )
    spec = charts.dressed(charts.flow(streams, ("线索", "订单", "交车")), "zh")
    thick = {(each["code"], each["x"]): each["y2"] - each["y"] for each in rows(spec, "ribbon")}
    steps = [each for each in spec["layer"] if each["encoding"].get("text", {}).get("field") == "step"]
    assert steps[0]["mark"]["align"] == "right"  # on a phone the first heading has room over the names alone
    unit = thick["a", 0] / 200
    assert [thick[code, x] / unit for code in "ab" for x in (0, 1, 2)] == pytest.approx([200, 100, 50, 100, 0, 0])


def test_names_in_a_scatter_lie_over_no_other_point_or_name() -> None:
    frame = pd.DataFrame({"code": list("abc"), "name": "很长的名字", "volume": [100, 99, 4], "rate": [0.2, 0.2, 0.5]})
    assert named(frame, 1.0, None, WIDTH) == ["", LEFT, RIGHT]  # the first two have no room to the right, one is in
    assert named(frame[:1], 1.0, None, WIDTH) == [LEFT]  # the other's way
    assert named(frame, 1.0, None, 70) == ["", "", ""]


def test_the_mean_of_a_scatter_is_written_where_no_point_lies() -> None:
    for rates, place in (
        ([0.1, 0.9], ("right", True)),
        ([0.54, 0.9], ("right", False)),
        ([0.51, 0.49], ("left", True)),
    ):
        frame = pd.DataFrame({"name": ["a", "b"], "volume": [100, 98], "rate": rates})
        assert place_of(frame, 1.0, (0.5, "整体 50.0%")) == place


def errors_of(**columns: list[float]) -> dict[str, Any]:
    frame = pd.DataFrame({"label": ["甲", "乙"]} | columns)
    frame["written"], frame["naive_written"] = ([f"{each:.0%}" for each in frame[name]] for name in ("wape", "naive"))
    return charts.dressed(charts.accuracy(frame, list("高好中弱"), {"wape": "误差", "naive": "照抄"}), "zh")


def inner(spec: dict[str, Any], mark: str) -> list[dict[str, Any]]:
    """The layers of a mark, however deep."""
    found = [spec] if spec.get("mark", {}).get("type") == mark else []
    return [*found, *(each for layer in spec.get("layer", []) for each in inner(layer, mark))]


def test_an_error_beyond_the_edge_is_a_triangle_there_and_told_as_it_is() -> None:
    spec = errors_of(wape=[2.5, 0.4], naive=[3.5, 1.0])
    far, near = rows(spec, "wape")
    assert (far["wape"], far["naive"], near["dot"], near["ring"]) == (2.5, 3.5, 0.4, 1.0)
    assert 1.5 == far["dot"] < far["ring"] < 1.6  # side by side: neither hides the other
    assert rows(errors_of(wape=[2.5, 0.4], naive=[1.5, 1.0]), "wape")[0]["dot"] > 1.5
    assert far["read"] == "甲 误差 250% 照抄 350%"
    ring, dot = inner(spec, "point")
    for each, name in ((ring, "naive"), (dot, "wape")):
        assert [told["field"] for told in each["encoding"]["tooltip"]] == ["label", "wape", "naive"]
        assert each["encoding"]["description"]["field"] == "read"
        assert each["encoding"]["shape"]["condition"]["test"] == f"datum.{name} > 1.5"
        assert each["encoding"]["shape"]["condition"]["value"] == "triangle-right"


def test_long_names_leave_the_errors_room_on_a_phone() -> None:
    axis = inner(errors_of(wape=[0.1, 0.4], naive=[0.2, 1.0]), "text")[0]["encoding"]["y"]["axis"]
    assert axis["labelLimit"]["expr"].startswith("containerSize()[0] < ")


def scales(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """What the layers say of the upright scale."""
    return [each["encoding"]["y"]["scale"] for each in spec["layer"] if "scale" in each["encoding"].get("y", {})]


def months_of(values: list[float | None], rate: bool = False) -> dict[str, Any]:
    frame = pd.DataFrame({"month": ["10月", "11月"], "value": values, "written": "", "running": False})
    return charts.dressed(charts.months(frame.astype({"value": float}), "交车", rate), "zh")


@pytest.mark.parametrize(("values", "rate"), [([0, 0], False), ([None, None], True), ([0, None], True)])
def test_months_of_nothing_stand_on_a_scale_up_to_one_and_are_all_named(values: list[float | None], rate: bool) -> None:
    spec = months_of(values, rate)
    assert {str(each) for each in scales(spec)} == {"{'domain': [0, 1]}"}
    assert spec["layer"][0]["encoding"]["x"]["scale"]["domain"] == ["10月", "11月"]


def test_months_count_in_whole_numbers_and_keep_their_own_scale() -> None:
    spec = months_of([1, 0])
    assert spec["layer"][0]["encoding"]["y"]["axis"]["tickMinStep"] == 1
    assert "domain" not in scales(spec)[0]
    assert "domain" not in scales(months_of([-0.1, -0.2], rate=True))[0]


@pytest.mark.parametrize(("forecast", "empty"), [(None, True), (0, True), (2, False)])
def test_forecasts_of_a_node_without_deliveries_stand_on_zero(forecast: int | None, empty: bool) -> None:
    frame = pd.DataFrame({"month": ["10月", "11月"], "actual": 0, "forecast": [None, forecast], "running": False})
    spec = charts.dressed(charts.forecasts(frame.astype({"forecast": float}), LABELS | {"forecast": "预报"}), "zh")
    assert ("domain" in scales(spec)[0]) is empty
    assert spec["layer"][0]["encoding"]["y"]["axis"]["tickMinStep"] == 1


@pytest.mark.parametrize(("most", "marks"), [(0, [0, 1]), (1, [0, 1]), (2, [0, 1, 2]), (3, [0, 3])])
def test_small_multiples_mark_no_half_of_a_car(most: float, marks: list[float]) -> None:
    frame = pd.DataFrame(
        {"panel": 0, "code": "a", "name": "a", "place": [0, 1], "month": ["1", "2"], "value": [0.0, most],
         "written": ["", ""], "running": False}
    )  # fmt: skip
    spec = charts.dressed(charts.panels(frame, "交车", False, "~s"), "zh")
    assert [each["value"] for each in rows(spec, "at")] == marks


def test_an_effect_over_nothing_has_a_scale() -> None:
    frame = pd.DataFrame({"label": ["前", "后"], "share": 0.0, "low": 0.0, "high": 0.0, "written": "", "interval": ""})
    spec = charts.dressed(charts.effect(frame, {"share": "战败率", "interval": "区间"}), "zh")
    assert inner(spec, "point")[0]["encoding"]["x"]["scale"]["domain"][1] > 1


def test_room_is_kept_for_names_whatever_font_they_are_first_measured_in() -> None:
    names = pd.Series(["战败 · 联系不上", "已续"])
    assert 6 * 13 + 3 * 4 < room_of(names, 190) < 190, "six Chinese letters, two blanks and a dot"
    assert room_of(pd.Series(["长" * 40]), 190) == 190 + 6
    assert room_of(pd.Series([], dtype=str), 190) == 6
    steps_taken = pd.DataFrame({"step": ["a"], "label": ["到店"], "count": [3], "rate": [""]})
    axis = charts.funnel(steps_taken).to_dict()["layer"][0]["encoding"]["y"]["axis"]
    assert axis["minExtent"] == room_of(steps_taken["label"], 140)
