"""The charts of the loss analysis by their structure: from zero, last point labelled, a click tells the code."""

from typing import Any

import pytest

from lib import charts
from lib.ui.losses import specs
from lib.ui.losses.specs import Bar, Cell, MonthPoint, Push

BARS = (Bar("lead.price", "价格", 6), Bar("lead.service", "服务", 3, faded=True), Bar("lead.other", "其他", 1))


def rows(spec: dict[str, Any], column: str) -> list[Any]:
    """A column of whichever data the chart holds."""
    return [row[column] for data in spec["datasets"].values() for row in data if column in row]


def clicks(spec: dict[str, Any]) -> list[str]:
    """What a click on a mark tells."""
    return [field for each in spec["params"] if each["name"] == charts.PICKED for field in each["select"]["fields"]]


def point(code: str, value: float | None, **more: bool) -> MonthPoint:
    state = {"running": False, "few": False, "labelled": False} | more
    return MonthPoint(code, code, (code,), value, f"{value}", "1 / 2", **state)


def test_a_pareto_adds_up_to_all_on_one_scale_from_zero() -> None:
    spec = specs.pareto(BARS, "zh")
    assert (rows(spec, "summed"), rows(spec, "reached")) == ([6, 9, 10], ["60%", "90%", "100%"])
    lengths = [layer["encoding"]["x"]["scale"]["domain"] for layer in spec["layer"]]
    assert all(domain == [0, 10] for domain in lengths)
    assert clicks(spec) == ["code"]


def test_a_ranking_tells_the_share_of_the_whole_it_is_given() -> None:
    spec = specs.ranks(BARS, 20, "zh")
    assert rows(spec, "share") == ["30.0%", "15.0%", "5.0%"]
    assert spec["layer"][0]["encoding"]["x"]["scale"]["domain"] == [0, 6]
    assert rows(spec, "read")[0] == "价格 6 30.0%"


def test_an_empty_cell_is_left_empty_and_a_cell_tells_both_of_its_sides() -> None:
    cells = (
        Cell("p", "a", "价格", "顾一", 2, 2),
        Cell("p", "b", "价格", "顾二", 0, 1),
        Cell("s", "b", "服务", "顾二", 1, 1),
    )
    spec = specs.heat(cells, "zh")
    assert rows(spec, "count") == [2, 1]
    assert clicks(spec) == ["row", "column"]
    assert spec["layer"][0]["encoding"]["x"]["scale"]["domain"] == ["顾一", "顾二"]


@pytest.mark.parametrize("rate", [True, False])
def test_a_course_of_months_labels_the_last_and_leaves_out_what_has_no_value(rate: bool) -> None:
    points = (point("2026-09", 0.4), point("2026-10", None), point("2026-11", 0.5, labelled=True, running=True))
    spec = specs.months(points, "战败率", "战败 / 已有结果", rate, "zh")
    assert rows(spec, "code") == ["2026-09", "2026-11"]
    assert [layer["transform"] for layer in spec["layer"] if layer["mark"]["type"] == "text"] == [
        [{"filter": "datum.labelled"}]
    ]
    assert spec["layer"][0]["encoding"]["x"]["scale"]["domain"] == ["2026-09", "2026-10", "2026-11"]
    assert clicks(spec) == ["code"]


def test_only_months_that_have_ended_are_joined_by_the_line() -> None:
    spec = specs.months((point("2026-11", 0.5, running=True),), "续保率", "已续 / 应续", True, "zh")
    line = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "line")
    assert line["transform"] == [{"filter": "!datum.running"}]


def test_what_moved_a_rate_stands_to_either_side_of_nothing_with_its_sign_written() -> None:
    pushes = (Push("a", "顾一", 1.5, "+1.50 pt", False, ""), Push("b", "顾二", -0.5, "-0.50 pt", True, ""))
    spec = specs.influence(pushes, "zh")
    assert spec["layer"][0]["encoding"]["x"]["scale"]["domain"] == [-1.5, 1.5]
    assert rows(spec, "written") == ["+1.50 pt", "-0.50 pt"]
