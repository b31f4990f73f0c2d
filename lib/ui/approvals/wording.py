"""How rules of authority and what breaks them are said."""

from decimal import Decimal

from db.terms import AuthorityKind, VehicleUse
from lib import formats
from lib.approvals.judging import Finding
from lib.ui.language import spoken, t, term

Kind = AuthorityKind


def rule(kind: AuthorityKind, threshold: Decimal | None, use: VehicleUse | None) -> str:
    """自主定价系数低于 0.65; 使用性质：营业出租租赁."""
    return t("{rule}: {what}", rule=term(kind), what=term(use) if use else measure(kind, threshold))


def measure(kind: AuthorityKind, value: Decimal | None) -> str:
    """A bound or what was measured, as its kind counts."""
    if value is None:
        return t("not said")
    if kind is Kind.PREMIUM_DROP:
        return formats.percent(value)
    if kind is Kind.THIRD_PARTY_ABOVE:
        return formats.cover_limit(value, spoken())
    if kind is Kind.CLAIMS_FROM:
        return t("{count} claims", count=formats.number(value, spoken()))
    return formats.number(value, spoken(), 2)


def finding(each: Finding) -> str:
    """The rule and, where one was taken, the measure of this quote."""
    bound = rule(each.rule.kind, each.rule.threshold, each.rule.vehicle_use)
    if each.rule.kind is Kind.VEHICLE_USE:
        return bound
    return t("{bound} (this quote: {value})", bound=bound, value=measure(each.rule.kind, each.value))
