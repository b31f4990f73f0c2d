"""Twelve months of losses by reason, and of what was decided."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from db.queries.losses import decided as queries
from db.queries.summaries import reading as sums
from db.terms import LossDomain, Subject
from lib.access import Scope
from lib.data import reads
from lib.losses import decided
from lib.losses.filters import LossFilters
from lib.losses.months import number, span
from lib.losses.picture import Decided
from lib.losses.reasons import Reason, reasons


@dataclass(frozen=True)
class MonthLosses:
    """A month's losses by reason, and what was lost and won in it, of one domain."""

    first: date
    domain: LossDomain
    by_reason: tuple[tuple[Reason, int], ...]
    decided: Decided


@reads(Subject.SALES, Subject.RENEWALS, Subject.POLICIES, Subject.CHANNELS, Subject.SETTINGS)
def course(
    connection: Connection, scope: Scope, months: tuple[date, ...], filters: LossFilters
) -> tuple[MonthLosses, ...]:
    """The losses of months that follow each other, given by their first days; a month without any is there too."""
    known = {each.id: each for each in reasons(connection)}
    found: list[MonthLosses] = []
    for domain in filters.followed:
        by_month: dict[int, list[tuple[Reason | None, int, int]]] = defaultdict(list)
        for row in decided.rows(connection, scope, span(months), filters, domain, queries.by_month, sums.lost_by_month):
            by_month[row.month].append((known.get(row.reason_id), row.lost, row.won))
        found += [_month(first, domain, by_month[number(first)]) for first in months]
    return tuple(found)


def _month(first: date, domain: LossDomain, rows: Iterable[tuple[Reason | None, int, int]]) -> MonthLosses:
    lost: dict[Reason, int] = {}
    won = 0
    for reason, lost_here, won_here in rows:
        won += int(won_here)
        if reason is not None and lost_here:
            lost[reason] = int(lost_here)
    reach = sum(count for reason, count in lost.items() if reason.within_reach)
    return MonthLosses(first, domain, tuple(lost.items()), Decided(sum(lost.values()), won, reach))
