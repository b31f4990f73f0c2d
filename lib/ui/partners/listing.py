"""The partners as a list: one chosen opens, several are compared."""

import streamlit as st

from lib import formats
from lib.access import Actor
from lib.network.partners import WEIGHTS, Partner
from lib.ui import choosing, downloads
from lib.ui.language import spoken, t, term
from lib.ui.look import card

SHOWN_ROWS = 10
WIDTHS = (112, 118, 52, 112, 118, 72, 52)


def draw(actor: Actor, found: tuple[Partner, ...]) -> tuple[Partner, ...]:
    """The list; which partners are chosen."""
    with card("partners", t("Partners")):
        if not found:
            st.info(t("No partner stands here. The form on this page begins an evaluation."))
            return ()
        st.caption(t("Select one partner to evaluate it, several to compare them."))
        rows = [_cells(each) for each in found]
        shown = [{name: row[name] for name in _shown()} for row in rows]
        picked = choosing.rows("partners", [each.id for each in found], shown, SHOWN_ROWS, "multi-row", _columns())
        downloads.offer(
            actor, t("Download"), t("Partner evaluation"), list(rows[0]), [tuple(row.values()) for row in rows]
        )  # fmt: skip
    return tuple(found[each] for each in picked)


def _shown() -> tuple[str, ...]:
    """The columns on the screen; the marks stand below, side by side, and the decision on the partner's card."""
    return (
        t("Partner"), t("State"), t("Weighted total"), t("Would be"), t("Parent channel"), t("Territory"),
        t("Inspections"),
    )  # fmt: skip


def _columns() -> dict[str, object]:
    brief = {t("Weighted total"): t("Total mark"), t("Inspections"): t("Visits made")}
    return {
        name: st.column_config.TextColumn(brief.get(name), width=width)
        for name, width in zip(_shown(), WIDTHS, strict=True)
    }


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
