"""What all charts share: fonts, quiet axes, the language of their numbers and days, and how a mark is picked."""

from typing import Any

import altair as alt
import pandas as pd

from lib.charts import palette

FONT = "'Noto Sans SC', 'Noto Sans SC Common', 'Noto Sans SC Names', 'Noto Sans SC Rare', sans-serif"
LABEL_SIZE, LABEL_PADDING = 13, 6
LATIN, NARROW, WIDE = "\u2e7f", 0.62 * LABEL_SIZE, 1.0 * LABEL_SIZE  # up to here letters are narrow; pixels of one
PICKED = "picked"

Layers = alt.LayerChart | alt.FacetChart  # what `alt.layer` says it gives

NUMBER = {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["¥", ""]}
DAYS_ZH = ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"]
MONTHS_ZH = [f"{month}月" for month in range(1, 13)]
LOCALES: dict[str, dict[str, Any]] = {
    "zh": {
        "number": NUMBER,
        "time": {
            "dateTime": "%Y年%-m月%-d日 %H:%M:%S", "date": "%Y-%m-%d", "time": "%H:%M:%S", "periods": ["上午", "下午"],
            "days": DAYS_ZH, "shortDays": [f"周{day[-1]}" for day in DAYS_ZH],
            "months": MONTHS_ZH, "shortMonths": MONTHS_ZH,
        },
    },
    "en": {"number": NUMBER},
}  # fmt: skip


def dressed(chart: Layers, language: str) -> dict[str, Any]:
    """The finished specification of a chart in the house's look and a language."""
    return (  # type: ignore[no-any-return]
        chart.configure(font=FONT, background="transparent", padding=4, locale=LOCALES[language])
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=palette.QUIET, titleColor=palette.QUIET, labelFontSize=LABEL_SIZE, titleFontSize=LABEL_SIZE,
            titleFontWeight="normal", gridColor=palette.HAIRLINE, domain=False, ticks=False, labelPadding=LABEL_PADDING,
        )
        .configure_legend(
            orient="top", title=None, labelFontSize=LABEL_SIZE, labelColor=palette.QUIET, symbolType="square",
            padding=0, offset=4,
        )
        .configure_text(fontSize=LABEL_SIZE, color=palette.INK)
        .to_dict()
    )  # fmt: skip


def called(labels: "pd.Series[str]", limit: int) -> alt.Axis:
    """The axis of what bars are called, cut at so many pixels."""
    return alt.Axis(labelLimit=limit, minExtent=room_of(labels, limit))


def room_of(labels: "pd.Series[str]", limit: int) -> int:
    """Pixels to be kept for names: the browser measures them once, which may be before the page's own font is there,
    and would cut what comes out wider then."""
    widest = max((sum(WIDE if letter > LATIN else NARROW for letter in str(label)) for label in labels), default=0)
    return min(limit, round(widest)) + LABEL_PADDING


def picking(*fields: str) -> alt.Parameter:
    """A click on a mark picks the row behind it, told by these columns."""
    return alt.selection_point(name=PICKED, fields=list(fields), on="click", empty=True)


def spoken(frame: pd.DataFrame, *columns: str) -> pd.Series:
    """What a screen reader says of each mark: these columns, one after the other."""
    return frame[list(columns)].astype(str).agg(" ".join, axis=1)


def from_zero(values: "pd.Series[float]") -> alt.Scale:
    """The scale of marks that stand on zero; where none rises above it nor falls below, up to one."""
    return alt.Scale(zero=True, nice=True) if values.fillna(0).any() else alt.Scale(domain=[0, 1])


def steps(highest: float) -> list[int]:
    """At most five whole-number marks of an axis from zero."""
    size = next(unit * 10**power for power in range(12) for unit in (1, 2, 5) if unit * 10**power * 4 >= highest)
    return [size * step for step in range(5) if size * (step - 1) < max(highest, 1)]
