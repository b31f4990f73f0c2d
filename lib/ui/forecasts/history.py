"""Everything that was ever submitted for a node's month."""

import streamlit as st

from lib import data
from lib.access import Actor
from lib.forecasts import history as histories
from lib.forecasts.history import Submission
from lib.forecasts.sheet import Sheet
from lib.ui import moments
from lib.ui.language import t
from lib.ui.plain import plain


def draw(actor: Actor, sheet: Sheet) -> None:
    """The submissions and freezes, the latest first."""
    found = data.read(histories.history, actor.scope, sheet.code, sheet.month)
    title = t("History: submissions {count}", count=len(found.submissions))
    with st.expander(title, icon=":material/history:"):
        if not found.submissions:
            st.caption(t("Nothing was submitted for this month yet."))
        for each in found.freezes:
            if each.thawed_at:
                st.caption(
                    plain(t("{who} unfroze it on {when}: {reason}", who=each.thawed_by or "—",
                            when=moments.in_full(each.thawed_at), reason=each.reason or "")),
                )  # fmt: skip
            st.caption(
                plain(t("{who} froze it on {when}", who=each.frozen_by or "—", when=moments.in_full(each.frozen_at)))
            )
        for submission in found.submissions:
            st.markdown(f"**{plain(_called(submission))}**")
            st.dataframe(_rows(submission), hide_index=True, key=f"forecast_history_{submission.submitted_at}")


def _called(each: Submission) -> str:
    said = t(
        "{when} · {who} · cars: {count}", when=moments.in_full(each.submitted_at), who=each.submitted_by or t("import"),
        count=each.total,
    )  # fmt: skip
    marks = [t("late")] * each.late + [t("after the month began: not counted")] * (not each.counts)
    return " · ".join([said, *marks])


def _rows(each: Submission) -> list[dict[str, object]]:
    return [
        {t("Model"): row.model, t("Forecast (cars)"): row.quantity, t("Sum below"): row.below,
         t("Reason"): row.reason or ""}
        for row in each.rows
    ]  # fmt: skip
