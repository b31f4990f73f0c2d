"""Which rules of authority a quote breaks (N5): one pure function over what is known of the quote."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from db.terms import Approver, AuthorityKind, VehicleUse

Kind = AuthorityKind


@dataclass(frozen=True)
class Rule:
    """A rule that holds. `threshold`: a coefficient, a ratio, 万元 of cover, or a count, as its kind measures."""

    id: int
    kind: AuthorityKind
    threshold: Decimal | None
    vehicle_use: VehicleUse | None
    approver: Approver


@dataclass(frozen=True)
class Facts:
    """What is known of a quote; `None` where it is not.

    `pricing`: the lowest pricing coefficient of its commercial covers. `premium` and `last_premium`: this year's and
    last year's, without vehicle tax, of the lines that both have. `third_party`: whether it covers third parties.
    """

    pricing: Decimal | None = None
    premium: Decimal | None = None
    last_premium: Decimal | None = None
    third_party: bool = False
    third_party_limit: Decimal | None = None
    vehicle_use: VehicleUse | None = None
    claims: int | None = None

    @property
    def drop(self) -> Decimal | None:
        """How much lower than last year's the premium is, as a ratio of last year's."""
        if self.premium is None or not self.last_premium:
            return None
        return (self.last_premium - self.premium) / self.last_premium


@dataclass(frozen=True)
class Finding:
    """One broken rule and what was measured; no measure: the quote does not say (or the rule measures nothing)."""

    rule: Rule
    value: Decimal | None


def broken(facts: Facts, rules: Iterable[Rule]) -> tuple[Finding, ...]:
    """The rules that a quote breaks, in their order. A bound itself is within; an unknown limit of cover is not."""
    return tuple(Finding(rule, _measure(facts, rule.kind)) for rule in rules if _breaks(facts, rule))


def unjudged(price: Facts, rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules that nobody can judge of a price without a trial; where there was no last year nothing is compared."""
    known = {
        Kind.PREMIUM_DROP: True,
        Kind.VEHICLE_USE: price.vehicle_use is not None,
        Kind.CLAIMS_FROM: price.claims is not None,
    }
    return tuple(rule for rule in rules if not known.get(rule.kind, False))


def _breaks(facts: Facts, rule: Rule) -> bool:
    if rule.kind is Kind.VEHICLE_USE:
        return facts.vehicle_use is rule.vehicle_use
    measured, bound = _measure(facts, rule.kind), rule.threshold
    if bound is None:
        return False
    if rule.kind is Kind.THIRD_PARTY_ABOVE:
        return facts.third_party and (measured is None or measured > bound)
    if measured is None:
        return False
    if rule.kind is Kind.PRICING_BELOW:
        return measured < bound
    return measured >= bound if rule.kind is Kind.CLAIMS_FROM else measured > bound


def _measure(facts: Facts, kind: AuthorityKind) -> Decimal | None:
    match kind:
        case Kind.PRICING_BELOW:
            return facts.pricing
        case Kind.PREMIUM_DROP:
            return facts.drop
        case Kind.THIRD_PARTY_ABOVE:
            return facts.third_party_limit
        case Kind.CLAIMS_FROM:
            return None if facts.claims is None else Decimal(facts.claims)
    return None
