"""Customers found by what they are the same by, and what still refers to one."""

from typing import Any

from sqlalchemy import Select, exists, or_, select

from db.queries.channels import within
from db.tables import Channel, Customer, Lead, Policy, Vehicle


def same(name: str | None, mobile: str) -> Select[int]:
    """The customer of this number and name; `is_not_distinct_from`, so that no name equals no name."""
    return (
        select(Customer.id)
        .where(Customer.mobile == mobile, Customer.name.is_not_distinct_from(name))
        .order_by(Customer.id)
        .limit(1)
    )


def namesakes(mobile: str, name: str | None, path: str | None) -> Select[str | None]:
    """Other names under which a number is known in these channels, by a lead or a policy."""
    known = or_(
        exists().where(Lead.customer_id == Customer.id, Lead.channel_id == Channel.id, within(path)),
        exists().where(Policy.customer_id == Customer.id, Policy.channel_id == Channel.id, within(path)),
    )
    return (
        select(Customer.name)
        .where(Customer.mobile == mobile, Customer.name.is_distinct_from(name), Customer.name.is_not(None), known)
        .order_by(Customer.id)
        .limit(5)
    )


def holders(customer_id: int) -> Select[*tuple[Any, ...]]:
    """How many leads, and whether any policy or car, refer to a customer."""
    leads = select(Lead.id).where(Lead.customer_id == customer_id).limit(2)
    others = or_(exists().where(Policy.customer_id == customer_id), exists().where(Vehicle.customer_id == customer_id))
    return select(leads.subquery().c.id, others)
