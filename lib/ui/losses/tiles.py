"""The tiles of the loss analysis: value, fraction, and how it was just before and a year ago, each with its count."""

from dataclasses import dataclass, replace
from html import escape

import streamlit as st

from db.terms import LossDomain
from lib import data, formats, kpi
from lib.kpi import Better, Figure, Kpi
from lib.loss_reviews.figures import reviewed
from lib.losses.picture import picture
from lib.losses.rows import Went, Which
from lib.losses.standing import Standing, standing
from lib.losses.windows import window
from lib.periods import Period
from lib.refusals import N_
from lib.ui.language import spoken, t
from lib.ui.losses import wording
from lib.ui.losses.rows import Opened, open_rows
from lib.ui.losses.wanted import Wanted
from lib.words import Words

NONE = Figure(None)
COMPARED = {"before": N_("Previous period"), "year": N_("A year ago")}


@dataclass(frozen=True)
class Tile:
    """A figure now, just before, and a year ago; what its name opens; a word of caution."""

    slug: str
    figures: tuple[Figure, Figure, Figure]
    opens: Opened
    about: str = ""


def draw(wanted: Wanted) -> None:
    """The figures of the period; a name opens the rows behind its fraction."""
    shown = [*_losses(wanted), _clear(wanted)]
    if LossDomain.RENEWAL in wanted.filters.followed:
        shown.append(_renewed(wanted))
    with st.grid(len(shown), min_column_width=200, gap=12):
        for tile in shown:
            record = kpi.find(tile.slug)
            with st.container(key=f"card-tile-{tile.slug}"):
                st.button(
                    t(record.label), key=f"open_{tile.slug}", type="tertiary", icon=":material/chevron_right:",
                    icon_position="right", help=t(record.definition), on_click=open_rows, args=(tile.opens,),
                )  # fmt: skip
                st.html(drawn(record, tile, spoken()))
                for name, then, period in zip(COMPARED, tile.figures[1:], _then(wanted, tile), strict=True):
                    _against(record, tile, name, then, period)


def _losses(wanted: Wanted) -> list[Tile]:
    now, before, year = (_standing(wanted, each) for each in wanted.spans)

    def tile(slug: str, which: Which, reach: bool = False) -> Tile:
        found = (now.figure(slug), before.figure(slug), year.figure(slug))
        return Tile(slug, found, Opened(slug, which, within_reach=reach))

    return [
        tile("losses", Which.LOST), tile("controllable_losses", Which.LOST, reach=True),
        tile("loss_rate", Which.DECIDED),
    ]  # fmt: skip


def _standing(wanted: Wanted, period: Period) -> Standing:
    selected = data.read(picture, wanted.cases, period, wanted.filters)
    return standing(selected, data.read(picture, wanted.cases, period, wanted.filters.whole))


def _clear(wanted: Wanted) -> Tile:
    """How many of the selected losses have a clear reason that was accepted."""
    slug = "clear_reason_rate"
    now, before, year = (data.read(reviewed, wanted.cases, each, wanted.filters).figure(slug) for each in wanted.spans)
    return Tile(slug, (now, before, year), Opened(slug, Which.CLEAR))


def _renewed(wanted: Wanted) -> Tile:
    """The renewal rate of the days that are past: a rate, never progress."""
    slug, opens = "renewal_rate", Opened("renewal_rate", went=Went.DUE)
    if wanted.windows is None:
        return Tile(slug, (NONE, NONE, NONE), opens, t("No day of this window has passed yet."))
    now, before, year = (
        data.read(window, wanted.cases, each, wanted.filters, wanted.today).whole.figure(slug)
        for each in wanted.windows
    )
    days = formats.period(wanted.windows[0], spoken())
    return Tile(slug, (now, before, year), opens, t("Due {days}", days=days))


def drawn(record: Kpi, tile: Tile, words: Words) -> str:
    """A tile's markup: the figure now. A small sample goes with a word."""
    now = tile.figures[0]
    measure = formats.measure(record, words, now.value) if now.value is not None else ""
    value = escape(formats.value(record, now.value, words)) + (f"<small>{escape(measure)}</small>" if measure else "")
    notes = [formats.fraction(now, words), _few(now), tile.about]
    lines = [
        f'<div class="line"><span class="value">{value}</span></div>',
        *(f'<div class="note">{escape(note)}</div>' for note in notes if note),
    ]
    return f'<div class="desk-tile small">{"".join(lines)}</div>'


def _then(wanted: Wanted, tile: Tile) -> tuple[Period | None, Period | None]:
    """The days just before and a year ago, where the figure has such."""
    spans = wanted.windows if tile.opens.went is not None else wanted.spans
    return (None, None) if spans is None else (spans[1], spans[2])


def _against(record: Kpi, tile: Tile, name: str, then: Figure, period: Period | None) -> None:
    """How it was then, of how many, and the change since: just before 48.0%, 520 / 1,083, ▲ 3.1 pt. It opens the rows
    of those days."""
    words, named = spoken(), t(COMPARED[name])
    told = f"{named} {formats.value(record, then.value, words)}"
    counted = " · ".join(filter(None, (formats.fraction(then, words), _few(then))))
    opens = replace(tile.opens, window=period, title=f"{t(record.label)} · {named}")
    with st.container(key=f"then-{tile.slug}-{name}", gap=None):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap=None):
            st.button(
                told, key=f"then_{tile.slug}_{name}", type="tertiary", disabled=period is None or then.value is None,
                on_click=open_rows, args=(opens,),
            )  # fmt: skip
            if change := _change(record, tile.figures[0], then):
                st.html(f'<div class="desk-tile">{change}</div>', width="content")
        if counted:
            st.html(f'<div class="desk-tile"><div class="note">{escape(counted)}</div></div>')


def _change(record: Kpi, now: Figure, then: Figure) -> str:
    step = formats.difference(record, now.value, then.value)
    if step is None:
        return ""
    good = step if record.better is Better.HIGHER else -step
    tone = "even" if step == 0 or record.better is Better.NEITHER else "good" if good > 0 else "bad"
    return f'<span class="change {tone}">{formats.change(record, now.value, then.value)}</span>'


def _few(figure: Figure) -> str:
    """A word where a rate is over few cases."""
    return wording.sample(int(figure.denominator or 0))
