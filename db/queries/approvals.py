"""Sentences about rules of authority, the quotes they judge, and requests for approval."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased

from db.queries.channels import within
from db.tables import Approval, AuthorityRule, Channel, Customer, Policy, Quote, QuoteLine, Renewal, User, Vehicle
from db.terms import ApprovalState

Rows = Select[*tuple[Any, ...]]


def holding(on: date) -> Rows:
    """The rules that hold on a day."""
    return (
        select(AuthorityRule.__table__)
        .where(
            AuthorityRule.active, AuthorityRule.valid_from <= on,
            or_(AuthorityRule.valid_to.is_(None), AuthorityRule.valid_to >= on),
        )
        .order_by(AuthorityRule.kind, AuthorityRule.id)
    )  # fmt: skip


def rules() -> Rows:
    """Every rule, past ones too, those of one kind together."""
    return select(AuthorityRule.__table__).order_by(
        AuthorityRule.kind, AuthorityRule.valid_from.desc(), AuthorityRule.id.desc()
    )


def quote(quote_id: int) -> Rows:
    """A saved quote with what the rules ask of its case."""
    return (
        select(
            Quote.id, Quote.renewal_id, Quote.plan, Quote.total_amount, Quote.inputs, Quote.made_by_id,
            Vehicle.claims, Renewal.channel_id, Renewal.owner_id,
        )
        .outerjoin(Renewal, Renewal.id == Quote.renewal_id)
        .outerjoin(Vehicle, Vehicle.id == Renewal.vehicle_id)
        .where(Quote.id == quote_id)
    )  # fmt: skip


def lines(quote_id: int) -> Rows:
    """The lines of a quote."""
    return select(QuoteLine.cover, QuoteLine.amount, QuoteLine.factors).where(QuoteLine.quote_id == quote_id)


def last_policies(renewal_id: int) -> Rows:
    """The policies that expire into a case, with last year's premium."""
    return select(Policy.line, Policy.premium_amount, Policy.vehicle_tax_amount).where(
        Policy.expiring_renewal_id == renewal_id
    )


def car(renewal_id: int) -> Rows:
    """What the rules ask of a case's car."""
    return (
        select(Vehicle.claims, Vehicle.vehicle_use)
        .join(Renewal, Renewal.vehicle_id == Vehicle.id)
        .where(Renewal.id == renewal_id)
    )


def told_at(renewal_id: int, amount: Decimal) -> Select[int]:
    """The saved quotes of a case that come to this price."""
    return select(Quote.id).where(Quote.renewal_id == renewal_id, Quote.total_amount == amount)


def as_high(renewal_id: int, amount: Decimal) -> Select[int]:
    """The saved quotes of a case that come to more than this price, the nearest first."""
    dearer = select(Quote.id).where(Quote.renewal_id == renewal_id, Quote.total_amount > amount)
    return dearer.order_by(Quote.total_amount, Quote.id)


def quotes_of(renewal_id: int) -> Rows:
    """The quotes saved with a case, the latest first."""
    return (
        select(Quote.id, Quote.plan, Quote.insurer, Quote.total_amount, Quote.made_at)
        .where(Quote.renewal_id == renewal_id)
        .order_by(Quote.made_at.desc(), Quote.total_amount, Quote.id)
    )


def of_quotes(quote_ids: Collection[int]) -> Rows:
    """The requests for some quotes, the latest first."""
    return _requests().where(Approval.quote_id.in_(quote_ids)).order_by(Approval.id.desc())


def one(approval_id: int) -> Rows:
    """A request with what deciding it asks of its quote and case."""
    return (
        select(
            Approval.id, Approval.quote_id, Approval.state, Approval.findings, Approval.asked_by_id,
            Quote.made_by_id, Quote.renewal_id, Quote.total_amount, Renewal.channel_id, Channel.path,
        )
        .join(Quote, Quote.id == Approval.quote_id)
        .join(Renewal, Renewal.id == Quote.renewal_id)
        .join(Channel, Channel.id == Renewal.channel_id)
        .where(Approval.id == approval_id)
    )  # fmt: skip


def listed(path: str | None, states: Collection[ApprovalState], limit: int, *, latest: bool) -> Rows:
    """The requests of a subtree in some states, with their cases: those that wait longest, or those decided last."""
    found = (
        _requests()
        .add_columns(
            Quote.renewal_id, Quote.plan, Quote.insurer, Quote.total_amount, Quote.made_by_id, Vehicle.plate,
            Customer.name.label("customer"), Channel.name.label("channel"),
        )
        .join(Quote, Quote.id == Approval.quote_id)
        .join(Renewal, Renewal.id == Quote.renewal_id)
        .join(Channel, Channel.id == Renewal.channel_id)
        .join(Vehicle, Vehicle.id == Renewal.vehicle_id)
        .outerjoin(Customer, Customer.id == Vehicle.customer_id)
        .where(Approval.state.in_(states), within(path))
        .limit(limit)
    )  # fmt: skip
    return found.order_by(*([Approval.decided_at.desc()] if latest else [Approval.asked_at]), Approval.id)


def _requests() -> Rows:
    asker, decider = aliased(User), aliased(User)
    return (
        select(
            Approval.id, Approval.quote_id, Approval.state, Approval.findings, Approval.asked_by_id, Approval.asked_at,
            Approval.reason, Approval.decided_at, Approval.answer, Approval.version, asker.name.label("asked_by"),
            decider.name.label("decided_by"),
        )
        .outerjoin(asker, asker.id == Approval.asked_by_id)
        .outerjoin(decider, decider.id == Approval.decided_by_id)
    )  # fmt: skip
