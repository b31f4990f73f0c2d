"""A rate against the volume it is a rate of: a point a thing, its kind by shape and colour, the mean as a line."""

from typing import Literal

import altair as alt
import pandas as pd

from lib.charts import palette
from lib.charts.house import LABEL_SIZE, Layers, picking, spoken
from lib.charts.naming import LEFT, LINE, PHONE, POINT, RIGHT, SMALL, WIDTH, columns, named, widest, written

HEIGHT = 330
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
    x = alt.X("volume:Q", title=titles[0], scale=alt.Scale(type="sqrt", domain=[0, widest(frame)], nice=False),
              axis=alt.Axis(grid=False, tickCount=6, format=",.0f"))  # fmt: skip
    y = alt.Y("shown:Q", title=titles[1], scale=alt.Scale(domain=[0, top], nice=False),
              axis=alt.Axis(format=".0%", tickCount=5))  # fmt: skip
    laptop, phone = (named(frame, top, mean, width) for width in (WIDTH, PHONE))
    frame = frame.assign(laptop=laptop, phone=phone)
    base = alt.Chart(frame).encode(x, y)
    beside = alt.ExprRef(f"width < {WIDTH} ? {columns(kinds, PHONE)} : {columns(kinds, WIDTH)}")
    size = alt.ExprRef(f"width < {WIDTH} ? {SMALL - 1} : {LABEL_SIZE}")
    legend = alt.Legend(columns=beside, labelFontSize=size, symbolFillColor="transparent", offset=14)
    rows = -(-len(kinds) // columns(kinds, PHONE))
    points = base.mark_point(size=120, strokeWidth=2, cursor="pointer").encode(
        alt.Color("kind:N", legend=legend, scale=alt.Scale(domain=kinds, range=palette.CATEGORIES[: len(kinds)])),
        alt.Shape("kind:N", legend=legend, scale=alt.Scale(domain=kinds, range=SHAPES[: len(kinds)])),
        alt.Fill("fill:N", scale=None),
        fillOpacity=alt.condition("datum.few", alt.value(0), alt.value(0.75)), description="read:N",
        tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("kind:N", title=" "),
                 alt.Tooltip("written:N", title=" ")],
    )  # fmt: skip
    base = base.encode(text="name:N")
    side = f"(width < {WIDTH} ? datum.phone : datum.laptop)"
    layers = [
        *_names(base.transform_filter(f"{side} == '{RIGHT}'"), "left", POINT),
        *_names(base.transform_filter(f"{side} == '{LEFT}'"), "right", -POINT),
        points.add_params(picking("code")),
    ]
    if mean is not None:
        line = alt.Chart(pd.DataFrame({"shown": [min(mean[0], top)], "written": [mean[1]]})).encode(y)
        place = written(frame, top, mean)
        layers = [
            line.mark_rule(color=palette.TARGET, strokeDash=[5, 4], strokeWidth=1.5),
            *layers,
            line.mark_text(align=place.side, dy=-8 if place.above else 10, color=palette.TARGET, fontWeight=600).encode(
                x=alt.value(0 if place.side == "left" else "width"), text="written:N"
            ),
        ]
    return alt.layer(*layers).properties(height=HEIGHT + LINE * max(0, rows - 2))


def _names(base: alt.Chart, align: Literal["left", "right"], dx: int) -> tuple[alt.Chart, alt.Chart]:
    """Names beside their points, on paper of their own where a line runs."""
    return (
        base.mark_text(
            align=align, dx=dx, fontSize=SMALL, aria=False, stroke=palette.PAPER, strokeWidth=3, strokeOpacity=0.8,
            strokeJoin="round",
        ),
        base.mark_text(align=align, dx=dx, fontSize=SMALL, color=palette.QUIET),
    )  # fmt: skip
