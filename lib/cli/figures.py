"""Figures as JSON: money is a string with two decimals, rates have six places, counts are whole numbers."""

from decimal import Decimal
from typing import Any

from lib import kpi
from lib.channels.figures import ChannelNumbers
from lib.forecasts.figures import Accuracy
from lib.kpi import Figure, Kind, Number

CHANNEL_COUNTS = ("leads", "captured", "test_drives", "orders", "deliveries", "revenue")
CHANNEL_RATES = ("lead_to_order_rate", "order_to_delivery_rate", "price_deviation_rate", "delivery_share")


def written(kind: Kind, number: Number | None) -> int | float | str | None:
    """One number as its kind is written."""
    if number is None or isinstance(number, int):
        return number
    if kind is Kind.MONEY:
        return f"{number:.2f}"
    whole = kind is Kind.COUNT and number == number.to_integral_value()
    return int(number) if whole else round(float(number), 6)


def figure(slug: str, found: Figure) -> dict[str, Any]:
    """A figure; a rate with the fraction that it is."""
    record = kpi.find(slug)
    shown: dict[str, Any] = {"value": written(record.kind, found.value)}
    if record.denominator is not None:
        shown |= {"numerator": _part(found.numerator), "denominator": _part(found.denominator)}
    return shown


def channel(numbers: ChannelNumbers) -> dict[str, Any]:
    """One node's figures."""
    counts = {slug: written(kpi.find(slug).kind, getattr(numbers, slug)) for slug in CHANNEL_COUNTS}
    return counts | {slug: figure(slug, numbers.figure(slug)) for slug in CHANNEL_RATES}


def forecast(found: Accuracy) -> dict[str, Any]:
    """One node's accuracy."""
    rates = {slug: figure(slug, found.figure(slug)) for slug in ("wape", "bias", "naive_wape")}
    return rates | {"forecast_value_added": written(Kind.RATE, found.forecast_value_added), "on_time": found.on_time}


def _part(number: Number | None) -> int | float | str | None:
    """The parts of a rate are whole numbers, or money."""
    return written(Kind.MONEY if isinstance(number, Decimal) else Kind.COUNT, number)
