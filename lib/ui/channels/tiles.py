"""The tiles above the network and on a node's page: a figure, its fraction, its change on the period before."""

from html import escape

import streamlit as st

from lib import formats, kpi
from lib.access import Actor, Permission
from lib.kpi import Better, Figure, Kpi
from lib.ui.board.rows import Opened, open_rows
from lib.ui.language import spoken, t
from lib.words import Words

SLUGS = ("leads", "test_drives", "orders", "deliveries", "revenue", "lead_to_order_rate", "price_deviation_rate")
COUNTED = ("leads", "captured", "test_drives", "orders", "deliveries")
"""The figures whose rows can be opened."""


def draw(actor: Actor, figures: dict[str, tuple[Figure, Figure]], compared: str, opens: bool) -> None:
    """The tiles of some figures, each with that of the period before; names open rows for whom may see them."""
    with st.grid(len(figures), min_column_width=140, gap=12):
        for slug, (now, before) in figures.items():
            with st.container(key=f"card-tile-{slug}"):
                _name(actor, kpi.find(slug), opens)
                st.html(drawn(kpi.find(slug), now, before, compared, spoken()))


def drawn(record: Kpi, now: Figure, before: Figure, compared: str, words: Words) -> str:
    """A tile's markup. Colour goes with an arrow."""
    measure = formats.measure(record, words) if now.value is not None else ""
    value = escape(formats.value(record, now.value, words)) + (f"<small>{escape(measure)}</small>" if measure else "")
    fraction = "" if record.slug == "price_deviation_rate" else escape(formats.fraction(now, words))
    return (
        f'<div class="desk-tile small"><div class="line"><span class="value">{value}</span>'
        f'{_change(record, now, before, compared, words)}</div><div class="note">{fraction}</div></div>'
    )


def tone(record: Kpi, now: Figure, before: Figure) -> str:
    """Whether a change is good, bad, or neither."""
    step = formats.difference(record, now.value, before.value)
    if not step or record.better is Better.NEITHER:
        return "even"
    return "good" if (step > 0) is (record.better is Better.HIGHER) else "bad"


def _change(record: Kpi, now: Figure, before: Figure, compared: str, words: Words) -> str:
    if formats.difference(record, now.value, before.value) is None:
        return ""
    title, inked = (
        escape(f"{compared}: {formats.value(record, before.value, words)}", quote=True),
        tone(record, now, before),
    )
    return f'<span class="change {inked}" title="{title}">{formats.change(record, now.value, before.value)}</span>'


def _name(actor: Actor, record: Kpi, opens: bool) -> None:
    if not opens or record.slug not in COUNTED or not actor.may(Permission.LEAD_READ):
        st.caption(t(record.label), help=t(record.definition))
    elif st.button(
        t(record.label), key=f"open_{record.slug}", type="tertiary", icon=":material/chevron_right:",
        icon_position="right", help=t(record.definition),
    ):  # fmt: skip
        open_rows(Opened(record.slug))
