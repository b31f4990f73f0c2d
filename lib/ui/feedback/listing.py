"""The reports as a list, and how many of them led to something."""

import streamlit as st

from lib import formats, settings
from lib.access import Actor
from lib.clock import business_day
from lib.network.feedback import Report
from lib.ui import choosing, downloads
from lib.ui.language import spoken, t, term
from lib.ui.look import card

SHOWN_ROWS = 14


def value(found: tuple[Report, ...]) -> None:
    """The value of feedback: how many of the reports shown led to an action."""
    if found:
        acted = sum(each.action is not None for each in found)
        st.caption(
            t("Value of feedback: {acted} of {count} reports led to an action.", acted=acted, count=len(found)),
            help=t("Reports of those listed for which somebody noted what is done about them."),
        )  # fmt: skip


def draw(actor: Actor, found: tuple[Report, ...]) -> Report | None:
    """The list; which report is chosen."""
    with card("feedback", t("Reports")):
        if not found:
            st.info(t("No report fits. Nodes report here what they see of competitors, prices, products and demand."))
            return None
        st.caption(t("Select a report to read it in full; with none selected a new one is written."))
        rows = [_cells(each) for each in found]
        picked = choosing.rows("feedback", [each.id for each in found], rows, SHOWN_ROWS)
        downloads.offer(
            actor, t("Download"), t("Market feedback"), list(rows[0]), [tuple(row.values()) for row in rows]
        )  # fmt: skip
    return found[picked[0]] if picked else None


def _cells(each: Report) -> dict[str, str]:
    zone = settings.load().zone
    return {
        t("Reported on"): formats.day_with_year(business_day(each.at, zone), spoken()),
        t("Channel"): each.channel,
        t("Market tier"): term(each.market_tier) if each.market_tier else formats.NOTHING,
        t("Topic"): term(each.topic),
        t("Report"): each.text,
        t("Action taken"): each.action or formats.NOTHING,
    }
