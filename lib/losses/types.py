"""Lost and won renewals of a period by their type."""

from collections import Counter

from sqlalchemy import Connection

from db.queries.losses import types as queries
from db.queries.summaries import reading as sums
from db.terms import LossDomain, RenewalType, Subject
from lib.access import Scope
from lib.data import reads
from lib.losses import decided
from lib.losses.filters import LossFilters
from lib.losses.influence import Share
from lib.periods import Period


@reads(Subject.RENEWALS, Subject.POLICIES, Subject.CHANNELS)
def types(connection: Connection, scope: Scope, period: Period, filters: LossFilters) -> dict[RenewalType, Share]:
    """How many of each type's decided renewals were lost; none where the filters leave no renewals."""
    if LossDomain.RENEWAL not in filters.followed:
        return {}
    lost, won = Counter[RenewalType](), Counter[RenewalType]()
    for row in decided.rows(
        connection, scope, period, filters, LossDomain.RENEWAL, queries.by_type, sums.lost_by_type
    ):  # fmt: skip
        lost[RenewalType(row.type)] += int(row.lost)
        won[RenewalType(row.type)] += int(row.won)
    return {kind: Share(lost[kind], lost[kind] + won[kind]) for kind in (lost | won)}
