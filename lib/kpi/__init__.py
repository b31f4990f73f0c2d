"""The KPI dictionary: every figure with its label, definition, unit, and how it is made. Python divides here."""

from decimal import Decimal
from typing import Any

from lib.kpi.board import BOARD, PROGRESS
from lib.kpi.channels import CHANNELS, VALUE_ADDED
from lib.kpi.losses import LOSS_WORK, LOSSES
from lib.kpi.record import Better, Figure, Filter, Group, Kind, Kpi, Number
from lib.kpi.renewals import RENEWALS
from lib.refusals import N_, NotFound

GROUPS: dict[Group, tuple[Kpi, ...]] = {
    Group.BOARD: BOARD + PROGRESS,
    Group.RENEWALS: RENEWALS,
    Group.LOSSES: LOSSES + LOSS_WORK,
    Group.CHANNELS: (*CHANNELS, VALUE_ADDED),
}
ALL: tuple[Kpi, ...] = tuple(kpi for group in GROUPS.values() for kpi in group)
BY_SLUG: dict[str, Kpi] = {kpi.slug: kpi for kpi in ALL}
BOARD_SLUGS: tuple[str, ...] = tuple(kpi.slug for kpi in BOARD)
TARGETED: frozenset[str] = frozenset(BY_SLUG) - {kpi.slug for kpi in PROGRESS + LOSS_WORK}
"""The metrics that may have a target (the slugs of model.md)."""

RATE_PLACES = Decimal("0.000001")

__all__ = [
    "ALL", "BOARD", "BOARD_SLUGS", "BY_SLUG", "CHANNELS", "GROUPS", "LOSSES", "PROGRESS", "RENEWALS", "TARGETED",
    "Better", "Figure", "Filter", "Group", "Kind", "Kpi", "Number", "figure", "find", "ratio",
]  # fmt: skip


def find(slug: str) -> Kpi:
    """The record of a slug. Errors: `NotFound` if there is none."""
    try:
        return BY_SLUG[slug]
    except KeyError:
        raise NotFound(N_("There is no figure called {slug}."), slug=slug) from None


def ratio(numerator: Number | None, denominator: Number | None) -> Decimal | None:
    """The quotient to six places; `None` over nothing (shown "—")."""
    if numerator is None or not denominator:
        return None
    return (Decimal(numerator) / Decimal(denominator)).quantize(RATE_PLACES)


def figure(kpi: Kpi, numbers: Any) -> Figure:
    """A KPI's figure from an object whose attributes are the counted quantities."""
    numerator = getattr(numbers, kpi.numerator)
    if kpi.denominator is None:
        return Figure(numerator)
    denominator = getattr(numbers, kpi.denominator)
    return Figure(ratio(numerator, denominator), numerator, denominator)
