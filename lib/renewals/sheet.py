"""The renewal follow-up sheet 续保到期跟进表: one row a case, as the store has kept it on paper (domain.md B2)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, RowMapping

from db.queries import follow_up_sheet as queries
from db.terms import (
    ContactMethod,
    ContactOutcome,
    PolicyLine,
    RenewalStatus,
    RenewalType,
    Stage,
    Subject,
    TargetSubject,
    Tier,
)
from lib import logs, masking
from lib.access import Actor, Permission
from lib.data import Change, command, reads
from lib.periods import Period
from lib.refusals import N_, Invalid, NotAllowed
from lib.renewals.course import OPEN
from lib.renewals.scripts import stage
from lib.reveals import SHORTEST_REASON

CONTACTS = 8  # columns of the sheet
PRINTED, TAKEN = 300, 5000  # cases of a page and of a file
AT_ONCE = 1000


@dataclass(frozen=True)
class Asked:
    """Which cases: due in a period, of a channel's subtree, of one specialist or of all."""

    period: Period
    path: str | None
    owner_id: int | None = None


@dataclass(frozen=True)
class Contact:
    """One contact; its note masked."""

    at: datetime
    method: ContactMethod
    outcome: ContactOutcome | None
    note: str | None


@dataclass(frozen=True)
class Contract:
    """One policy."""

    line: PolicyLine
    insurer: str
    policy_no: str
    expires_on: date
    premium_amount: Decimal


@dataclass(frozen=True)
class Case:
    """One row. `call_by` is the last day of the call after the last SMS quote, `called_at` the first call after it;
    `contacts` are the last eight of `contact_count`."""

    id: int
    channel: str
    customer: str | None
    mobile: str | None
    plate: str | None
    vin: str
    car_model: str | None
    first_registered_on: date | None
    tier: Tier | None
    claims: int | None
    no_claim_coefficient: Decimal | None
    type: RenewalType
    status: RenewalStatus
    partly_renewed: bool
    due_on: date
    days_left: int
    stage: Stage
    owner: str | None
    expiring: tuple[Contract, ...]
    renewing: tuple[Contract, ...]
    quote_amount: Decimal | None
    sms_quoted_at: datetime | None
    call_by: date | None
    called_at: datetime | None
    call_late: bool
    contacts: tuple[Contact, ...]
    contact_count: int
    next_on: date | None
    reason: tuple[str, str] | None
    reason_en: tuple[str, str] | None
    countermeasure: str | None
    void_reason: str | None

    @property
    def undecided(self) -> bool:
        """Whether the case is still worked: its days left and stage say something."""
        return self.status in OPEN

    @property
    def last_premium(self) -> Decimal | None:
        """What the expiring policies cost together, in yuan."""
        return sum((each.premium_amount for each in self.expiring), Decimal()) if self.expiring else None

    def expires_on(self, line: PolicyLine) -> date | None:
        """When the expiring policy of a line ends; the last, where there are several."""
        return max((each.expires_on for each in self.expiring if each.line is line), default=None)


@dataclass(frozen=True)
class Sheet:
    """The first cases, and how many there are."""

    cases: tuple[Case, ...]
    total: int


def asked(actor: Actor, period: Period, path: str | None, owner_id: int | None) -> Asked:
    """What a person gets of what they ask for: a specialist their own cases, nobody more than their channels."""
    inside = path is not None and actor.scope.covers(path)
    return Asked(period, path if inside else actor.path, actor.own_scope.owner_id or owner_id)


def may_unmask(actor: Actor) -> bool:
    """Whether this person may take the sheet unmasked: specialists their own cases, managers all."""
    whose = actor.own_scope.owner_id is not None or actor.may(Permission.RENEWAL_ASSIGN)
    return whose and actor.may(Permission.REVEAL) and actor.may(Permission.EXPORT)


@reads(Subject.RENEWALS, Subject.POLICIES, Subject.CHANNELS, Subject.PEOPLE)
def sheet(connection: Connection, wanted: Asked, today: date, limit: int = PRINTED) -> Sheet:
    """The masked sheet."""
    found = _cases(connection, wanted, today, limit)
    return Sheet(tuple(masked(each) for each in found), _total(connection, wanted))


@command(Permission.REVEAL)
def take_unmasked(change: Change, wanted: Asked, today: date, why: str) -> tuple[Case, ...]:
    """The rows in full, for a file; leaves an audit row with the reason (N10).

    Errors: `NotAllowed`; `Invalid` where the reason lacks.
    """
    actor = change.actor
    if not may_unmask(actor):
        raise NotAllowed
    if len(why.strip()) < SHORTEST_REASON:
        raise Invalid(N_("Write why you need the names and numbers in full."), field="reason")
    own = asked(actor, wanted.period, wanted.path, wanted.owner_id)
    found = _cases(change.connection, own, today, TAKEN)
    change.record(
        "sheet_unmasked", "renewals", None, actor.channel_id, why=logs.masked(why.strip()), rows=len(found),
        period=own.period.name, own=actor.own_scope.owner_id is not None,
    )  # fmt: skip
    return tuple(found)


