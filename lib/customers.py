"""Who is the same customer (model.md): same mobile and name. Another name under a number is never merged silently."""

from sqlalchemy import insert
from sqlalchemy.orm import Session

from db.queries import customers as queries
from db.tables import Customer


def same_or_new(session: Session, name: str | None, mobile: str | None) -> int | None:
    """The key of the customer with this mobile and name, made where there is none; `None` when neither is known."""
    if mobile is not None and (known := session.scalar(queries.same(name, mobile))):
        return known
    if name is None and mobile is None:
        return None
    row = insert(Customer).values(name=name, mobile=mobile, mobile_tail=mobile and mobile[-4:])
    return session.scalars(row.returning(Customer.id)).one()


def changed(session: Session, customer_id: int | None, name: str | None, mobile: str | None) -> int | None:
    """The customer that a lead has after its name or mobile was corrected.

    An existing one with both is joined; one that nothing but this lead refers to is corrected in place; one that
    others share stays as it is, and this lead gets its own.
    """
    if customer_id is None or _is_shared(session, customer_id):
        return same_or_new(session, name, mobile)
    known = session.scalar(queries.same(name, mobile)) if mobile else None
    if known is not None and known != customer_id:
        return known
    customer = session.get_one(Customer, customer_id)
    customer.name, customer.mobile, customer.mobile_tail = name, mobile, mobile and mobile[-4:]
    customer.version += 1
    return customer_id


def _is_shared(session: Session, customer_id: int) -> bool:
    holders = session.execute(queries.holders(customer_id)).all()
    return len(holders) > 1 or any(elsewhere for _, elsewhere in holders)
