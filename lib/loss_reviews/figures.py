"""How many losses of a period have a clear reason that a manager accepted (战败明确率, domain.md B3)."""

from dataclasses import dataclass

from sqlalchemy import Connection

from db.queries.losses import lost as queries
from db.terms import Subject
from lib import kpi
from lib.access import Scope
from lib.data import reads
from lib.kpi import Figure
from lib.losses.filters import LossFilters, parameters, shape
from lib.periods import Period

EVERYTHING = LossFilters()


@dataclass(frozen=True)
class Reviewed:
    """The losses of a period, those accepted among them, and those of these whose reason is not "other"."""

    losses: int
    accepted_losses: int
    clear_losses: int

    def figure(self, slug: str) -> Figure:
        return kpi.figure(kpi.find(slug), self)


@reads(Subject.SALES, Subject.RENEWALS, Subject.POLICIES, Subject.COUNTERMEASURES, Subject.CHANNELS, Subject.SETTINGS)
def reviewed(
    connection: Connection, scope: Scope, period: Period, filters: LossFilters = EVERYTHING
) -> Reviewed:  # fmt: skip
    """The losses within the filters; a person's own where the scope names one."""
    rows = [
        connection.execute(
            queries.reviewed(shape(scope, filters, domain)), parameters(scope, period, filters, domain)
        ).one()
        for domain in filters.followed
    ]
    return Reviewed(
        sum(row.losses for row in rows), sum(row.accepted_losses for row in rows), sum(row.clear_losses for row in rows)
    )
