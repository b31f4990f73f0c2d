"""The columns of the network's table: how a node's figures are written there and in a file."""

from typing import Any

import streamlit as st

from lib import formats, kpi
from lib.channels.overview import Network, Standing
from lib.kpi import Kind
from lib.refusals import N_
from lib.sheets import Cell
from lib.ui.language import current, spoken, t, term

COUNTS = ("leads", "captured", "test_drives", "orders", "deliveries")
FIGURES = (*COUNTS, "revenue", "lead_to_order_rate", "order_to_delivery_rate", "price_deviation_rate",
           "delivery_share")  # fmt: skip
HEADINGS = {
    "captured": N_("Capt."), "test_drives": N_("Drives"), "deliveries": N_("Deliv."),
    "lead_to_order_rate": N_("Order %"), "order_to_delivery_rate": N_("Deliv. %"),
    "price_deviation_rate": N_("Price ±"), "delivery_share": N_("Share"),
}  # fmt: skip
WIDTHS = {
    "zh": {"name": 140, "revenue": 88, "lead_to_order_rate": 62, "order_to_delivery_rate": 62,
           "price_deviation_rate": 70, "change": 72, "kind": 80, "chain": 90},
    "en": {"name": 130, "leads": 46, "captured": 48, "test_drives": 48, "orders": 50, "deliveries": 46, "revenue": 72,
           "lead_to_order_rate": 60, "order_to_delivery_rate": 60, "price_deviation_rate": 54,
           "delivery_share": 50, "change": 66, "kind": 126, "chain": 121},
}  # fmt: skip
NARROW = 52
CHANGING = "deliveries"  # whose change is shown where the table is sorted by none


def cells(standing: Standing, rolled: bool, changing: str) -> dict[str, Any]:
    """A node's figures as the table shows them, by column."""
    shown: dict[str, Any] = {}
    words = spoken()
    for slug in FIGURES:
        record, figure = kpi.find(slug), standing.figure(slug, rolled)
        if slug in COUNTS:
            shown[slug] = figure.value
        else:
            shown[slug] = formats.value(record, figure.value, words)
    record = kpi.find(changing)
    now, before = standing.figure(changing, rolled), standing.before(changing, rolled)
    return shown | {"change": formats.change(record, now.value, before.value)}


def configuration(view: Network, changing: str) -> dict[str, Any]:
    """How the columns are headed."""
    column, widths = st.column_config, WIDTHS[current()]
    shown: dict[str, Any] = {
        "name": column.TextColumn(t("Channel"), pinned=True, width=widths["name"]),
        "kind": column.TextColumn(t("Kind"), width=widths["kind"]),
        "chain": column.TextColumn(t("Chain"), width=widths["chain"]),
        "change": column.TextColumn(
            t("Change on before"), alignment="right", width=widths["change"],
            help=t("{figure} against {period}, the days just before.", figure=t(kpi.find(changing).label),
                   period=formats.period(view.compared, spoken())),
        ),
    }  # fmt: skip
    for slug in FIGURES:
        record = kpi.find(slug)
        label, width = t(HEADINGS.get(slug, record.label)), widths.get(slug, NARROW)
        told = f"**{t(record.label)}** {t(record.definition)}"
        if slug in COUNTS:
            shown[slug] = column.NumberColumn(label, help=told, width=width)
        else:
            shown[slug] = column.TextColumn(label, help=told, width=width, alignment="right")
    return shown


def headings() -> list[str]:
    """The headings of the file."""
    own, before = t("own"), t("before")
    figures = [t(kpi.find(slug).label) for slug in FIGURES]
    return [
        t("Code"), t("Channel"), t("Parent"), t("Kind"), t("Chain"), t("Market tier"), t("Territory"), *figures,
        *(f"{each} ({own})" for each in figures), *(f"{each} ({before})" for each in figures),
    ]  # fmt: skip


def row(standing: Standing, view: Network) -> tuple[Cell, ...]:
    """A node as the file holds it: rolled up, own, and rolled up in the period before."""
    node = standing.node
    above = view.above(standing)
    return (
        node.code, node.name, above.node.code if above else None, term(node.kind), term(node.chain),
        term(node.market_tier) if node.market_tier else None, node.territory,
        *(_exact(slug, standing.figure(slug, rolled=True).value) for slug in FIGURES),
        *(_exact(slug, standing.figure(slug, rolled=False).value) for slug in FIGURES),
        *(_exact(slug, standing.before(slug, rolled=True).value) for slug in FIGURES),
    )  # fmt: skip


def _exact(slug: str, value: Any) -> Cell:
    return formats.percent(value) if kpi.find(slug).kind is Kind.RATE else value
