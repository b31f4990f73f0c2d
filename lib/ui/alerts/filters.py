"""Which kind of alert and which node; both in the address."""

from dataclasses import dataclass

import streamlit as st

from db.terms import AlertKind
from lib import data
from lib.access import Actor
from lib.alerts import reading
from lib.alerts.finding import Alert
from lib.alerts.reading import Alerts, Settled
from lib.board import choices as board_choices
from lib.ui import address
from lib.ui.language import t, term
from lib.ui.today import today

ALL = ""


@dataclass(frozen=True)
class Shown:
    """What is shown: the open alerts and the settled ones that the choice leaves."""

    open: tuple[Alert, ...]
    settled: tuple[Settled, ...]


def choose(actor: Actor) -> Shown:
    """Draw the choice; what it leaves."""
    found: Alerts = data.read(reading.alerts, actor.scope, today())
    nodes = {each.code: each for each in data.read(board_choices.board_choices, actor.scope).channels}
    with st.container(horizontal=True, vertical_alignment="bottom", key="alert_filters"):
        codes = [ALL, *nodes]
        code = st.selectbox(
            t("Channel and below"), codes, width=280, key=address.one("node", codes, ALL),
            format_func=lambda each: "\u2003" * nodes[each].depth + nodes[each].name if each else t("All channels"),
        )  # fmt: skip
        kinds = [ALL, *(kind.value for kind in AlertKind)]
        below = nodes[code].path if code else None
        counts = found.counts(below)
        kind = st.segmented_control(
            t("Alert"), kinds, required=True, key=address.one("kind", kinds, ALL),
            format_func=lambda each: _called(each, counts), wrap=True,
        )  # fmt: skip
    address.keep(node=code or None, kind=kind or None)
    return Shown(
        tuple(each for each in found.open if _fits(each.kind, each.path, kind, below)),
        tuple(
            each for each in found.settled if _fits(each.settlement.kind, each.settlement.path, kind, below)
        ),
    )  # fmt: skip


def _fits(kind: AlertKind, path: str, wanted: str | None, below: str | None) -> bool:
    return (not wanted or kind.value == wanted) and (below is None or path.startswith(below))


def _called(kind: str, counts: dict[AlertKind, int]) -> str:
    if not kind:
        return f"{t('All')} {sum(counts.values())}"
    return f"{term(AlertKind(kind))} {counts.get(AlertKind(kind), 0)}"
