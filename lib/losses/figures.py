"""Losses of leads and of renewals by the day of the lost event (model.md, "Losses")."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from db.queries import loss_figures as queries
from db.queries.channels import after
from db.terms import LossDomain, Subject
from lib import kpi
from lib.access import Scope
from lib.data import reads
from lib.kpi import Figure
from lib.periods import Period


@dataclass(frozen=True)
class ReasonLosses:
    """One reason's losses and their share of all losses of the period."""

    reason: str
    count: int
    share: Figure


@dataclass(frozen=True)
class Losses:
    """A period's losses, most frequent reason first."""

    total: int
    by_reason: tuple[ReasonLosses, ...]


@reads(Subject.SALES, Subject.RENEWALS, Subject.CHANNELS)
def losses(connection: Connection, scope: Scope, period: Period, domain: LossDomain) -> Losses:
    """The losses of leads or of renewals. A reopened case's loss stays counted: it happened."""
    values: dict[str, Any] = {"first": period.first, "last": period.last}
    if scope.path is not None:
        values |= {"path": scope.path, "path_end": after(scope.path)}
    rows = connection.execute(queries.by_reason(domain, scope.path is not None), values)
    found = most_frequent((row.reason, row.cases) for row in rows)
    total = sum(cases for _, cases in found)
    return Losses(
        total,
        tuple(ReasonLosses(reason, cases, Figure(kpi.ratio(cases, total), cases, total)) for reason, cases in found),
    )


def most_frequent(found: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Reasons with their counts, most frequent first, ties by reason."""
    return tuple(sorted(found, key=lambda each: (-each[1], each[0])))
