"""Changing one vehicle's renewals by a form: hold it, bring new facts, settle, write what the settlement changes."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, insert, update

from db import keys
from db.queries import renewals as queries
from db.tables import Policy, Renewal, RenewalEvent
from db.terms import RenewalStatus
from lib.data import Change
from lib.refusals import N_, Conflict, Invalid, NotFound
from lib.renewals import rows
from lib.renewals.facts import ARCHIVED_AFTER, EventFact
from lib.renewals.reaching import asked, sought
from lib.renewals.rules import rules
from lib.renewals.settling import settle

RETIRED_AT_ONCE = 50
NEW_EVENTS = insert(RenewalEvent).returning(RenewalEvent.id)


@dataclass(frozen=True)
class Case:
    """A renewal held by a running change, as the person saw it. `claimed`: its version is raised already."""

    id: int
    vehicle_id: int
    customer_id: int | None
    channel_id: int
    owner_id: int | None
    status: RenewalStatus
    partly_renewed: bool
    due_on: date
    version: int
    claimed: bool = False


def claimed(change: Change, renewal_id: int, seen: int) -> Case:
    """The renewal within the actor's reach (else `NotFound`) and as they saw it (else `Conflict`), held for writing."""
    case = reached(change, renewal_id)
    change.claim(Renewal, case.id, seen)
    return replace(case, version=seen + 1, claimed=True)


def as_seen(change: Change, renewal_id: int, seen: int) -> Case:
    """The same for an act that brings an event: what `bring` writes raises the version, in one sentence with the rest.

    The vehicle is held, so nobody settles it in between; whoever changes the renewal otherwise is met by `bring`.
    """
    case = reached(change, renewal_id)
    if case.version != seen:
        change.claim(Renewal, case.id, seen)
    return case


def reached(change: Change, renewal_id: int) -> Case:
    """The renewal within the actor's reach, its vehicle held for writing; `NotFound` for any other."""
    sentence = queries.reached(*asked(change.actor))
    found = change.connection.execute(sentence, sought(change.actor, renewal_id)).mappings().first()
    if found is None:
        raise NotFound
    return Case(**found)


def bring(change: Change, case: Case, *events: EventFact, undone: Collection[int] = ()) -> None:
    """Add events to a held case and let the rule settle its vehicle. `undone` names stored events that count no more.

    Errors: `Invalid` when an event fits no renewal.
    """
    changed = settle_vehicle(change, case.vehicle_id, *events, undone=undone, held=case.id if case.claimed else None)
    if not case.claimed and case.id not in changed:
        change.claim(Renewal, case.id, case.version)


def settle_vehicle(
    change: Change, vehicle_id: int, *events: EventFact, undone: Collection[int] = (), held: int | None = None
) -> set[int]:
    """Settle a vehicle that is held, with new events; the renewals that changed by it.

    `held` is the one whose version was raised already.
    """
    connection = change.connection
    change.flush()
    stored = rows.load(connection, [vehicle_id])[vehicle_id]
    kept = tuple(event for event in stored.events if event.id not in undone)
    facts = replace(stored, events=(*kept, *events))
    rule = rules(connection)
    settlement = settle(facts, rule)
    if settlement.unplaced or settlement.unfounded:
        raise Invalid(N_("This does not fit any renewal of the vehicle."))
    changed = rows.changed_rows(
        vehicle_id, facts, settlement, rule, change.at, lambda: keys.reserve(connection, Renewal, 1)[0]
    )
    changed.superseded_events.extend(undone)
    write(change, connection, changed, held)
    return {row["id"] for row in changed.changed_renewals}


def write(change: Change, connection: Connection, changed: rows.RenewalRows, held: int | None = None) -> None:
    """Write the rows of one vehicle, inside its change.

    Where one is decided, a few archived ones of its channel leave the index of the queue, which hides them anyway.
    """
    for new in changed.new_renewals:
        connection.execute(insert(Renewal).values(**new))
    for row in changed.changed_renewals:
        _update(connection, row, held)
    if changed.new_events:  # in one sentence
        connection.execute(NEW_EVENTS, changed.new_events)
    for moved in changed.moved_events:
        connection.execute(update(RenewalEvent).where(RenewalEvent.id == moved["id"]).values(**moved))
    if changed.superseded_events:
        superseded = update(RenewalEvent).where(RenewalEvent.id.in_(changed.superseded_events))
        connection.execute(superseded.values(superseded_at=change.at))
    for policy_id, (expiring, renewed) in changed.linked_policies.items():
        linked = update(Policy).where(Policy.id == policy_id)
        connection.execute(linked.values(expiring_renewal_id=expiring, renewed_renewal_id=renewed))
    oldest = change.today - timedelta(days=ARCHIVED_AFTER)
    decided = (row for row in changed.changed_renewals if row.get("closed_at"))
    for channel_id in {row["channel_id"] for row in decided if "channel_id" in row}:
        retired = queries.archived(channel_id, oldest, RETIRED_AT_ONCE)
        connection.execute(update(Renewal).where(Renewal.id.in_(retired)).values(queue_on=None))


def _update(connection: Connection, row: dict[str, Any], held: int | None) -> None:
    """One renewal, as it was when it was read. The held one keeps the version that its claim gave it."""
    read = row["version"] - 1
    values = {name: value for name, value in row.items() if name != "id"}
    if row["id"] == held:
        values["version"] = read
    result = connection.execute(queries.CHANGE, {"held": row["id"], "read": read} | values)
    if result.rowcount != 1:
        raise Conflict(N_("Someone changed this record. What you typed is kept; check it and save again."))
