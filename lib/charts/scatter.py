"""A rate against the volume it is a rate of: a point a thing, its kind by shape and colour, the mean as a line."""

from typing import Literal

import altair as alt
import pandas as pd

from lib.charts import palette
from lib.charts.house import Layers, picking, spoken

HEIGHT = 330
WIDTH, PLOT = 420, 240  # pixels that points have at the least, beside the axes and below the legend
POINT, SMALL, LINE = 11, 12, 15  # pixels: from a point's middle to its name, a name's letters, from line to line
WIDE = 0x2E7F  # letters after this one are as wide as high
SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross")


def scatter(
    frame: pd.DataFrame, kinds: tuple[str, ...], titles: tuple[str, str], mean: tuple[float, str] | None, top: float
) -> Layers:
    """Columns: `code` (what a click picks), `name`, `kind` (one of `kinds`), `volume`, `rate` (0 to 1), `written` (of
    both), `few` (hollow). `titles` name volume and rate; a rate above `top` lies at the edge. Names stand where there
    is room for them.
    """
    frame = frame.assign(
        read=spoken(frame, "name", "kind", "written"), shown=frame["rate"].clip(upper=top),
        fill=frame["kind"].map(dict(zip(kinds, palette.CATEGORIES, strict=False))),
    )  # fmt: skip
    x = alt.X("volume:Q", title=titles[0], scale=alt.Scale(type="sqrt", domain=[0, _widest(frame)], nice=False),
              axis=alt.Axis(grid=False, tickCount=6, format=",.0f"))  # fmt: skip
    y = alt.Y("shown:Q", title=titles[1], scale=alt.Scale(domain=[0, top], nice=False),
              axis=alt.Axis(format=".0%", tickCount=5))  # fmt: skip
    base = alt.Chart(frame).encode(x, y)
    broad = sum(_wide(kind) + 2 * POINT for kind in kinds) > WIDTH
    legend = alt.Legend(columns=3 if broad else len(kinds), symbolFillColor="transparent", offset=14)
    points = base.mark_point(size=120, strokeWidth=2, cursor="pointer").encode(
        alt.Color("kind:N", legend=legend, scale=alt.Scale(domain=kinds, range=palette.CATEGORIES[: len(kinds)])),
        alt.Shape("kind:N", legend=legend, scale=alt.Scale(domain=kinds, range=SHAPES[: len(kinds)])),
        alt.Fill("fill:N", scale=None),
        fillOpacity=alt.condition("datum.few", alt.value(0), alt.value(0.75)), description="read:N",
        tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("kind:N", title=" "),
                 alt.Tooltip("written:N", title=" ")],
    )  # fmt: skip
    right, left = named(frame, top, mean)
    base = base.encode(text="name:N")
    layers = [
        *_names(base.transform_filter(alt.FieldOneOfPredicate("code", right)), "left", POINT),
        *_names(base.transform_filter(alt.FieldOneOfPredicate("code", left)), "right", -POINT),
        points.add_params(picking("code")),
    ]
    if mean is not None:
        line = alt.Chart(pd.DataFrame({"shown": [min(mean[0], top)], "written": [mean[1]]})).encode(y)
        layers = [
            line.mark_rule(color=palette.TARGET, strokeDash=[5, 4], strokeWidth=1.5),
            line.mark_text(align="right", dy=-8, color=palette.TARGET, fontWeight=600).encode(
                x=alt.value("width"), text="written:N"
            ),
            *layers,
        ]
    return alt.layer(*layers).properties(height=HEIGHT)


def _names(base: alt.Chart, align: Literal["left", "right"], dx: int) -> tuple[alt.Chart, alt.Chart]:
    """Names beside their points, on paper of their own where a line runs."""
    return (
        base.mark_text(
            align=align, dx=dx, fontSize=SMALL, aria=False, stroke=palette.PAPER, strokeWidth=3, strokeOpacity=0.8,
            strokeJoin="round",
        ),
        base.mark_text(align=align, dx=dx, fontSize=SMALL, color=palette.QUIET),
    )  # fmt: skip


def named(frame: pd.DataFrame, top: float, mean: tuple[float, str] | None) -> tuple[list[str], list[str]]:
    """The codes of the points with their name to the right, and to the left: names lie over nothing, in order."""
    across = (frame["volume"] / _widest(frame)) ** 0.5 * WIDTH
    down = (1 - frame["rate"].clip(upper=top) / top) * PLOT
    taken = [(x - POINT, x + POINT, y) for x, y in zip(across, down, strict=True)]
    if mean is not None:
        taken.append((WIDTH - _wide(mean[1]), WIDTH, (1 - min(mean[0], top) / top) * PLOT - LINE / 2))
    sides: tuple[list[str], list[str]] = ([], [])
    for code, name, x, y in zip(frame["code"], frame["name"], across, down, strict=True):
        for side, start in enumerate((x + POINT + 1, x - POINT - 1 - _wide(name))):
            end = start + _wide(name)
            free = all(right <= start or end <= left or abs(y - at) >= LINE for left, right, at in taken)
            if free and start >= 0 and end <= WIDTH:
                taken.append((start, end, y))
                sides[side].append(code)
                break
    return sides


def _wide(name: str) -> float:
    """How many pixels a name takes."""
    return sum(SMALL if ord(letter) > WIDE else SMALL * 0.57 for letter in name)


def _widest(frame: pd.DataFrame) -> float:
    return max(1.0, float(frame["volume"].max())) * 1.06
