"""How often lost customers come back: of win-back renewals that came due, and of lost leads taken up again."""

from dataclasses import dataclass

from sqlalchemy import Connection

from db.queries import winbacks as queries
from db.terms import Subject
from lib import kpi
from lib.access import Scope
from lib.data import reads
from lib.kpi import Figure
from lib.periods import Period


@dataclass(frozen=True)
class WonBack:
    """Win-back renewals due in a period and those renewed; lost leads taken up again in it and those ordered since."""

    winback_due: int
    winback_renewed: int
    reopened: int
    reopened_ordered: int

    def figure(self, slug: str) -> Figure:
        return kpi.figure(kpi.find(slug), self)


@reads(Subject.SALES, Subject.RENEWALS, Subject.CHANNELS)
def won_back(connection: Connection, scope: Scope, period: Period) -> WonBack:
    """Both figures of a scope; a person's own where the scope names one."""
    asked = (scope.path, scope.owner_id, period.first, period.last)
    renewals = connection.execute(queries.renewed(*asked)).one()
    leads = connection.execute(queries.taken_up(*asked)).one()
    return WonBack(**renewals._mapping, **leads._mapping)
