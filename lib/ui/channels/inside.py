"""Who sold and what was sold at a node and below it: its people and its models."""

import streamlit as st

from lib import data, formats, kpi
from lib.access import Actor, Scope
from lib.board import figures as board_figures
from lib.board.figures import PersonNumbers
from lib.board.overview import opens_with
from lib.channels.models import ModelNumbers, models
from lib.channels.overview import Network, Standing
from lib.ui import downloads
from lib.ui.board.rows import Opened, open_rows
from lib.ui.language import spoken, t
from lib.ui.look import card

TURN = "channel_people_turn"
PEOPLE = ("first_visits", "capture_rate", "test_drive_rate", "orders", "deliveries", "showroom_close_rate")
MODELS = ("leads", "orders", "deliveries", "revenue", "price_deviation_rate")


def draw(actor: Actor, view: Network, standing: Standing) -> None:
    """Both, one below the other: side by side their figures would be cut on a laptop."""
    _people(actor, view, standing)
    _models(actor, view, standing)


def _people(actor: Actor, view: Network, standing: Standing) -> None:
    with card("channel_people", t("People")):
        found = data.read(board_figures.people, Scope(standing.node.path), view.elapsed)
        if not found:
            st.caption(t("No consultant is at home in this channel."))
            return
        headings = [t("Consultant"), *_labels(PEOPLE)]
        lines = [[each.name, *_written(each, PEOPLE)] for each in found]
        opens = actor.may(opens_with("deliveries"))
        if opens:
            st.caption(t("Select a line to see that person's rows."))
        place = f"channel_people-{st.session_state.setdefault(TURN, 0)}"
        shown = [dict(zip(headings, line, strict=True)) for line in lines]
        if not opens:
            st.dataframe(shown, hide_index=True, height="content", key=place)
        else:
            picked = st.dataframe(
                shown, hide_index=True, height="content", key=place, on_select="rerun", selection_mode="single-row"
            )["selection"]["rows"]
            if picked:
                st.session_state[TURN] += 1
                open_rows(Opened("deliveries", consultant=found[picked[0]].user_id))
        downloads.offer(
            actor, t("Download"), f"{t('People')} {standing.node.name}", headings, lines, key="download_channel_people"
        )


def _models(actor: Actor, view: Network, standing: Standing) -> None:
    with card("channel_models", t("Models")):
        found = data.read(models, Scope(standing.node.path), view.elapsed)
        if not found:
            st.caption(t("Nothing was asked for, ordered or delivered here in this period."))
            return
        headings = [t("Model"), *_labels(MODELS)]
        lines = [[each.name or t("No model named"), *_written(each, MODELS)] for each in found]
        st.dataframe(
            [dict(zip(headings, line, strict=True)) for line in lines], hide_index=True, height="content",
            key="channel_models",
        )  # fmt: skip
        downloads.offer(
            actor, t("Download"), f"{t('Models')} {standing.node.name}", headings, lines, key="download_channel_models"
        )


def _labels(slugs: tuple[str, ...]) -> list[str]:
    return [t(kpi.find(slug).label) for slug in slugs]


def _written(each: PersonNumbers | ModelNumbers, slugs: tuple[str, ...]) -> list[str]:
    """Each figure as it is written, a rate with its fraction."""
    said, written = spoken(), []
    for slug in slugs:
        record, figure = kpi.find(slug), each.figure(slug)
        fraction = formats.fraction(figure, said) if slug != "price_deviation_rate" else ""
        value = formats.value(record, figure.value, said)
        written.append(f"{value} ({fraction})" if fraction and figure.value is not None else value)
    return written
