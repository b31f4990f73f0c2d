"""Between the tables and the rule: loading what is known of vehicles, and the rows that a settlement changes."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping

from db.queries import renewals as queries
from db.tables.renewals import NO_TIER
from db.terms import Origin, RenewalStatus, Tier
from lib.clock import business_day
from lib.refusals import N_
from lib.renewals.facts import (
    ARCHIVED_AFTER,
    EventFact,
    PolicyFact,
    RenewalFact,
    Rules,
    Settlement,
    State,
    VehicleFacts,
    Window,
)
from lib.renewals.next_actions import is_sms_quote

BATCH = 500
ORPHANED = N_("its policies belong to another renewal")
NOT_LOST = N_("the loss that it was to win back was taken back")
STATE_COLUMNS = tuple(each.name for each in fields(State))
POLICY_COLUMNS = tuple(each.name for each in fields(PolicyFact) if each.name != "key")
EVENT_COLUMNS = (
    "method", "outcome", "note", "callback_on", "appointment_at",
    "specialist_id", "quote_amount", "loss_reason_id", "competitor",
    "price_gap_amount", "countermeasure", "actor_id",
)  # fmt: skip
EVENT_FACTS = ("id", "renewal_id", "kind", "at", "origin", "call_due_on", *EVENT_COLUMNS)


@dataclass
class RenewalRows:
    """Rows to write, by table and kind of change. Keys are final; a new event has none and gets one when written."""

    new_renewals: list[dict[str, Any]] = field(default_factory=list)
    changed_renewals: list[dict[str, Any]] = field(default_factory=list)
    new_events: list[dict[str, Any]] = field(default_factory=list)
    moved_events: list[dict[str, Any]] = field(default_factory=list)
    superseded_events: list[int] = field(default_factory=list)
    linked_policies: dict[Any, tuple[int | None, int | None]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))


def load(connection: Connection, vehicle_ids: Sequence[int]) -> dict[int, VehicleFacts]:
    """All that is stored of some vehicles."""
    policies: dict[int, list[PolicyFact]] = defaultdict(list)
    renewals: dict[int, list[RenewalFact]] = defaultdict(list)
    events: dict[int, list[EventFact]] = defaultdict(list)
    tiers: dict[int, Tier | None] = {}
    for batch in _batches(sorted(set(vehicle_ids))):
        single = len(batch) == 1
        values = {"vehicle": batch[0]} if single else {"vehicles": batch}
        for row in connection.execute(queries.policies(single), values).mappings():
            tiers[row["of_vehicle"]] = row["tier"]
            if row["id"] is not None:
                policies[row["of_vehicle"]].append(policy_fact(row))
        for row in connection.execute(queries.renewals(single), values).mappings():
            renewals[row["vehicle_id"]].append(_renewal_fact(row))
        for row in connection.execute(queries.events(single), values).mappings():
            events[row["vehicle_id"]].append(_event_fact(row))
    return {
        key: VehicleFacts(tuple(policies[key]), tuple(renewals[key]), tuple(events[key]), tiers.get(key))
        for key in vehicle_ids
    }


def policy_fact(row: RowMapping | dict[str, Any]) -> PolicyFact:
    """A policy's row (or the dict of one that is not written yet) as the rule sees it."""
    values = {name: row[name] for name in POLICY_COLUMNS if name in row}
    return PolicyFact(key=row["id"], **values)


def changed_rows(
    vehicle_id: int, facts: VehicleFacts, settlement: Settlement, rules: Rules, at: datetime, new_key: Callable[[], int]
) -> RenewalRows:
    """What must be written so that the tables say what the settlement says; empty when they do already."""
    rows = RenewalRows(superseded_events=list(settlement.superseded))
    stored = {renewal.id: renewal for renewal in facts.renewals}
    for settled in settlement.renewals:
        window = settled.window
        known = stored.get(window.id or 0)
        if window.id is None:
            window.id = new_key()
        if known is None or known.id < 0:
            new = {"id": window.id, "vehicle_id": vehicle_id, "version": 1}
            rows.new_renewals.append(new | _columns(settled.state, window, facts, business_day(at, rules.zone)))
        elif known.state != settled.state or known.tier_rank not in (None, tier_rank(facts.tier)):
            changed = {"id": window.id, "version": known.version + 1}
            columns = _columns(settled.state, window, facts, business_day(at, rules.zone))
            rows.changed_renewals.append(changed | columns)
        _events(rows, window, facts, settled.rule_events, rules)
    for orphan in settlement.orphans:
        _let_go(rows, orphan, facts, at)
    _links(rows, facts, settlement)
    return rows


