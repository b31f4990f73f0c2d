"""Which months' sums no longer hold."""

from functools import cache
from typing import Any

from sqlalchemy import Delete, Select, bindparam, delete, select

from db.queries.channels import subtree
from db.tables import StaleMonth

S = StaleMonth


@cache
def months(scoped: bool) -> Select[int]:
    """The stale months of a `kind` from `first_month` to `last_month`, in a subtree or anywhere."""
    query = (
        select(S.month)
        .where(S.kind == bindparam("kind"), S.month.between(bindparam("first_month"), bindparam("last_month")))
        .distinct()
    )
    return query.where(S.channel_id.in_(subtree())) if scoped else query


@cache
def waiting() -> Select[*tuple[Any, ...]]:
    """Every kind and month with a mark, the latest month first: it is looked at most."""
    return select(S.kind, S.month).distinct().order_by(S.month.desc(), S.kind)


@cache
def marks() -> Select[*tuple[Any, ...]]:
    """The marks of a `kind` and `month`."""
    return select(S.id, S.channel_id).where(S.kind == bindparam("kind"), S.month == bindparam("month"))


@cache
def settled() -> Delete:
    """Take away the marks that were seen (`ids`), and no other."""
    return delete(S).where(S.id.in_(bindparam("ids", expanding=True)))
