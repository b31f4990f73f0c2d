"""Saved quotes before the rules of authority: what is known of them, and what they break (N5)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row

from db.queries import approvals as queries
from db.terms import ClaimRecord, Cover, PolicyLine, VehicleUse
from lib.approvals.judging import Facts, Finding, Rule, broken
from lib.premiums.quotes import known_use

CLAIMS = {ClaimRecord.ONE: 1, ClaimRecord.SEVERAL: 2, ClaimRecord.DEATH: 1}  # at least so many last year


def findings(connection: Connection, quote_id: int, on: date) -> tuple[Finding, ...]:
    """The rules of a day that a saved quote breaks; none for a quote that belongs to no case."""
    quote = connection.execute(queries.quote(quote_id)).first()
    if quote is None or quote.renewal_id is None:
        return ()
    rules = holding(connection, on)
    return broken(_facts(connection, quote), rules) if rules else ()


def price(connection: Connection, renewal_id: int, amount: Decimal) -> Facts:
    """What is known of a price that is told without a trial: of its covers and coefficients nothing."""
    car = connection.execute(queries.car(renewal_id)).one()
    policies = connection.execute(queries.last_policies(renewal_id)).all()
    last = sum((each.premium_amount + (each.vehicle_tax_amount or 0) for each in policies), Decimal())
    return Facts(premium=amount, last_premium=last, vehicle_use=known_use(car.vehicle_use), claims=car.claims)


def holding(connection: Connection, on: date) -> tuple[Rule, ...]:
    """The rules that hold on a day."""
    return tuple(rule(row) for row in connection.execute(queries.holding(on)))


def rule(row: Row[*tuple[Any, ...]]) -> Rule:
    """A row as a rule."""
    return Rule(row.id, row.kind, row.threshold, row.vehicle_use, row.approver)


def _facts(connection: Connection, quote: Row[*tuple[Any, ...]]) -> Facts:
    lines = connection.execute(queries.lines(quote.id)).all()
    now, before = _by_line(lines), _last(connection, quote.renewal_id)
    both = now.keys() & before.keys()
    inputs = quote.inputs or {}
    limit = inputs.get("third_party")
    return Facts(
        pricing=min(
            (Decimal(each.factors[-1]) for each in lines if _commercial(each.cover) and each.factors), default=None
        ),
        premium=sum((now[line] for line in both), Decimal()) if both else None,
        last_premium=sum((before[line] for line in both), Decimal()) if both else None,
        third_party=any(each.cover is Cover.THIRD_PARTY for each in lines),
        third_party_limit=None if limit is None else Decimal(str(limit)),
        vehicle_use=_term(VehicleUse, inputs.get("use")),
        claims=_claims(quote.claims, _term(ClaimRecord, inputs.get("record"))),
    )  # fmt: skip


def _by_line(lines: Iterable[Row[*tuple[Any, ...]]]) -> dict[PolicyLine, Decimal]:
    """The quote's premium by line, without vehicle tax."""
    found: dict[PolicyLine, Decimal] = defaultdict(Decimal)
    for each in lines:
        if each.cover is Cover.COMPULSORY:
            found[PolicyLine.COMPULSORY] += each.amount
        elif _commercial(each.cover):
            found[PolicyLine.COMMERCIAL] += each.amount
    return found


def _last(connection: Connection, renewal_id: int) -> dict[PolicyLine, Decimal]:
    found: dict[PolicyLine, Decimal] = defaultdict(Decimal)
    for each in connection.execute(queries.last_policies(renewal_id)):
        found[each.line] += each.premium_amount
    return found


def _commercial(cover: Cover) -> bool:
    return cover not in (Cover.COMPULSORY, Cover.VEHICLE_TAX)


def _claims(counted: int | None, record: ClaimRecord | None) -> int | None:
    """Last year's claims: the greater of what the car's data and the trial say."""
    known = [each for each in (counted, CLAIMS.get(record, 0) if record else None) if each is not None]
    return max(known, default=None)


def _term(terms: Any, value: object) -> Any:
    return terms(value) if value in set(terms) else None
