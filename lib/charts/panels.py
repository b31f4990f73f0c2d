"""Small multiples on one scale: a panel a thing, a mark a month; they share the width that there is."""

import altair as alt
import pandas as pd

from lib.charts import palette
from lib.charts.house import Layers, picking, spoken

ACROSS = 4
PLOT, HEAD, FOOT = 84, 30, 30  # pixels of a panel: its marks, its name above, its months below
BETWEEN = 2.5  # widths of a month between panels
LETTER = 9  # pixels of a digit
AXIS = 42  # pixels for the numbers at the left


def panels(frame: pd.DataFrame, title: str, rate: bool, tick: str) -> Layers:
    """Columns: `panel` (0, 1, …), `code` (what a click picks), `name`, `place` (of the month, 0 the earliest), `month`
    (as it is called), `value` (none where there is none), `written`, `running`. `tick` formats the scale's numbers.
    """
    length, count = int(frame["place"].max()) + 1, int(frame["panel"].max()) + 1
    across = min(ACROSS, count)
    low, high = _ends(frame["value"])
    frame = _placed(frame, across, length, low, high)
    frame["read"] = spoken(frame, "name", "month", "written")
    height = -(-count // across) * (HEAD + PLOT + FOOT) - FOOT + 22
    wide = across * (length + BETWEEN) - BETWEEN
    places = alt.Scale(domain=[0, wide], range=[AXIS, alt.ExprRef("width")], nice=False, zero=False)
    pixels = alt.Scale(domain=[0, height], range=[0, height], nice=False)

    def x(name: str) -> alt.X:
        return alt.X(f"{name}:Q", title=None, axis=None, scale=places)

    def y(name: str) -> alt.Y:
        return alt.Y(f"{name}:Q", title=None, axis=None, scale=pixels)

    known = alt.Chart(frame.dropna(subset=["value"]))
    inks = alt.Color("running:N", legend=None, scale=alt.Scale(
        domain=[False, True], range=[palette.MAIN, palette.SOFT]))  # fmt: skip
    if rate:
        lines = known.mark_line(aria=False, color=palette.MAIN, strokeWidth=2).encode(
            x("middle"), y("tip"), alt.Detail("panel:N"), order="place:Q"
        )
        points = known.mark_point(aria=False, filled=True, size=34, opacity=1).encode(x("middle"), y("tip"), inks)
        drawn = [lines, points]
    else:
        drawn = [known.mark_rect(aria=False).encode(x("left"), y("upper"), alt.X2("right:Q"), alt.Y2("lower:Q"), inks)]
    first = frame[frame["place"] == 0]
    last = frame[frame["place"] == length - 1]
    beside = 10 + LETTER * int(last["written"].str.len().max())
    room = alt.ExprRef(f"(width - {AXIS}) * {length / wide:.4f} - {beside}")
    names = alt.Chart(first).mark_text(align="left", fontWeight=600, limit=room, cursor="pointer").encode(
        x("start"), y("title"), text="name:N"
    )  # fmt: skip
    values = alt.Chart(last).mark_text(align="right", fontWeight=700).encode(x("end"), y("title"), text="written:N")
    months = [
        alt.Chart(first).mark_text(align="left", color=palette.QUIET).encode(x("start"), y("foot"), text="month:N"),
        alt.Chart(last).mark_text(align="right", color=palette.QUIET).encode(x("end"), y("foot"), text="month:N"),
    ]
    hits = alt.Chart(frame).mark_rect(fill=palette.PAPER, fillOpacity=0, cursor="pointer").encode(
        x("place_start"), y("top"), alt.X2("place_end:Q"), alt.Y2("bottom:Q"), description="read:N",
        tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("month:N", title=" "),
                 alt.Tooltip("written:N", title=title)],
    )  # fmt: skip
    grid = _grid(count, across, length, _marks(low, high, rate))
    rules = alt.Chart(grid).mark_rule(aria=False, color=palette.HAIRLINE).encode(x("start"), y("at"), alt.X2("end:Q"))
    ticks = alt.Chart(grid[grid["first"]]).mark_text(align="right", color=palette.QUIET, dx=-6).encode(
        x("start"), y("at"), text=alt.Text("value:Q", format=tick)
    )  # fmt: skip
    return alt.layer(rules, ticks, *drawn, names, values, *months, hits.add_params(picking("code"))).properties(
        height=height
    )


def _ends(values: "pd.Series[float]") -> tuple[float, float]:
    """The ends of the scale: zero is one of them, or lies between."""
    low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    if pd.isna(low) or pd.isna(high) or low == high:
        return 0.0, 1.0
    return (0.0 if low == 0 else -_round(-low)), (0.0 if high == 0 else _round(high))


def _round(value: float) -> float:
    """The least of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten that is not below a value."""
    power: float = 1.0
    while power * 10 <= value:
        power *= 10
    while power > value:
        power /= 10
    return next(unit * power for unit in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if unit * power >= value * 0.999999)


def _top(panel: int, across: int) -> int:
    return panel // across * (HEAD + PLOT + FOOT)


def _placed(frame: pd.DataFrame, across: int, length: int, low: float, high: float) -> pd.DataFrame:
    """The same rows with where their marks lie: months across, pixels down."""
    start = frame["panel"] % across * (length + BETWEEN)
    top = frame["panel"].map(lambda panel: _top(panel, across))
    scale = PLOT / (high - low)
    tip = top + HEAD + (high - frame["value"]) * scale
    zero = top + HEAD + high * scale
    return frame.assign(
        start=start, end=start + length, place_start=start + frame["place"], place_end=start + frame["place"] + 1,
        left=start + frame["place"] + 0.12, right=start + frame["place"] + 0.88, middle=start + frame["place"] + 0.5,
        tip=tip, upper=tip.where(tip < zero, zero), lower=tip.where(tip > zero, zero), top=top,
        bottom=top + HEAD + PLOT, title=top + 12, foot=top + HEAD + PLOT + 14,
    )  # fmt: skip


def _marks(low: float, high: float, rate: bool) -> list[float]:
    """The ends and what lies between them, where it can be counted."""
    if low < 0 < high:
        return [low, 0.0, high]
    middle = (low + high) / 2
    return [low, middle, high] if rate or middle.is_integer() else [low, high]


def _grid(count: int, across: int, length: int, marks: list[float]) -> pd.DataFrame:
    low, high = marks[0], marks[-1]
    return pd.DataFrame(
        [
            {"start": panel % across * (length + BETWEEN), "end": panel % across * (length + BETWEEN) + length,
             "value": mark, "at": _top(panel, across) + HEAD + (high - mark) / (high - low) * PLOT,
             "first": panel % across == 0}
            for panel in range(count) for mark in marks
        ]
    )  # fmt: skip
