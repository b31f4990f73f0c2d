"""The businesses under evaluation before they join: their scorecards, the visits, the decisions (C1)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import Connection

from db.queries import partners as queries
from db.terms import ChannelKind, MarketTier, PartnerCriterion, PartnerState, Subject
from lib import masking
from lib.access import Scope
from lib.data import reads

C = PartnerCriterion
WEIGHTS = {C.CAPITAL: 25, C.PREMISES: 20, C.TEAM: 20, C.REGION: 15, C.REPUTATION: 20}  # of a hundred
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Mark:
    """A mark of 0 to 100 on one criterion, none where nobody gave one, and what it rests on."""

    criterion: PartnerCriterion
    mark: int | None = None
    evidence: str = ""


@dataclass(frozen=True)
class Visit:
    """A visit and what was found."""

    on: date
    findings: str
    by: str | None


@dataclass(frozen=True)
class Partner:
    """A business that wants to join. `channel_id` is the node that it has become."""

    id: int
    name: str
    kind: ChannelKind
    parent: str
    territory: str | None
    market_tier: MarketTier | None
    state: PartnerState
    decision: str | None
    channel_id: int | None
    marks: tuple[Mark, ...]
    visits: tuple[Visit, ...]
    version: int

    @property
    def total(self) -> Decimal | None:
        """The weighted total; none before every criterion is marked."""
        return total(self.marks)


def total(marks: tuple[Mark, ...]) -> Decimal | None:
    """The marks weighed, to one place; none while a criterion has none."""
    given = {each.criterion: each.mark for each in marks if each.mark is not None}
    if given.keys() != WEIGHTS.keys():
        return None
    weighed = sum(WEIGHTS[criterion] * mark for criterion, mark in given.items())
    return (Decimal(weighed) / sum(WEIGHTS.values())).quantize(TENTH, ROUND_HALF_UP)


@reads(Subject.PARTNERS, Subject.CHANNELS, Subject.PEOPLE)
def partners(connection: Connection, scope: Scope) -> tuple[Partner, ...]:
    """The partners that would stand in a scope, the latest first."""
    marks: dict[tuple[int, PartnerCriterion], Mark] = {}
    for row in connection.execute(queries.marks(scope.path)):
        marks[row.partner_id, row.criterion] = Mark(row.criterion, row.mark, masking.text(row.evidence) or "")
    visits: dict[int, list[Visit]] = defaultdict(list)
    for row in connection.execute(queries.visits(scope.path)):
        visits[row.partner_id].append(Visit(row.visited_on, masking.text(row.findings) or "", row.by))
    return tuple(
        Partner(
            row.id, masking.text(row.name) or "", row.kind, masking.text(row.parent) or "", masking.text(row.territory),
            row.market_tier, row.state, masking.text(row.decision), row.channel_id,
            tuple(marks.get((row.id, each), Mark(each)) for each in WEIGHTS), tuple(visits[row.id]), row.version,
        )
        for row in connection.execute(queries.partners(scope.path))
    )  # fmt: skip
