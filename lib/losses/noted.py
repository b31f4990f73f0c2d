"""What else was noted of the losses of a period: to whom they went, and how far the price was off."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection

from db.queries.losses import lost as queries
from db.terms import LossDomain, Subject
from lib import masking
from lib.access import Scope
from lib.data import reads
from lib.losses.filters import Gap, LossFilters, parameters, shape
from lib.periods import Period

EDGES: dict[LossDomain, tuple[Decimal, ...]] = {
    LossDomain.LEAD: tuple(map(Decimal, (1000, 2000, 3000, 5000, 8000, 12000, 20000))),
    LossDomain.RENEWAL: tuple(map(Decimal, (100, 200, 300, 500, 800, 1200, 2000))),
}
"""Where one step of a price gap ends and the next begins, in yuan: of a car, of a year's insurance."""


@dataclass(frozen=True)
class Noted:
    """Losses by something noted of them, and those of which it was not."""

    counted: tuple[tuple[str, int], ...]
    without: int

    @property
    def total(self) -> int:
        return sum(count for _, count in self.counted) + self.without


@dataclass(frozen=True)
class Gaps:
    """The losses of one domain by price gap, every step from the first to the last one that occurs."""

    domain: LossDomain
    steps: tuple[tuple[Gap, int], ...]
    without: int

    @property
    def total(self) -> int:
        return sum(count for _, count in self.steps) + self.without


@reads(Subject.SALES, Subject.RENEWALS, Subject.POLICIES, Subject.CHANNELS)
def competitors(connection: Connection, scope: Scope, period: Period, filters: LossFilters) -> Noted:
    """Losses by competitor, most first. A number or VIN that somebody typed into the name is masked."""
    found: Counter[str] = Counter()
    without = 0
    for domain in filters.followed:
        sentence = queries.by_competitor(shape(scope, filters, domain))
        for row in connection.execute(sentence, parameters(scope, period, filters, domain)):
            if row.noted is None:
                without += row.lost
            else:
                found[masking.text(row.noted) or ""] += row.lost
    return Noted(tuple(sorted(found.items(), key=lambda each: (-each[1], each[0]))), without)


@reads(Subject.SALES, Subject.RENEWALS, Subject.POLICIES, Subject.CHANNELS)
def gaps(connection: Connection, scope: Scope, period: Period, filters: LossFilters, domain: LossDomain) -> Gaps:
    """Losses of a domain by price gap; nothing of one that cannot follow the filters."""
    if domain not in filters.followed:
        return Gaps(domain, (), 0)
    edges = EDGES[domain]
    sentence = queries.by_gap(shape(scope, filters, domain), edges)
    rows = connection.execute(sentence, parameters(scope, period, filters, domain))
    found = {row.noted: int(row.lost) for row in rows}
    without = found.pop(None, 0)
    span = range(min(found), max(found) + 1) if found else ()
    return Gaps(domain, tuple((_step(domain, place), found.get(place, 0)) for place in span), without)


def _step(domain: LossDomain, place: int) -> Gap:
    edges = EDGES[domain]
    least = edges[place - 1] if place else Decimal()
    return Gap(domain, least, edges[place] if place < len(edges) else None)
