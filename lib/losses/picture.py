"""The losses of a period at the grain that the analysis draws: by reason and person, model or insurer, and channel."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum, auto
from functools import cached_property

from sqlalchemy import Connection

from db.queries.losses import decided as queries
from db.queries.summaries import reading as sums
from db.terms import LossDomain, Subject
from lib import kpi
from lib.access import Scope
from lib.data import reads
from lib.kpi import Figure
from lib.losses import decided
from lib.losses.filters import LossFilters
from lib.losses.reasons import Reason, reasons
from lib.periods import Period

SMALL = 30  # decided cases: a rate over fewer says little, and is shown as such

Key = int | str | None


class Grain(StrEnum):
    """By what losses are counted beside their reason."""

    PERSON = auto()
    THING = auto()  # a lead's car model, a renewal's insurer
    CHANNEL = auto()


@dataclass(frozen=True)
class Counted:
    """How many cases were lost for a reason, or won (then there is no reason), at one key of a grain."""

    domain: LossDomain
    grain: Grain
    reason: Reason | None
    key: Key
    lost: int
    won: int


@dataclass(frozen=True)
class Decided:
    """Cases lost and won: what a loss rate is made of."""

    lost: int = 0
    won: int = 0
    within_reach: int = 0

    @property
    def decided(self) -> int:
        return self.lost + self.won

    @property
    def small(self) -> bool:
        return self.decided < SMALL

    def figure(self, slug: str) -> Figure:
        return kpi.figure(kpi.find(slug), self)


@dataclass(frozen=True)
class Picture:
    """A period's losses. `rows` hold each case once for each grain."""

    period: Period
    rows: tuple[Counted, ...]

    @cached_property
    def whole(self) -> Decided:
        return _summed(self.of(Grain.CHANNEL))

    def of(self, grain: Grain, domain: LossDomain | None = None) -> tuple[Counted, ...]:
        """The rows of one grain: each case once."""
        return tuple(row for row in self.rows if row.grain is grain and domain in (None, row.domain))

    def in_domain(self, domain: LossDomain) -> Decided:
        return _summed(self.of(Grain.CHANNEL, domain))

    def by_key(self, grain: Grain, domain: LossDomain | None = None) -> dict[Key, Decided]:
        """Lost and won at each key of a grain."""
        found: dict[Key, list[Counted]] = defaultdict(list)
        for row in self.of(grain, domain):
            found[row.key].append(row)
        return {key: _summed(rows) for key, rows in found.items()}

    def by_reason(self) -> dict[Reason, int]:
        """The losses by the second level of their reason, most frequent first."""
        found: dict[Reason, int] = defaultdict(int)
        for row in self.of(Grain.CHANNEL):
            if row.reason is not None and row.lost:
                found[row.reason] += row.lost
        return dict(sorted(found.items(), key=lambda each: (-each[1], each[0].code)))


@reads(Subject.SALES, Subject.RENEWALS, Subject.POLICIES, Subject.CHANNELS, Subject.SETTINGS)
def picture(connection: Connection, scope: Scope, period: Period, filters: LossFilters) -> Picture:
    """What was lost and won in a period (by the day of the event), within the filters."""
    known = {each.id: each for each in reasons(connection)}
    found: dict[tuple[LossDomain, Grain, int | None, Key], list[int]] = defaultdict(lambda: [0, 0])
    for domain in filters.followed:
        for row in decided.rows(connection, scope, period, filters, domain, queries.by_group, sums.lost_by_group):
            key = row.key_text if row.key_id is None else int(row.key_id)
            counted = found[domain, Grain(row.grain), row.reason_id, key]
            counted[0] += int(row.lost)
            counted[1] += int(row.won)
    rows = (
        Counted(domain, grain, known.get(reason or 0), key, lost, won)
        for (domain, grain, reason, key), (lost, won) in found.items()
    )  # fmt: skip
    return Picture(period, tuple(rows))


def _summed(rows: Iterable[Counted]) -> Decided:
    lost = won = reach = 0
    for row in rows:
        lost, won = lost + row.lost, won + row.won
        if row.reason is not None and row.reason.within_reach:
            reach += row.lost
    return Decided(lost, won, reach)
