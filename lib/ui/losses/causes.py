"""The Pareto of reasons in two levels: a bar of the first opens into the second."""

from collections import Counter
from collections.abc import Callable

import streamlit as st

from lib import data, formats, kpi
from lib.access import Actor
from lib.losses.picture import picture
from lib.losses.reasons import Reason
from lib.ui import pictures
from lib.ui.language import current, t
from lib.ui.look import card
from lib.ui.losses import heading, picking, specs, wording
from lib.ui.losses.specs import Bar
from lib.ui.losses.wanted import Wanted
from lib.ui.plain import plain

SECOND = "causes_in_detail"  # the place of the second level's chart


def draw(actor: Actor, wanted: Wanted) -> None:
    """Reasons of the first level, most frequent first; below it the second level of the one that is selected."""
    found = data.read(picture, wanted.cases, wanted.gone, wanted.without("reasons")).by_reason()
    bars = _bars(found, lambda each: each.group_code, lambda each: wording.group(each, wanted.both), wanted)
    opened = opened_group(wanted)
    with card("causes"):
        rows = [
            (wording.group(each, wanted.both), wording.second(each), count, kpi.ratio(count, sum(found.values())))
            for each, count in found.items()
        ]
        columns = [t("Reason"), t("In detail"), t("Losses"), t("Share")]
        heading.draw(actor, wanted, "causes", t("Why we lose"), columns, rows, heading.about(wanted, "reasons"))
        if not bars:
            heading.nothing()
            return
        st.caption(t("Most frequent first; the line adds up. Click a bar: it opens into its details."))
        picking.chart(
            specs.pareto(bars, current()), "causes", lambda mark: picking.reason(wanted, mark["code"]),
            t("Losses by reason, and what they add up to."),
        )  # fmt: skip
        if opened is not None:
            _second(actor, wanted, found, opened)


def opened_group(wanted: Wanted) -> str | None:
    """The first level of the last reason that is selected."""
    for code in reversed(wanted.selected.reasons):
        found = next((each.group_code for each in wanted.reasons if code in (each.code, each.group_code)), None)
        if found is not None:
            return found
    return None


def _second(actor: Actor, wanted: Wanted, found: dict[Reason, int], group: str) -> None:
    within = {each: count for each, count in found.items() if each.group_code == group}
    bars = _bars(within, lambda each: each.code, wording.second, wanted)
    if not bars:
        return
    whole, mine = sum(found.values()), sum(within.values())
    name = wording.of_code(group, wanted.reasons, wanted.both)
    share = formats.percent(kpi.ratio(mine, whole))
    with st.container(key=SECOND):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                t("**{reason}**: {count} of {whole} losses ({share})", reason=plain(name), count=mine, whole=whole,
                  share=share)
            )  # fmt: skip
            rows = [(bar.label, bar.cases, kpi.ratio(bar.cases, mine)) for bar in bars]
            columns = [t("Reason"), t("Losses"), t("Share")]
            pictures.offer(actor, SECOND, name, columns, rows, about=heading.about(wanted, "reasons"))
        picking.chart(
            specs.ranks(bars, mine, current()), "causes_second", lambda mark: picking.reason(wanted, mark["code"]),
            t("Losses by reason in detail."),
        )  # fmt: skip


def _bars(
    found: dict[Reason, int], code: Callable[[Reason], str], label: Callable[[Reason], str], wanted: Wanted
) -> tuple[Bar, ...]:
    counts: Counter[str] = Counter()
    labels: dict[str, str] = {}
    for reason, count in found.items():
        counts[code(reason)] += count
        labels[code(reason)] = label(reason)
    chosen = wanted.selected.reasons
    return tuple(
        Bar(each, labels[each], count, faded=bool(chosen) and not picking.among(each, chosen))
        for each, count in counts.most_common()
    )
