"""Decided cases of a period, from the sums of whole months where they hold and can answer, else from the rows."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, Executable, Row

from db.queries.losses.shape import Shape
from db.queries.summaries import reading as sums
from db.tables.summaries import MonthKind
from db.terms import LossDomain
from lib.access import Scope
from lib.losses.filters import LossFilters, parameters, shape
from lib.periods import Period
from lib.summaries import asking
from lib.summaries.asking import Spans

KINDS = {LossDomain.LEAD: MonthKind.SALES, LossDomain.RENEWAL: MonthKind.DECIDED}


def rows(
    connection: Connection, scope: Scope, period: Period, filters: LossFilters, domain: LossDomain,
    counted: Callable[[Shape], Executable], summed: Callable[[Shape], Executable],
) -> Iterator[Row[Any]]:  # fmt: skip
    """The rows of a domain; what has one key may come several times."""
    asked = shape(scope, filters, domain)
    values = parameters(scope, period, filters, domain)
    whole = Spans((), (period,))
    cut = asking.spans(connection, KINDS[domain], scope, period) if sums.follows(asked) else whole
    return asking.rows(connection, cut, counted(asked), summed(asked), values)
