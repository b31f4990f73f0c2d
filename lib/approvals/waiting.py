"""Requests for approval as screens show them: the manager's list, and what stands on a case (N5)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from db.queries import approvals as queries
from db.terms import ApprovalState, Plan, Subject
from lib import masking, preferences, settings
from lib.access import Actor
from lib.approvals import quotes
from lib.approvals.asking import covers, may_decide
from lib.approvals.judging import Finding, Rule
from lib.clock import business_day
from lib.data import reads
from lib.renewals.reaching import reach
from lib.workdays import Workdays

MOST = 200  # requests on a page
LATELY = 20


@dataclass(frozen=True)
class Request:
    """One request. `due_on`: the last working day to decide it; `days`: working days that it waits or waited."""

    id: int
    version: int
    quote_id: int
    state: ApprovalState
    findings: tuple[Finding, ...]
    asked_by: str | None
    asked_at: datetime
    reason: str | None
    decided_by: str | None
    decided_at: datetime | None
    answer: str | None
    due_on: date
    days: int

    def overdue(self, today: date) -> bool:
        """Whether it still waits past its last day."""
        return self.state is ApprovalState.WAITING and today > self.due_on


@dataclass(frozen=True)
class Listed:
    """A request with its case; name and plate masked. `mine`: whether this person may answer it."""

    request: Request
    renewal_id: int
    plan: Plan
    insurer: str | None
    total_amount: Decimal
    plate: str | None
    customer: str | None
    channel: str
    mine: bool


@dataclass(frozen=True)
class Standing:
    """A quote of a case that breaks a rule, or of which approval was asked for, and where that stands."""

    quote_id: int
    plan: Plan
    insurer: str | None
    total_amount: Decimal
    made_at: datetime
    findings: tuple[Finding, ...]
    approved: bool
    requests: tuple[Request, ...]

    @property
    def waiting(self) -> bool:
        return bool(self.requests) and self.requests[0].state is ApprovalState.WAITING


@reads(Subject.RENEWALS, Subject.CHANNELS, Subject.PEOPLE, Subject.SETTINGS)
def waiting(connection: Connection, actor: Actor, today: date) -> tuple[Listed, ...]:
    """The requests of the actor's area that wait, the longest waiting first."""
    return _listed(connection, actor, today, (ApprovalState.WAITING,), MOST)


@reads(Subject.RENEWALS, Subject.CHANNELS, Subject.PEOPLE, Subject.SETTINGS)
def decided(connection: Connection, actor: Actor, today: date) -> tuple[Listed, ...]:
    """The requests of the actor's area that were decided last."""
    return _listed(connection, actor, today, (ApprovalState.APPROVED, ApprovalState.REJECTED), LATELY)


def of_case(connection: Connection, actor: Actor, renewal_id: int, today: date) -> tuple[Standing, ...]:
    """The quotes of a case that concern approval, the latest first; `NotFound` beyond the actor's own reach."""
    reach(connection, actor, renewal_id)
    saved = connection.execute(queries.quotes_of(renewal_id)).all()
    asked: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(queries.of_quotes([each.id for each in saved])):
        asked[row.quote_id].append(row)
    reading = _Reading(connection, today)
    found = []
    for each in saved:
        breaks = quotes.findings(connection, each.id, today)
        requests = asked[each.id]
        if breaks or requests:
            approved = bool(requests) and covers(requests[0], breaks)
            shown = tuple(reading.request(row) for row in requests)
            told = (each.id, each.plan, each.insurer, each.total_amount, each.made_at)
            found.append(Standing(*told, breaks, approved, shown))
    return tuple(found)


def _listed(
    connection: Connection, actor: Actor, today: date, states: tuple[ApprovalState, ...], limit: int
) -> tuple[Listed, ...]:
    reading = _Reading(connection, today)
    latest = ApprovalState.WAITING not in states
    listed = []
    for row in connection.execute(queries.listed(actor.scope.path, states, limit, latest=latest)):
        request = reading.request(row)
        approvers = {each.rule.approver for each in request.findings}
        listed.append(
            Listed(
                request, row.renewal_id, row.plan, row.insurer, row.total_amount, masking.plate(row.plate),
                masking.name(row.customer), row.channel, may_decide(actor, row, approvers),
            )
        )  # fmt: skip
    return tuple(listed)


class _Reading:
    """What every request of one read needs: the rules by id, the calendar, the days to decide, the store's zone."""

    def __init__(self, connection: Connection, today: date) -> None:
        self.rules = {row.id: quotes.rule(row) for row in connection.execute(queries.rules())}
        self.workdays: Workdays = preferences.workdays(connection)
        self.days = int(preferences.value(connection, preferences.APPROVAL_DAYS))
        self.zone, self.today = settings.load().zone, today

    def request(self, row: Any) -> Request:
        asked_on = business_day(row.asked_at, self.zone)
        until = business_day(row.decided_at, self.zone) if row.decided_at else self.today
        return Request(
            row.id, row.version, row.quote_id, row.state,
            tuple(_finding(each, self.rules) for each in row.findings),
            row.asked_by, row.asked_at, masking.text(row.reason), row.decided_by, row.decided_at,
            masking.text(row.answer), self.workdays.after(asked_on, self.days),
            max(0, self.workdays.count(asked_on, until) - self.workdays.count(asked_on, asked_on)),
        )  # fmt: skip


def _finding(stored: dict[str, Any], rules: dict[int, Rule]) -> Finding:
    value = stored.get("value")
    return Finding(rules[int(stored["rule_id"])], None if value is None else Decimal(str(value)))