@command(Permission.RENEWAL_READ)
def note_printed(change: Change, wanted: Asked) -> None:
    """Leave an audit row of a sheet that goes to the printer: whose cases, and how many (N10)."""
    actor = change.actor
    own = asked(actor, wanted.period, wanted.path, wanted.owner_id)
    change.record(
        "sheet_printed", "renewals", None, actor.channel_id, rows=min(_total(change.connection, own), PRINTED),
        period=own.period.name, channel=_channel(own.path), own=actor.own_scope.owner_id is not None,
        of_kind=None if own.owner_id is None else TargetSubject.USER, of_id=own.owner_id,
    )  # fmt: skip


def _channel(path: str | None) -> int | None:
    """The channel that a path ends at."""
    return None if path is None else int(path.split(".")[-2])


def masked(case: Case) -> Case:
    """The case as it may be shown."""
    return replace(
        case, customer=masking.name(case.customer), mobile=masking.mobile(case.mobile), plate=masking.plate(case.plate),
        vin=masking.vin(case.vin) or "", countermeasure=masking.text(case.countermeasure),
        void_reason=masking.text(case.void_reason),
        contacts=tuple(replace(each, note=masking.text(each.note)) for each in case.contacts),
    )  # fmt: skip


def _total(connection: Connection, wanted: Asked) -> int:
    count = queries.count(wanted.path, wanted.owner_id, wanted.period.first, wanted.period.last)
    return connection.scalar(count) or 0


def _cases(connection: Connection, wanted: Asked, today: date, limit: int) -> list[Case]:
    """The cases in full."""
    period = wanted.period
    sentence = queries.cases(wanted.path, wanted.owner_id, period.first, period.last, limit)
    rows = connection.execute(sentence).mappings().all()
    keys = [row["id"] for row in rows]
    expiring, renewing = _contracts(connection, keys)
    contacts = _by_case(connection, queries.contacts, keys)
    return [_case(row, expiring[row["id"]], renewing[row["id"]], contacts[row["id"]], today) for row in rows]


def _case(
    row: RowMapping, expiring: Sequence[Contract], renewing: Sequence[Contract], contacts: Sequence[RowMapping],
    today: date,
) -> Case:  # fmt: skip
    values = {name: row[name] for name in Case.__dataclass_fields__ if name in row and not name.startswith("reason")}
    call_due_on = row["call_due_on"]
    return Case(
        **values,
        **_clock(contacts),
        days_left=(row["due_on"] - today).days,
        stage=stage(row["due_on"], today),
        expiring=tuple(expiring),
        renewing=tuple(renewing),
        quote_amount=_last(contacts, "quote_amount"),
        call_late=call_due_on is not None and call_due_on < today,
        contacts=tuple(
            Contact(each["at"], each["method"], each["outcome"], each["note"]) for each in contacts[-CONTACTS:]
        ),
        contact_count=len(contacts),
        next_on=row["next_action_on"],
        reason=(row["group"], row["reason"]) if row["reason"] else None,
        reason_en=(row["group_en"], row["reason_en"]) if row["reason"] else None,
        countermeasure=_last(contacts, "countermeasure"),
    )


def _clock(contacts: Sequence[RowMapping]) -> dict[str, Any]:
    """The last SMS quote, the last day of its call, and the first call: after the quote, where there is one (R5)."""
    quotes = [
        each
        for each in contacts
        if each["method"] is ContactMethod.SMS and each["outcome"] is ContactOutcome.QUOTE_SENT
    ]
    quoted = quotes[-1] if quotes else None
    since = [
        each["at"]
        for each in contacts
        if each["method"] is ContactMethod.PHONE and (quoted is None or each["at"] > quoted["at"])
    ]
    return {
        "sms_quoted_at": quoted and quoted["at"],
        "call_by": quoted and quoted["call_due_on"],
        "called_at": min(since, default=None),
    }


def _last(contacts: Iterable[RowMapping], name: str) -> Any:
    return next((each[name] for each in reversed([*contacts]) if each[name] is not None), None)


def _contracts(
    connection: Connection, keys: Sequence[int]
) -> tuple[Mapping[int, list[Contract]], Mapping[int, list[Contract]]]:
    """By case, the policies that run out and those that renewed it. One that does both stands with two cases."""
    expiring: dict[int, list[Contract]] = defaultdict(list)
    renewing: dict[int, list[Contract]] = defaultdict(list)
    for some in _portions(keys):
        for row in connection.execute(queries.policies(some)).mappings():
            contract = Contract(**{name: row[name] for name in Contract.__dataclass_fields__})
            for into, name in ((expiring, "expiring_renewal_id"), (renewing, "renewed_renewal_id")):
                if row[name] in set(some):
                    into[row[name]].append(contract)
    return expiring, renewing


def _by_case(connection: Connection, sentence: Any, keys: Sequence[int]) -> Mapping[int, list[RowMapping]]:
    found: dict[int, list[RowMapping]] = defaultdict(list)
    for some in _portions(keys):
        for row in connection.execute(sentence(some)).mappings():
            found[row["renewal_id"]].append(row)
    return found


def _portions(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
