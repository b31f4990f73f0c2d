"""The sheets of events that count no more: they stand in the story of a lead or a case and move nothing."""

from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from db.base import Base
from db.queries import imports as queries
from db.tables import LeadEvent, Policy, RenewalEvent
from db.terms import LeadEventKind, LossDomain, RenewalEventKind, Subject
from lib.clock import business_day, store_time
from lib.imports.belonging import NO_CASE, cases, leads
from lib.imports.columns import Form
from lib.imports.own_forms import PAST_LEAD_EVENTS, PAST_RENEWAL_EVENTS
from lib.imports.plain import same
from lib.imports.planning import KEPT, OUTSIDE, Planning, References, key_of
from lib.imports.reading import Row
from lib.refusals import N_, Invalid

Owner = Mapping[str, Any]
Policies = dict[tuple[str, str], int]


@dataclass(frozen=True)
class Past:
    """How one of the sheets lies in its table, and whose its events are."""

    form: Form
    table: type[Base]
    subject: Subject
    domain: LossDomain
    belongs: str
    missing: str
    owners: Callable[[Planning, list[Row]], dict[int, Owner]]
    """Each row's lead or case, by the row's number."""
    columns: Mapping[str, str]
    people: Mapping[str, str]
    vehicle: str | None = None
    """The owner's attribute that names its car."""


def _leads(planning: Planning, rows: list[Row]) -> dict[int, Owner]:
    known = leads(planning, {row.values["lead_no"] for row in rows})
    return {row.number: known[no] for row in rows if (no := row.values["lead_no"]) in known}


OF_LEADS = Past(
    PAST_LEAD_EVENTS, LeadEvent, Subject.SALES, LossDomain.LEAD, "lead_id",
    N_("There is no lead of this number, neither here nor in the file."), _leads,
    same("at", "kind", "superseded_at", "origin", "source", "competitor", "amount", "note")
    | {"price_gap": "price_gap_amount"},
    {"consultant": "consultant_id", "entered_by": "actor_id"},
)  # fmt: skip
OF_RENEWALS = Past(
    PAST_RENEWAL_EVENTS, RenewalEvent, Subject.RENEWALS, LossDomain.RENEWAL, "renewal_id", NO_CASE, cases,
    same("at", "kind", "superseded_at", "origin", "method", "outcome", "note", "callback_on", "appointment_at",
         "call_due_on", "quote_amount", "competitor", "countermeasure") | {"price_gap": "price_gap_amount"},
    {"specialist": "specialist_id", "entered_by": "actor_id"}, "vehicle_id",
)  # fmt: skip


def plan_past_events(planning: Planning) -> None:
    """Add those that are not there; what is there stays as it is, as with everything that people recorded."""
    for past in (OF_LEADS, OF_RENEWALS):
        if rows := planning.rows(past.form):
            _Planned(planning, past, sorted(rows, key=lambda row: (row.values["at"], row.values["number"]))).plan()


