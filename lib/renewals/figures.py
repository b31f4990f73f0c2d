"""What became of the renewals that expire in a window, and the calls after a quote (model.md, "Renewals")."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row

from db.queries import renewal_figures as queries
from db.queries.channels import bounds
from db.terms import RenewalType, Subject
from lib import kpi
from lib.access import Scope
from lib.data import reads
from lib.kpi import Figure
from lib.losses.figures import most_frequent
from lib.periods import Period


@dataclass(frozen=True)
class RenewalNumbers:
    """The renewals of a window: `due` = renewed + lost + open + lapsed; void ones stand apart."""

    due: int = 0
    renewed: int = 0
    lost: int = 0
    open: int = 0
    lapsed: int = 0
    void: int = 0
    quoted: int = 0
    open_quoted: int = 0
    commercial_due: int = 0
    commercial_renewed: int = 0

    @property
    def open_unquoted(self) -> int:
        return self.open - self.open_quoted

    def __add__(self, other: "RenewalNumbers") -> "RenewalNumbers":
        return RenewalNumbers(
            **{each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(self)}
        )

    def figure(self, slug: str) -> Figure:
        return kpi.figure(kpi.find(slug), self)


@dataclass(frozen=True)
class Renewals:
    """A window's numbers, whole and by type, and the lost ones by reason, most frequent first.

    `settled` tells a rate from progress: it is progress while the window has not ended.
    """

    window: Period
    settled: bool
    whole: RenewalNumbers
    by_type: tuple[tuple[RenewalType, RenewalNumbers], ...]
    lost_by_reason: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Calls:
    """The SMS quotes of a period and their calls: sent = on time + late + open (R5)."""

    quotes_sent: int = 0
    calls_on_time: int = 0
    calls_late: int = 0
    calls_open: int = 0

    @property
    def calls_decided(self) -> int:
        return self.calls_on_time + self.calls_late

    def figure(self, slug: str) -> Figure:
        return kpi.figure(kpi.find(slug), self)


@reads(Subject.RENEWALS, Subject.CHANNELS)
def renewals(connection: Connection, scope: Scope, window: Period, as_of_day: date) -> Renewals:
    """The renewals whose due_on lies in the window; `as_of_day` tells open from lapsed."""
    shaped, values = _shaped(scope, window, as_of_day)
    found = _numbers(connection.execute(queries.by_type(*shaped), values), "type")
    reasons = connection.execute(queries.lost_by_reason(*shaped), values)
    return Renewals(
        window, as_of_day > window.last, sum(found.values(), RenewalNumbers()),
        tuple((each, found.get(each, RenewalNumbers())) for each in RenewalType),
        most_frequent((row.slug, row.cases) for row in reasons),
    )  # fmt: skip


@reads(Subject.RENEWALS, Subject.CHANNELS)
def renewals_by_owner(
    connection: Connection, scope: Scope, window: Period, as_of_day: date
) -> dict[int | None, RenewalNumbers]:
    """The same numbers of each person who holds renewals of the window (`None`: nobody's)."""
    (scoped, _), values = _shaped(scope, window, as_of_day)
    return _numbers(connection.execute(queries.by_owner(scoped), values), "owner_id")


@reads(Subject.RENEWALS, Subject.CHANNELS)
def calls(connection: Connection, scope: Scope, period: Period, as_of_day: date) -> Calls:
    """The calls after the SMS quotes sent in the period, whatever their renewals' due_on or state."""
    shaped, values = _shaped(scope, period, as_of_day)
    return Calls(**connection.execute(queries.calls(*shaped), values).one()._mapping)


@reads(Subject.RENEWALS, Subject.CHANNELS)
def calls_by_specialist(
    connection: Connection, scope: Scope, period: Period, as_of_day: date
) -> dict[int | None, Calls]:
    """The same of each person who sent the quotes."""
    (scoped, _), values = _shaped(scope, period, as_of_day)
    return {
        row.specialist_id: Calls(row.quotes_sent, row.calls_on_time, row.calls_late, row.calls_open)
        for row in connection.execute(queries.calls_by_specialist(scoped), values)
    }


def _numbers(found: Iterable[Row[*tuple[Any, ...]]], key: str) -> dict[Any, RenewalNumbers]:
    rows = [dict(row._mapping) for row in found]
    return {row.pop(key): RenewalNumbers(**row) for row in rows}


def _shaped(scope: Scope, period: Period, as_of_day: date) -> tuple[tuple[bool, bool], dict[str, Any]]:
    values: dict[str, Any] = {"first": period.first, "last": period.last, "today": as_of_day} | bounds(scope.path)
    if scope.owner_id is not None:
        values["owner"] = scope.owner_id
    return (scope.path is not None, scope.owner_id is not None), values
