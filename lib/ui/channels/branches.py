"""The pictures of what lies below a node: where its leads went, who converts, and how each branch developed."""

from collections.abc import Sequence

import streamlit as st

from db.terms import ChannelKind
from lib import charts, data, formats, kpi
from lib.access import Actor
from lib.channels import branches as below
from lib.channels.branches import FEW, Part, Rest
from lib.channels.months import FIGURES, IDLE, last_months, months
from lib.channels.overview import Network, Standing
from lib.charts import palette
from lib.sheets import Cell
from lib.ui import address, pictures
from lib.ui.board.panels import beside
from lib.ui.channels import picking, specs
from lib.ui.language import current, spoken, t, term
from lib.ui.look import card
from lib.ui.today import today

STEPS = ("leads", "orders", "deliveries")
STREAMS = 8  # branches with a ribbon of their own
PANELS = 12
ON_A_PHONE = 2  # panels that a phone has room for; more are moved sideways
SPOTS = 300


def network(actor: Actor, view: Network) -> None:
    """The pictures of the whole network."""
    if view.standings:
        draw(actor, view, None)
    else:
        st.info(t("There is no channel yet. Add channels, or import them."), icon=":material/account_tree:")


def draw(actor: Actor, view: Network, standing: Standing | None) -> None:
    """All three, of a node or of the whole network; nothing of a node without branches."""
    of = below.root(view, standing)
    found = below.branches(view, of)
    if not found:
        return
    about = f"{of.node.name if of else t('All channels')} · {formats.period(view.elapsed, spoken())}"
    left, right = beside(1, 1, row="even-wide-")
    with left:
        _flow(actor, view, of, about)
    with right:
        _scatter(actor, view, of, about)
    with card("channel_courses"):
        courses(actor, view, found[:PANELS], t("Twelve months by branch"), about)
        if len(found) > PANELS:
            st.caption(t("The {count} branches with the most leads of {all}.", count=PANELS, all=len(found)))


def courses(actor: Actor, view: Network, nodes: tuple[Standing, ...], title: str, about: str) -> None:
    """One figure of several nodes over twelve months, on one scale; in a card of its own."""
    head = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
    with head:
        st.subheader(title, anchor=False, width="content")
        slug = st.selectbox(
            t("Figure"), FIGURES, format_func=lambda each: t(kpi.find(each).label), label_visibility="collapsed",
            key=address.one("figure", FIGURES, FIGURES[0]), width=190,
        )  # fmt: skip
    address.keep(figure=None if slug == FIGURES[0] else slug)
    span = last_months(view.elapsed.last)
    of = data.read(months, actor.scope, view.elapsed.last)
    lines = tuple(
        specs.Course(each.node.code, each.node.name, tuple(
            month.figure(slug).value for month in of.get(each.node.path, IDLE)
        ))
        for each in nodes
    )  # fmt: skip
    named = t(kpi.find(slug).label)
    rows = [
        (line.code, line.name, month.first, value)
        for line in lines for month, value in zip(span, line.values, strict=True)
    ]  # fmt: skip
    with head:
        columns = [t("Code"), t("Channel"), t("Month"), named]
        pictures.offer(actor, "card-channel_courses", f"{title} {named}", columns, rows, about)
    with st.container(key="wide_courses" if len(lines) > ON_A_PHONE else "courses"):
        picking.chart(specs.panels(lines, span, slug, today(), current()), "channel_courses", f"{title}: {named}")
    st.caption(t("With everything below, all on one scale; the number is that of the last month, which is paler while "
                 "it runs. Select a channel to open its page."))  # fmt: skip


def _flow(actor: Actor, view: Network, of: Standing | None, about: str) -> None:
    words = spoken()
    found = below.parts(view, of, STREAMS)
    labels = [_called(each) for each in found]
    amounts = [[int(each.numbers.figure(slug).value or 0) for slug in STEPS] for each in found]
    records = [kpi.find(slug) for slug in STEPS]
    streams = tuple(
        charts.Stream(
            "" if part.standing is None else part.standing.node.code, label, tuple(numbers),
            tuple(formats.number(each, words) for each in numbers),
            tuple(f"{t(record.label)} {formats.number(each, words)}"
                  for record, each in zip(records, numbers, strict=True)),
            palette.OTHER if part.standing is None or place >= len(palette.CATEGORIES) else palette.CATEGORIES[place],
        )
        for place, (part, label, numbers) in enumerate(zip(found, labels, amounts, strict=True))
    )  # fmt: skip
    sums = [sum(column) for column in zip(*amounts, strict=True)]
    steps = tuple(
        f"{t(record.label)}\n{formats.number(each, words)}" for record, each in zip(records, sums, strict=True)
    )
    rows: list[tuple[Cell, ...]] = [
        ("" if part.standing is None else part.standing.node.code, label, *numbers)
        for part, label, numbers in zip(found, labels, amounts, strict=True)
    ]  # fmt: skip
    title = t("From leads to deliveries by branch")
    with card("channel_flow"):
        _heading(actor, "channel_flow", title, [t("Code"), t("Channel"), *(t(each.label) for each in records)], rows,
                 about)  # fmt: skip
        picking.chart(specs.flow(streams, steps, current()), "channel_flow", title)
        st.caption(t("Each ribbon is a branch with everything below it, as thick as its numbers. Leads, orders and "
                     "deliveries are those of the period, not the same customers."))  # fmt: skip


def _scatter(actor: Actor, view: Network, of: Standing | None, about: str) -> None:
    found = below.nodes(view, of)
    shown = found[:SPOTS]
    spots = tuple(
        specs.Spot(each.node.code, each.node.name, term(each.node.kind), numbers.leads, numbers.orders, rate)
        for each in shown
        for numbers, rate in ((each.node.rolled_up, each.figure("lead_to_order_rate", rolled=True).value),)
        if rate is not None
    )  # fmt: skip
    kinds = tuple(term(kind) for kind in ChannelKind if any(each.node.kind is kind for each in shown))
    together = (view.whole if of is None else of.node.rolled_up).figure("lead_to_order_rate").value
    title = t("Conversion against leads")
    columns = [t("Code"), t("Channel"), t("Kind"), *(t(kpi.find(slug).label) for slug in ("leads", "orders"))]
    rows = [(each.code, each.name, each.kind, each.leads, each.orders, formats.percent(each.rate)) for each in spots]
    with card("channel_scatter"):
        _heading(actor, "channel_scatter", title, [*columns, t(kpi.find("lead_to_order_rate").label)], rows, about)
        if len(spots) < 2:
            st.caption(t("Fewer than two channels here had leads in this period: there is nothing to compare."))
            return
        picking.chart(specs.scatter(spots, kinds, together, current()), "channel_scatter", title)
        told = [
            t("Each point is a channel with everything below it; a hollow one had fewer than {few} leads.", few=FEW)
        ]
        if any(each.rate > specs.edge(spots, together) for each in spots):
            told.append(t("A point on the upper edge lies higher."))
        if len(found) > SPOTS:
            told.append(t("The {count} channels with the most leads of {all}.", count=SPOTS, all=len(found)))
        st.caption(" ".join(told))


def _heading(
    actor: Actor, place: str, title: str, columns: list[str], rows: Sequence[Sequence[Cell]], about: str
) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.subheader(title, anchor=False, width="content")
        if rows:
            pictures.offer(actor, f"card-{place}", title, columns, rows, about)


def _called(part: Part) -> str:
    if part.standing is not None:
        return part.standing.node.name
    return t("its own") if part.rest is Rest.OWN else t("the other {count}", count=part.count)
