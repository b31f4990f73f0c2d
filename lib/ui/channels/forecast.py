"""A node's forecasts against what came, on its own page."""

from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from lib import charts, data, formats
from lib.access import Actor, Permission, Scope
from lib.channels.overview import Network, Standing
from lib.forecasts.course import ForecastMonth, course
from lib.periods import Unit, whole
from lib.ui import navigation, pictures
from lib.ui.language import current, t
from lib.ui.look import card
from lib.ui.today import today
from lib.words import words

PLACE = "channel_forecast"
SHARED = 128


def against_actual(actor: Actor, view: Network, standing: Standing) -> None:
    """Twelve months of forecast and deliveries; nothing for a node that forecasts nothing."""
    if not actor.may(Permission.FORECAST_READ):
        return
    found = data.read(course, Scope(standing.node.path), view.elapsed.last)
    if not found:
        return
    with card(PLACE):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            title = t("Forecast and deliveries")
            st.subheader(title, anchor=False, width="content")
            pictures.offer(
                actor, f"card-{PLACE}", title, [t("Month"), t("Forecast"), t("Deliveries")],
                [(each.first, each.forecast, each.actual) for each in found], about=standing.node.name,
            )  # fmt: skip
        st.vega_lite_chart(_spec(found, today(), current()), theme=None, key=PLACE, alt=title)
        st.caption(
            t("Bars: cars delivered, with everything below. Lines with numbers: the node's own forecast, as last "
              "submitted before the month began.")
        )  # fmt: skip
        st.page_link(
            navigation.page("forecasts"), label=t("Accuracy, by model and channel"), icon=":material/target:",
            query_params={"part": "accuracy"},
        )  # fmt: skip


@lru_cache(SHARED)
def _spec(months: tuple[ForecastMonth, ...], day: date, language: str) -> dict[str, Any]:
    said = words(language)
    frame = pd.DataFrame(
        {
            "month": [formats.month(each.first, said) for each in months],
            "actual": [each.actual for each in months],
            "forecast": [each.forecast for each in months],
            "running": [day in whole(Unit.MONTH, each.first) for each in months],
        }
    ).astype({"forecast": float})
    labels = {"actual": said.say("Deliveries"), "forecast": said.say("Forecast")}
    return charts.dressed(charts.forecasts(frame, labels), language)
