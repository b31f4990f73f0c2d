"""Lost and won renewals of a period by their type."""

from sqlalchemy import Connection

from db.queries.losses import types as queries
from db.terms import LossDomain, RenewalType, Subject
from lib.access import Scope
from lib.data import reads
from lib.losses.filters import LossFilters, parameters, shape
from lib.losses.influence import Share
from lib.periods import Period


@reads(Subject.RENEWALS, Subject.POLICIES, Subject.CHANNELS)
def types(connection: Connection, scope: Scope, period: Period, filters: LossFilters) -> dict[RenewalType, Share]:
    """How many of each type's decided renewals were lost; none where the filters leave no renewals."""
    if LossDomain.RENEWAL not in filters.followed:
        return {}
    sentence = queries.by_type(shape(scope, filters, LossDomain.RENEWAL))
    rows = connection.execute(sentence, parameters(scope, period, filters, LossDomain.RENEWAL))
    return {RenewalType(row.type): Share(row.lost, row.lost + row.won) for row in rows}
