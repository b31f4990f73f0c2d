"""The partners as a list: one chosen opens, several are compared."""

import streamlit as st

from lib import formats
from lib.access import Actor
from lib.network.partners import WEIGHTS, Partner
from lib.ui import choosing, downloads
from lib.ui.language import spoken, t, term
from lib.ui.look import card

SHOWN_ROWS = 10


def draw(actor: Actor, found: tuple[Partner, ...]) -> tuple[Partner, ...]:
    """The list; which partners are chosen."""
    with card("partners", t("Partners")):
        if not found:
            st.info(t("No partner stands here. The form on this page begins an evaluation."))
            return ()
        st.caption(t("Select one partner to evaluate it, several to compare them."))
        rows = [_cells(each) for each in found]
        picked = choosing.rows("partners", [each.id for each in found], rows, SHOWN_ROWS, "multi-row")
        downloads.offer(
            actor, t("Download"), t("Partner evaluation"), list(rows[0]), [tuple(row.values()) for row in rows]
        )  # fmt: skip
    return tuple(found[each] for each in picked)


def _cells(each: Partner) -> dict[str, str]:
    scored = {
        f"{term(mark.criterion)} {WEIGHTS[mark.criterion]} %": formats.number(mark.mark, spoken())
        for mark in each.marks
    }
    return {
        t("Partner"): each.name,
        t("State"): term(each.state),
        t("Weighted total"): formats.number(each.total, spoken(), 1),
        t("Would be"): term(each.kind),
        t("Parent channel"): each.parent,
        t("Territory"): each.territory or formats.NOTHING,
        t("Inspections"): str(len(each.visits)),
        **scored,
        t("Decision"): each.decision or formats.NOTHING,
    }
