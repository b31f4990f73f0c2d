"""What an alert says, in one sentence."""

from db.terms import AlertKind
from lib import formats
from lib.alerts.finding import RECENT_DAYS, Alert, Rates, Sale
from lib.ui.language import spoken, t

ICONS = {
    AlertKind.PRICE: ":material/price_change:", AlertKind.TERRITORY: ":material/wrong_location:",
    AlertKind.WHOLESALE: ":material/local_shipping:", AlertKind.CONVERSION: ":material/trending_down:",
    AlertKind.SILENT: ":material/signal_disconnected:",
}  # fmt: skip


def said(alert: Alert) -> str:
    """The alert in a sentence."""
    if alert.rates:
        return _fallen(alert.rates)
    if not alert.sales:
        return t("nothing recorded since {day}", day=formats.day(alert.on, spoken()))
    sale = alert.sales[0]
    if alert.kind is AlertKind.PRICE:
        return _price(sale)
    if alert.kind is AlertKind.TERRITORY:
        return t("{model} sold to {district}; own territory: {territory}", model=sale.model or "—",
                 district=sale.district, territory=sale.territory)  # fmt: skip
    if not alert.bought:
        return t("{model} sold to a dealer", model=sale.model or "—")
    return _repeated(alert, sale.buyer or "—")


def _repeated(alert: Alert, buyer: str) -> str:
    if elsewhere := alert.bought - len(alert.sales):
        return t("{count} cars to one buyer ({buyer}) in the group, of them outside your area: {elsewhere}",
                 count=alert.bought, buyer=buyer, elsewhere=elsewhere)  # fmt: skip
    return t("{count} cars to one buyer ({buyer})", count=alert.bought, buyer=buyer)


def _price(sale: Sale) -> str:
    words, step = spoken(), sale.deviation
    return t(
        "{model} sold at {price}, guide price {guide} ({change})", model=sale.model or "—",
        price=formats.amount(sale.price, words), guide=formats.amount(sale.guide_price, words),
        change="—" if step is None else f"{formats.arrow(step)} {formats.percent(abs(step))}",
    )  # fmt: skip


def _fallen(rates: Rates) -> str:
    return t(
        "{now} of leads became orders in {days} days ({orders} / {leads}); before that {before}",
        now=formats.percent(rates.now), days=RECENT_DAYS, orders=rates.orders, leads=rates.leads,
        before=formats.percent(rates.before),
    )  # fmt: skip
