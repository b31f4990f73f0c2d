"""To whom we lose, and by how much money."""

import streamlit as st

from lib import data, formats, kpi
from lib.access import Actor
from lib.losses.noted import Gaps, competitors, gaps
from lib.ui import address
from lib.ui.language import current, spoken, t, term
from lib.ui.look import card
from lib.ui.losses import heading, picking, specs, wording
from lib.ui.losses.specs import Bar
from lib.ui.losses.wanted import Wanted, gap_code

SHOWN = 10  # bars; the others stand below, to choose from

Counts = tuple[tuple[str, int], ...]


def rivals(actor: Actor, wanted: Wanted) -> None:
    """Losses by competitor, as far as one was noted."""
    noted = data.read(competitors, wanted.cases, wanted.gone, wanted.without("competitors"))
    chosen = wanted.selected.competitors
    shown, others = parted(noted.counted, chosen)
    bars = tuple(Bar(name, name, count, faded=bool(chosen) and name not in chosen) for name, count in shown)
    with card("rivals"):
        rows = [(name, count, kpi.ratio(count, noted.total)) for name, count in noted.counted]
        columns = [t("Competitor"), t("Losses"), t("Share")]
        heading.draw(actor, wanted, "rivals", t("To whom"), columns, rows, heading.about(wanted, "competitors"))
        if not bars:
            st.caption(t("No competitor was noted with these losses."))
            return
        st.caption(_noted(noted.total - noted.without, noted.total))
        picking.chart(
            specs.ranks(bars, noted.total, current()), "rivals",
            lambda mark: _pick(chosen, mark["code"]), t("Losses by competitor."),
        )  # fmt: skip
        if others:
            _others(others, chosen)


def parted(counted: Counts, chosen: tuple[str, ...]) -> tuple[Counts, Counts]:
    """The competitors that have a bar, the most frequent and those selected; and the others."""
    shown = tuple(each for place, each in enumerate(counted) if place < SHOWN or each[0] in chosen)
    return shown, tuple(each for each in counted if each not in shown)


def _others(others: Counts, chosen: tuple[str, ...]) -> None:
    """How many have no bar, and with how many losses; each can be chosen."""
    words, key, counts = spoken(), address.key("rivals_others"), dict(others)

    def pick() -> None:
        _pick(chosen, st.session_state[key])
        st.session_state[key] = None

    st.selectbox(
        t("{count} more competitors with {losses} losses", count=formats.number(len(others), words),
          losses=formats.number(sum(counts.values()), words)),
        list(counts), index=None, key=key, on_change=pick, placeholder=t("Choose"),
        format_func=lambda name: f"{name} · {formats.number(counts[name], words)}",
    )  # fmt: skip


def _pick(chosen: tuple[str, ...], name: str) -> None:
    """A competitor; one in whose name something was masked is no name to ask for."""
    if "*" not in name:
        picking.several("competitor", chosen, name)


def price_gaps(actor: Actor, wanted: Wanted) -> None:
    """How far our price was off, of each domain on its own scale."""
    found = [data.read(gaps, wanted.cases, wanted.gone, wanted.without("gap"), each) for each in wanted.domains]
    with card("gaps"):
        rows = [
            (term(each.domain), wording.gap(step, both=False), count) for each in found for step, count in each.steps
        ]  # fmt: skip
        columns = [t("Losses of"), t("Price gap"), t("Losses")]
        heading.draw(actor, wanted, "gaps", t("How far the price was off"), columns, rows, heading.about(wanted, "gap"))
        if not rows:
            st.caption(t("No price gap was noted with these losses."))
            return
        told = [
            f"{term(each.domain)}: {_noted(each.total - each.without, each.total)}" for each in found if each.total
        ]  # fmt: skip
        st.caption("  \n".join(told))
        bars = tuple(_bar(wanted, each, place) for each in found for place in range(len(each.steps)))
        picking.chart(
            specs.ranks(bars, sum(each.total for each in found), current()), "gaps",
            lambda mark: picking.gap(wanted, mark["code"]), t("Losses by price gap."),
        )  # fmt: skip


def _bar(wanted: Wanted, found: Gaps, place: int) -> Bar:
    step, count = found.steps[place]
    code = gap_code(step)
    faded = wanted.selected.gap not in (None, code)
    return Bar(code, wording.gap(step, wanted.both), count, faded)


def _noted(with_one: int, total: int) -> str:
    words = spoken()
    return t(
        "Noted with {count} of {total} losses ({share}).", count=formats.number(with_one, words),
        total=formats.number(total, words), share=formats.percent(kpi.ratio(with_one, total)),
    )  # fmt: skip
