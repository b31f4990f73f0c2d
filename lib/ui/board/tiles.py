"""The tile of a figure: value, fraction, target with pace, change on the period before, a small trend."""

from base64 import b64encode
from decimal import ROUND_HALF_UP, Decimal
from html import escape

import streamlit as st

from lib import formats, kpi
from lib.access import Actor
from lib.board.overview import Overview, Tile, opens_with
from lib.charts import palette
from lib.kpi import Better, Kpi, Number
from lib.periods import Period, Unit
from lib.refusals import N_
from lib.ui.language import spoken, t
from lib.words import Words

MAIN = ("first_visits", "capture_rate", "test_drive_rate", "orders", "deliveries")
MORE = (
    "return_visits", "invited_visits", "calls", "outdoor_leads", "online_leads", "referral_leads", "captured_visits",
    "test_drives", "showroom_close_rate", "outdoor_close_rate", "deliveries_per_consultant", "lead_losses",
    "new_car_insurance_rate", "policies_issued", "premium_amount", "renewals_renewed", "renewal_losses",
    "calls_overdue",
)  # fmt: skip

COMPARED = {
    Unit.DAY: N_("vs the day before"),
    Unit.WEEK: N_("vs the same days last week"),
    Unit.MONTH: N_("vs the same days last month"),
}
OTHERWISE_COMPARED = N_("vs the days just before")
WIDTH, HEIGHT = 200, 34  # of the small trend, in its own units


def wall(actor: Actor, view: Overview, slugs: tuple[str, ...], small: bool = False) -> str | None:
    """The tiles of these figures in a grid; the slug whose name was clicked in this run."""
    clicked = None
    with st.grid(6 if small else 5, min_column_width=150 if small else 168, gap=12):
        for slug in slugs:
            with st.container(key=f"card-tile-{slug}"):
                if _name(actor, kpi.find(slug)):
                    clicked = slug
                st.html(drawn(view.tiles[slug], view.period, spoken(), small))
    return clicked


def _name(actor: Actor, record: Kpi) -> bool:
    """The figure's name with its definition on hover; for whom may see the rows it opens them."""
    if not actor.may(opens_with(record.slug)):
        st.caption(t(record.label), help=t(record.definition))
        return False
    return st.button(
        t(record.label), key=f"open_{record.slug}", type="tertiary", icon=":material/chevron_right:",
        icon_position="right", help=t(record.definition),
    )  # fmt: skip


def drawn(tile: Tile, period: Period, words: Words, small: bool = False) -> str:
    """A tile's markup. Colour goes with an arrow or a word; red is for calls that are late."""
    record = kpi.find(tile.slug)
    late = tile.slug == "calls_overdue" and tile.figure.value
    parts = [
        _line(
            f'<span class="value{" late" if late else ""}">{_value(record, tile, words)}</span>',
            _change(record, tile, period, words),
        ),
        _note(formats.fraction(tile.figure, words)),
        *_against_target(record, tile, words),
    ]
    if tile.trend and not small:
        parts.append(_trend(tile.trend))
    return f'<div class="desk-tile{" small" if small else ""}">{"".join(parts)}</div>'


def _value(record: Kpi, tile: Tile, words: Words) -> str:
    written = escape(formats.value(record, tile.figure.value, words))
    measure = formats.measure(record, words, tile.figure.value)
    return written + (f"<small>{escape(measure)}</small>" if measure and tile.figure.value is not None else "")


def _change(record: Kpi, tile: Tile, period: Period, words: Words) -> str:
    step = formats.difference(record, tile.figure.value, tile.before.value)
    if step is None:
        return ""
    good = step if record.better is Better.HIGHER else -step
    tone = "even" if step == 0 or record.better is Better.NEITHER else "good" if good > 0 else "bad"
    before = formats.value(record, tile.before.value, words)
    said = words.say(COMPARED.get(period.unit, OTHERWISE_COMPARED) if period.unit else OTHERWISE_COMPARED)
    title = escape(f"{said}: {before}", quote=True)
    change = formats.change(record, tile.figure.value, tile.before.value)
    return f'<span class="change {tone}" title="{title}">{change}</span>'


def _against_target(record: Kpi, tile: Tile, words: Words) -> list[str]:
    """Target and attainment; the bar with the pace's mark; the sentence that says where one should be."""
    progress = tile.progress
    if progress.target is None:
        return []
    target = words.say(
        "Target {target} · {rate} reached", target=formats.target(record, progress.target, words),
        rate=formats.percent(progress.attainment),
    )  # fmt: skip
    lines = [_bar(progress.attainment, progress.pace if record.adds_over_days else None), _note(target)]
    if record.adds_over_days and progress.expected is not None:
        lines.append(_note(pace_sentence(record, progress.actual, progress.expected, words)))
    return lines


def pace_sentence(record: Kpi, actual: Number | None, expected: Decimal, words: Words) -> str:
    """By working days 41 are due, 38 done: 3 behind."""
    due = expected.quantize(Decimal(1), ROUND_HALF_UP)
    done = Decimal(actual or 0)
    said = {"due": formats.value(record, due, words), "done": formats.value(record, done, words)}
    gap = formats.value(record, abs(done - due), words)
    if done == due:
        return words.say("By working days {due} are due, {done} done: on pace", **said)
    if done > due:
        return words.say("By working days {due} are due, {done} done: {gap} ahead", gap=gap, **said)
    return words.say("By working days {due} are due, {done} done: {gap} behind", gap=gap, **said)


def _line(*parts: str) -> str:
    return f'<div class="line">{"".join(parts)}</div>'


def _note(text: str) -> str:
    return f'<div class="note">{escape(text)}</div>' if text else ""


def _bar(reached: Decimal | None, pace: Decimal | None) -> str:
    filled = min(Decimal(100), (reached or Decimal()) * 100)
    mark = "" if pace is None else f'<b style="left:calc({pace * 100:.1f}% - 1px)"></b>'
    return f'<div class="bar" aria-hidden="true"><i style="width:{filled:.1f}%"></i>{mark}</div>'


def _trend(values: tuple[Number | None, ...]) -> str:
    """The days as a line from zero, its last point marked. Days without a value are left out of the line."""
    highest = max((float(each) for each in values if each is not None), default=0) or 1
    step = (WIDTH - 8) / max(1, len(values) - 1)
    points = [
        (4 + place * step, HEIGHT - 4 - float(each) / highest * (HEIGHT - 8))
        for place, each in enumerate(values) if each is not None
    ]  # fmt: skip
    if not points:
        return ""
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    last_x, last_y = points[-1]
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none">'
        f'<polyline points="{line}" fill="none" stroke="{palette.MAIN}" stroke-width="1.6" '
        f'vector-effect="non-scaling-stroke" stroke-linejoin="round"/>'
        f'<circle cx="{last_x:.1f}" cy="{last_y:.1f}" r="3" fill="{palette.MAIN}"/></svg>'
    )
    return f'<img alt="" src="data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}">'
