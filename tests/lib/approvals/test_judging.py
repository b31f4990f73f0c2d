"""The truth table of the rules of authority: a bound itself is within, what is not known breaks nothing but a limit."""

from decimal import Decimal

import pytest

from db.terms import Approver, AuthorityKind, VehicleUse
from lib.approvals.judging import Facts, Rule, broken

Kind = AuthorityKind


def rule(kind: AuthorityKind, bound: str | None = None, use: VehicleUse | None = None, number: int = 1) -> Rule:
    return Rule(number, kind, None if bound is None else Decimal(bound), use, Approver.MANAGER)


def d(text: str) -> Decimal:
    return Decimal(text)


PRICING, DROP = rule(Kind.PRICING_BELOW, "0.65"), rule(Kind.PREMIUM_DROP, "0.3")
LIMIT, USE = rule(Kind.THIRD_PARTY_ABOVE, "300"), rule(Kind.VEHICLE_USE, use=VehicleUse.RENTAL)
CLAIMS = rule(Kind.CLAIMS_FROM, "3")


@pytest.mark.parametrize(
    ("facts", "judged", "breaks"),
    [
        (Facts(pricing=d("0.64")), PRICING, True),
        (Facts(pricing=d("0.65")), PRICING, False),
        (Facts(pricing=d("1.2")), PRICING, False),
        (Facts(pricing=None), PRICING, False),
        (Facts(premium=d("699.99"), last_premium=d(1000)), DROP, True),
        (Facts(premium=d(700), last_premium=d(1000)), DROP, False),
        (Facts(premium=d(1200), last_premium=d(1000)), DROP, False),
        (Facts(premium=d(1), last_premium=None), DROP, False),
        (Facts(premium=d(1), last_premium=d(0)), DROP, False),
        (Facts(premium=None, last_premium=d(1000)), DROP, False),
        (Facts(third_party=True, third_party_limit=d(301)), LIMIT, True),
        (Facts(third_party=True, third_party_limit=d(300)), LIMIT, False),
        (Facts(third_party=True, third_party_limit=None), LIMIT, True),
        (Facts(third_party=False, third_party_limit=d(500)), LIMIT, False),
        (Facts(vehicle_use=VehicleUse.RENTAL), USE, True),
        (Facts(vehicle_use=VehicleUse.FAMILY), USE, False),
        (Facts(vehicle_use=None), USE, False),
        (Facts(claims=3), CLAIMS, True),
        (Facts(claims=2), CLAIMS, False),
        (Facts(claims=None), CLAIMS, False),
    ],
)  # fmt: skip
def test_a_quote_breaks_a_rule_or_not(facts: Facts, judged: Rule, breaks: bool) -> None:
    assert bool(broken(facts, [judged])) is breaks


def test_every_broken_rule_is_named_with_what_was_measured() -> None:
    facts = Facts(pricing=d("0.6"), premium=d(500), last_premium=d(1000), vehicle_use=VehicleUse.RENTAL, claims=1)
    found = broken(facts, [PRICING, DROP, LIMIT, USE, CLAIMS])
    assert [(each.rule.kind, each.value) for each in found] == [
        (Kind.PRICING_BELOW, d("0.6")), (Kind.PREMIUM_DROP, d("0.5")), (Kind.VEHICLE_USE, None),
    ]  # fmt: skip


def test_without_rules_nothing_is_broken() -> None:
    assert broken(Facts(pricing=d("0.1"), claims=9), []) == ()
