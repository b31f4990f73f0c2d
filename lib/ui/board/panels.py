"""What stands below the board's tiles: the month's course, the funnel, the ranking, sources, hours."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

import streamlit as st

from db.terms import LeadSource
from lib import data, formats, kpi
from lib.access import Actor
from lib.board.course import course
from lib.board.overview import Overview, Ranked, opens_with
from lib.charts import PICKED, palette
from lib.periods import Unit, whole
from lib.ui.board import specs
from lib.ui.board.filters import Chosen
from lib.ui.board.rows import ARRIVALS, Opened, open_rows
from lib.ui.language import current, spoken, t
from lib.ui.look import card
from lib.ui.today import today

COURSES = ("deliveries", "orders", "first_visits")
FIRST_CONTACTS = {
    LeadSource.WALK_IN: "first_visits", LeadSource.CALL: "calls", LeadSource.OUTDOOR: "outdoor_leads",
    LeadSource.ONLINE: "online_leads", LeadSource.REFERRAL: "referral_leads",
}  # fmt: skip
STEPS = {
    "first_visits": Opened("first_visits"),
    "captured_visits": Opened("captured_visits"),
    "walk_in_test_drives": Opened("test_drives", source=LeadSource.WALK_IN),
    "walk_in_orders": Opened("orders", source=LeadSource.WALK_IN),
    "walk_in_deliveries": Opened("deliveries", source=LeadSource.WALK_IN),
}


def beside(*widths: int, row: str = "") -> Sequence[AbstractContextManager[object]]:
    """Places side by side, one below the other on a narrow screen; `row` tells one row of them from another."""
    with st.container(key=f"panels-{row}{'-'.join(map(str, widths))}"):
        return st.columns(widths)


def month_course(chosen: Chosen, view: Overview) -> None:
    """The month's running total against target and last month."""
    with card("course"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            month = whole(Unit.MONTH, view.elapsed.last)
            st.subheader(t("Course of {month}", month=formats.period(month, spoken())), anchor=False, width="content")
            slug = st.segmented_control(
                t("Figure"), COURSES, format_func=lambda each: t(kpi.find(each).label), default=COURSES[0],
                key="course_of", label_visibility="collapsed", required=True,
            )  # fmt: skip
        line = data.read(course, chosen.scope, month, slug or COURSES[0], today(), chosen.filters)
        if line.target is None:
            st.caption(t("No target is set for this month and these filters; the lines show this month and the last."))
        st.vega_lite_chart(specs.course(line, current()), theme=None, key="course", height=290, alt=_said(line.slug))


def funnel(actor: Actor, view: Overview) -> None:
    """From first visit to delivery; a step opens into its rows."""
    with card("funnel", t("Funnel")):
        _caption(actor, t("Walk-in leads; events of the period; each step's share of the one before."))
        picked = _chart(actor, specs.funnel(view.funnel, current()), "funnel", "step")
        if picked in STEPS:
            open_rows(STEPS[picked])


def sources(actor: Actor, view: Overview) -> None:
    """Where leads come from; a source opens into its rows."""
    with card("sources", t("Sources")):
        _caption(actor, t("Leads first met in the period."))
        picked = _chart(actor, specs.sources(view.sources, current()), "sources", "source")
        if picked:
            open_rows(Opened(FIRST_CONTACTS[LeadSource(picked)]))


def hours(actor: Actor, view: Overview) -> None:
    """When people come and call; an hour opens into who did."""
    with card("hours", t("Hours of the day")):
        _caption(actor, t("First and return visits, and calls, by the store's clock."))
        picked = _chart(actor, specs.hours(view.hours, current()), "hours", "hour")
        if picked:
            open_rows(Opened(ARRIVALS, hour=int(picked)))


def ranking(actor: Actor, view: Overview) -> None:
    """The consultants by deliveries against their targets; a line opens into that person's rows."""
    with card("ranking", t("Consultants")):
        if not view.ranking:
            st.caption(t("No consultant is at home in this channel."))
            return
        key = f"ranking-{st.session_state.setdefault('ranking_turn', 0)}"
        lines = [_ranked(place, each) for place, each in enumerate(view.ranking, 1)]
        if not actor.may(opens_with("deliveries")):
            st.dataframe(lines, hide_index=True, height="content", key=key, column_config=_columns())
            return
        st.caption(t("Select a line to see that person's rows."))
        picked = st.dataframe(
            lines, hide_index=True, height="content", key=key, column_config=_columns(), on_select="rerun",
            selection_mode="single-row",
        )["selection"]["rows"]  # fmt: skip
        if picked:
            st.session_state["ranking_turn"] += 1
            open_rows(Opened("deliveries", consultant=view.ranking[picked[0]].numbers.user_id))


def _ranked(place: int, each: Ranked) -> dict[str, object]:
    one, words = each.numbers, spoken()
    reached = each.progress.attainment
    return {
        "place": place, "name": one.name, "first_visits": one.first_visits,
        "capture_rate": formats.percent(one.figure("capture_rate").value),
        "test_drive_rate": formats.percent(one.figure("test_drive_rate").value),
        "close_rate": formats.percent(one.figure("showroom_close_rate").value),
        "orders": one.orders, "deliveries": one.deliveries,
        "target": formats.target(kpi.find("deliveries"), each.progress.target, words),
        "reached": None if reached is None else float(reached) * 100, "trend": list(each.orders),
    }  # fmt: skip


def _columns() -> dict[str, Any]:
    column = st.column_config

    def label(slug: str) -> str:
        return t(kpi.find(slug).label)

    return {
        "place": column.NumberColumn(t("Rank"), width=50),
        "name": column.TextColumn(t("Consultant")),
        "first_visits": column.NumberColumn(label("first_visits")),
        "capture_rate": column.TextColumn(label("capture_rate"), alignment="right", width=95),
        "test_drive_rate": column.TextColumn(label("test_drive_rate"), alignment="right", width=105),
        "close_rate": column.TextColumn(t("Closing rate"), alignment="right", width=95),
        "orders": column.NumberColumn(label("orders")),
        "deliveries": column.NumberColumn(label("deliveries")),
        "target": column.TextColumn(t("Target"), alignment="right"),
        "reached": column.ProgressColumn(t("Attainment"), format="%.1f%%", min_value=0, max_value=100, width="medium"),
        "trend": column.BarChartColumn(t("Orders by day"), y_min=0, width=150, color=palette.MAIN),
    }


def _caption(actor: Actor, text: str) -> None:
    """What a chart counts, and for whom may that its marks open."""
    opens = t("Click a bar for its rows.")
    st.caption(f"{text} {opens}" if actor.may(opens_with("orders")) else text)


def _chart(actor: Actor, spec: dict[str, object], key: str, field: str) -> str | None:
    """Draw a chart whose marks open rows for whom may see them; what was clicked in this run."""
    turn = st.session_state.setdefault(f"{key}_turn", 0)
    if not actor.may(opens_with("orders")):
        st.vega_lite_chart(spec, theme=None, key=key)
        return None
    event = st.vega_lite_chart(
        spec, theme=None, key=f"{key}-{turn}", on_select="rerun", selection_mode=PICKED
    )  # fmt: skip
    found = event["selection"].get(PICKED) if "selection" in event else None
    if not found:
        return None
    st.session_state[f"{key}_turn"] = turn + 1
    return str(found[0][field])


def _said(slug: str) -> str:
    return t("Running total by day: {figure}, the target's pace, last month.", figure=t(kpi.find(slug).label))