def _columns(state: State, window: Window, facts: VehicleFacts, today: date) -> dict[str, Any]:
    return {name: getattr(state, name) for name in STATE_COLUMNS} | {
        "won_back_from_id": window.won_back_from.id if window.won_back_from else None,
        "queue_on": queue_on(state, today),
        "tier_rank": tier_rank(facts.tier),
    }


def queue_on(state: State, today: date) -> date | None:
    """The day on which the queue calls for a renewal: its next action, or the expiry where only a line is missing.

    None for what is decided, and for what is archived by now; the queue itself leaves out what is archived later.
    """
    if state.due_on + timedelta(days=ARCHIVED_AFTER) < today:
        return None
    return state.next_action_on or (state.due_on if state.partly_renewed else None)


def tier_rank(tier: Tier | None) -> int:
    """The customer's tier as the queue sorts it."""
    return NO_TIER if tier is None else list(Tier).index(tier) + 1


def _events(rows: RenewalRows, window: Window, facts: VehicleFacts, given: list[EventFact], rules: Rules) -> None:
    before = {event.id: event.renewal_id for event in facts.events if event.id is not None}
    for event in window.events:
        if event.id is None:
            rows.new_events.append(event_row(event, window, rules))
        elif before[event.id] != window.id:
            rows.moved_events.append({"id": event.id, "renewal_id": window.id, "channel_id": window.channel_id})
    had = {
        (event.kind, event.at, event.policy): event.id
        for event in facts.events
        if event.origin is Origin.RULE and event.renewal_id == window.id and event.id is not None
    }
    for event in given:
        if had.pop((event.kind, event.at, event.policy), None) is None:
            rows.new_events.append(event_row(event, window, rules))
    rows.superseded_events.extend(had.values())


def event_row(event: EventFact, window: Window, rules: Rules) -> dict[str, Any]:
    """The row of a new event; `policy_id` may still be the stand-in of a policy that is not written yet."""
    on = business_day(event.at, rules.zone)
    owed = (event.call_due_on or rules.call_due(on)) if is_sms_quote(event) else None
    return {
        "renewal_id": window.id, "kind": event.kind, "at": event.at, "business_on": on, "channel_id": window.channel_id,
        "policy_id": event.policy, "origin": event.origin, "call_due_on": owed, "superseded_at": None,
        **{name: getattr(event, name) for name in EVENT_COLUMNS},
    }  # fmt: skip


def _let_go(rows: RenewalRows, orphan: RenewalFact, facts: VehicleFacts, at: datetime) -> None:
    """A renewal that nothing holds up is void; the events that the rule gave it count no more."""
    if orphan.state is None or orphan.state.status is not RenewalStatus.VOID:
        why = ORPHANED if orphan.won_back_from_id is None else NOT_LOST
        void = {
            "status": RenewalStatus.VOID, "void_reason": why, "closed_at": at, "next_action": None,
            "next_action_on": None, "call_due_on": None, "queue_on": None, "loss_reason_id": None,
            "partly_renewed": False,
        }  # fmt: skip
        rows.changed_renewals.append({"id": orphan.id, "version": orphan.version + 1, **void})
    rows.superseded_events.extend(
        event.id for event in facts.events if event.renewal_id == orphan.id and event.origin is Origin.RULE and event.id
    )


def _links(rows: RenewalRows, facts: VehicleFacts, settlement: Settlement) -> None:
    expiring = {policy.key: settled.window.id for settled in settlement.renewals for policy in settled.window.priors}
    renewed = {policy.key: settled.window.id for settled in settlement.renewals for policy in settled.window.renewing}
    for policy in facts.policies:
        link = expiring.get(policy.key), renewed.get(policy.key)
        if link != (policy.expiring_renewal_id, policy.renewed_renewal_id):
            rows.linked_policies[policy.key] = link


def _renewal_fact(row: RowMapping) -> RenewalFact:
    return RenewalFact(
        id=row["id"], due_on=row["due_on"], channel_id=row["channel_id"], type=row["type"], owner_id=row["owner_id"],
        won_back_from_id=row["won_back_from_id"], version=row["version"], tier_rank=row["tier_rank"],
        state=State(**{name: row[name] for name in STATE_COLUMNS}),
    )  # fmt: skip


def _event_fact(row: RowMapping) -> EventFact:
    return EventFact(policy=row["policy_id"], **{name: row[name] for name in EVENT_FACTS})


def _batches(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))