@dataclass
class _Planned:
    """One sheet on its way into the batch."""

    planning: Planning
    past: Past
    rows: list[Row]
    policies: Policies = field(default_factory=dict)

    @cached_property
    def numbers(self) -> dict[int, tuple[str, str]]:
        return {key: named for named, key in self.policies.items()}

    def plan(self) -> None:
        planning, past = self.planning, self.past
        references, before = References(planning, past.form), planning.said_before(past.form, self.rows)
        self.policies = _policies(planning, self.rows)
        owners = past.owners(planning, self.rows)
        stored = self._stored(owners)
        for row in self.rows:
            owner = owners.get(row.number)
            if not self._fits(references, row, owner) or owner is None:
                continue
            alike = stored[owner["id"], row.values["at"], row.values["kind"]]
            event = alike.popleft() if alike else None
            said = before[key_of(past.form, row)]
            current = self._current(event, row) if event else None
            merged = planning.merged(past.form, row, current, (said[0], None) if event else said)
            if event is None:
                self._add(row, owner)
            else:
                for column in merged.changed:
                    planning.report.keep(past.form, row.number, column, row.get(column), Invalid(KEPT))

    def _stored(self, owners: Mapping[int, Owner]) -> dict[Any, deque[dict[str, Any]]]:
        """What is there, by whose it is, when and what, the first written first."""
        past = self.past
        found: dict[Any, deque[dict[str, Any]]] = defaultdict(deque)
        keys = sorted({owner["id"] for owner in owners.values() if owner["id"] > 0})
        events = self.planning.load(lambda some: queries.past_events(past.table, past.belongs, some), keys)
        for event in sorted(events, key=lambda event: event["id"]):
            found[event[past.belongs], event["at"], event["kind"]].append(event)
        return found

    def _fits(self, references: References, row: Row, owner: Owner | None) -> bool:
        fits = references.fit(row, channel_code="channel", **dict.fromkeys(self.past.people, "user"))
        fits = references.reason(row, self.past.domain) and fits
        lost = row.values["kind"] in (LeadEventKind.LOST, RenewalEventKind.LOST)
        if owner is None:
            references.blame(row, self.past.form.keys[0], Invalid(self.past.missing))
        elif not references.reaches(references.directory.codes.get(owner["channel_id"], "")):
            references.blame(row, self.past.form.keys[0], Invalid(OUTSIDE))
        elif lost and not row.get("loss_reason"):
            references.blame(row, "loss_reason", Invalid(N_("A loss needs its reason.")))
        elif not lost and row.get("loss_reason"):
            references.blame(row, "loss_reason", Invalid(N_("A loss reason on what is no loss.")))
        else:
            return fits
        return False

    def _current(self, event: Mapping[str, Any], row: Row) -> dict[str, Any]:
        directory = self.planning.directory
        policy = self.numbers.get(event.get("policy_id") or 0, (None, None))
        return (
            row.values
            | {column: event[attribute] for column, attribute in self.past.columns.items()}
            | {column: directory.usernames.get(event[attribute] or 0) for column, attribute in self.past.people.items()}
            | {
                "channel_code": directory.codes.get(event["channel_id"]),
                "loss_reason": directory.reason_slugs.get(event["loss_reason_id"] or 0),
            }
            | dict(zip(("insurer", "policy_no"), policy, strict=True))
        )

    def _add(self, row: Row, owner: Owner) -> None:
        planning, past, directory = self.planning, self.past, self.planning.directory
        at, reason = row.values["at"], row.get("loss_reason")
        values = {attribute: row.get(column) for column, attribute in past.columns.items()}
        values |= {attribute: directory.users.get(row.get(column) or "") for column, attribute in past.people.items()}
        values |= {
            past.belongs: owner["id"], "business_on": business_day(at, planning.zone),
            "channel_id": directory.channels.get(row.values["channel_code"]),
            "loss_reason_id": directory.reason_keys[(past.domain, reason)] if reason else None,
        }  # fmt: skip
        if past.vehicle is None:
            values["hour"] = store_time(at, planning.zone).hour
        else:
            values["policy_id"] = self.policies.get(_policy(row))
            planning.batch.settled.update({owner[past.vehicle]} if owner["id"] > 0 else ())
        fresh = planning.batch.inserts[past.table]
        if fresh and "superseded_at" not in fresh[0]:  # the rows of one sentence name the same columns
            for new in fresh:
                new.update({name: None for name in values if name not in new})
        planning.batch.insert(past.table, past.subject, **values)


def _policy(row: Row) -> tuple[str, str]:
    return row.get("insurer") or "", row.get("policy_no") or ""


def _policies(planning: Planning, rows: list[Row]) -> Policies:
    """The policies that the rows name. One that is not here nor in the file is not told of."""
    named = {_policy(row) for row in rows if row.get("policy_no")}
    stored = planning.load(
        lambda some: queries.rows_where(Policy, "policy_no", some), sorted({number for _, number in named})
    )
    known = {(each["insurer"], each["policy_no"]): each["id"] for each in stored}
    known |= {(each["insurer"], each["policy_no"]): each["id"] for each in planning.batch.inserts.get(Policy, [])}
    for row in rows:
        if row.get("policy_no") and _policy(row) not in known:
            row.values.update(insurer=None, policy_no=None)
    return {name: key for name, key in known.items() if name in named}
