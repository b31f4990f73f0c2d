"""The sheet of follow-ups, and the renewals of every car of which the file says something new."""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from datetime import datetime
from typing import Any

from db.queries.exports import KINDS
from db.tables import Policy, Renewal, RenewalEvent
from db.terms import ContactMethod, ContactOutcome, LossDomain, Origin, RenewalEventKind, Subject, Tier
from lib.imports.cars import Cars
from lib.imports.forms import FOLLOW_UPS, POLICIES
from lib.imports.planning import OUTSIDE, Planning, References, key_of
from lib.imports.reading import Row
from lib.imports.renewal_events import Happened
from lib.refusals import N_, Invalid
from lib.renewals import rows as renewal_rows
from lib.renewals.facts import EventFact, PolicyFact, Settlement, VehicleFacts
from lib.renewals.rules import rules
from lib.renewals.settling import settle

COLUMNS = (
    "outcome", "note", "callback_on", "quote_amount", "competitor", "countermeasure", "appointment_at", "call_due_on",
)  # fmt: skip
Moment = tuple[datetime, ContactMethod | None]


class Renewals:
    """The follow-ups of a file, and the settling of the cars that the file speaks of."""

    def __init__(
        self, planning: Planning, cars: Cars, touched: Mapping[str, list[dict[str, Any]]],
        tiers: Mapping[str, Tier | None],
    ) -> None:  # fmt: skip
        self.planning, self.cars, self.touched, self.tiers = planning, cars, touched, tiers
        self.rows: dict[Hashable, Row] = {(FOLLOW_UPS.name, row.number): row for row in planning.rows(FOLLOW_UPS)}
        self.doubtful = planning.doubtful(POLICIES, "vin")
        self.references = References(planning, FOLLOW_UPS)
        self.happened = Happened(planning)
        self.events: dict[str, list[EventFact]] = defaultdict(list)
        self.facts: dict[str, VehicleFacts] = {}

    def plan(self) -> None:
        """Merge the follow-ups, settle every car of which something new is said, and fill the batch."""
        self._load()
        self.happened.merge(self.facts)
        self._merge()
        rule = rules(self.planning.connection)
        for vin in sorted({*self.touched, *self.events, *self.happened.events}):
            facts, car = self._facts(vin), self.cars.car(vin, None)
            if car.stored:
                self.planning.batch.settled.add(car.key)
            settlement = settle(facts, rule)
            if self._usable(settlement, vin):
                changed = renewal_rows.changed_rows(
                    car.key, facts, settlement, rule, self.planning.at, lambda: self.planning.batch.new_key(Renewal)
                )
                self._write(changed, vin)

    def _load(self) -> None:
        vins = {*self.touched, *self.happened.vins, *(row.values["vin"] for row in self.rows.values())}
        stored = {car.key: vin for vin, car in self.cars.known.items() if car.stored and vin in vins}
        for key, facts in renewal_rows.load(self.planning.connection, list(stored)).items():
            self.facts[stored[key]] = facts

    def _merge(self) -> None:
        rows = list(self.rows.values())
        before = self.planning.said_before(FOLLOW_UPS, rows)
        given = {vin: self._moments(facts) for vin, facts in self.facts.items()}
        for row in rows:
            if not self._fits(row):
                continue
            stored = given.get(row.values["vin"], {}).get((row.values["at"], row.values["method"]))
            said = before[key_of(FOLLOW_UPS, row)]
            known = stored is not None or said[1] is not None
            current = (
                self._current(stored, row) | {name: row.values[name] for name in FOLLOW_UPS.keys} if known else None
            )
            merged = self.planning.merged(FOLLOW_UPS, row, current, said)
            faults = list(_contradictions(merged.values)) if merged.new or merged.changed else []
            for column, why in faults:
                self.references.blame(row, column, why)
            gone = stored is None and said[1] is not None  # people took it back: theirs stays
            theirs = stored is not None and stored.origin is Origin.APP  # what people logged no file rewrites
            if (merged.new or merged.changed) and not (faults or gone or theirs):
                self.events[row.values["vin"]].append(self._event(row, merged.values))

    def _moments(self, facts: VehicleFacts) -> dict[Moment, EventFact]:
        """What the sheet speaks of. A voiding without a contact stands there as if it were by phone."""
        return {
            (event.at, event.method or ContactMethod.PHONE): event
            for event in facts.events
            if event.is_contact or (event.kind is RenewalEventKind.VOIDED and event.outcome)
        }

    def _fits(self, row: Row) -> bool:
        fits = self.references.fit(row, specialist="user", entered_by="user") and self.references.reason(
            row, LossDomain.RENEWAL
        )
        vin = row.values["vin"]
        if not self.touched.get(vin) and not self._insured(vin):
            if not self._doubts(vin):
                self.references.blame(row, "vin", Invalid(N_("No policy of this vehicle is here or in the file.")))
            return False
        return fits

    def _doubts(self, vin: str) -> bool:
        """Whether a wrong policy may be of this car: then nobody is told that it is missing."""
        return vin in self.doubtful or None in self.doubtful

    def _insured(self, vin: str) -> bool:
        facts = self.facts.get(vin)
        return bool(facts and (facts.policies or facts.renewals)) or vin in self.happened.opened

    def _current(self, event: EventFact | None, row: Row) -> dict[str, Any]:
        if event is None:
            return {}
        directory = self.planning.directory
        return {name: getattr(event, name) for name in COLUMNS} | {
            "specialist": directory.usernames.get(event.specialist_id or 0) or row.values["specialist"],
            "entered_by": directory.usernames.get(event.actor_id or 0),
            "contacted": event.method is not None,
            "credited": event.specialist_id is not None,
            "loss_reason": directory.reason_slugs.get(event.loss_reason_id or 0),
            "price_gap": event.price_gap_amount,
        }

    def _event(self, row: Row, values: Mapping[str, Any]) -> EventFact:
        directory, reason = self.planning.directory, values.get("loss_reason")
        return EventFact(
            kind=KINDS.get(values["outcome"], RenewalEventKind.CONTACT), at=row.values["at"], origin=Origin.IMPORT,
            row=(FOLLOW_UPS.name, row.number), due_on=row.values["due_on"],
            method=None if values.get("contacted") is False else row.values["method"],
            specialist_id=None if values.get("credited") is False else directory.users.get(values["specialist"]),
            actor_id=directory.users.get(values.get("entered_by") or ""),
            loss_reason_id=directory.reason_keys[(LossDomain.RENEWAL, reason)] if reason else None,
            price_gap_amount=values.get("price_gap"), **{name: values.get(name) for name in COLUMNS},
        )  # fmt: skip

    def _facts(self, vin: str) -> VehicleFacts:
        """All of a car, with what the file changes in place of what was stored."""
        stored = self.facts.get(vin, VehicleFacts(()))
        policies: dict[Any, PolicyFact] = {policy.key: policy for policy in stored.policies}
        for record in self.touched.get(vin, ()):
            policies[record["id"]] = renewal_rows.policy_fact(record)
        events = (*stored.events, *self.events.get(vin, ()), *self.happened.events.get(vin, ()))
        renewals = (*stored.renewals, *self.happened.opened.get(vin, ()))
        return VehicleFacts(tuple(policies.values()), renewals, events, self.tiers.get(vin, stored.tier))

    def _usable(self, settlement: Settlement, vin: str) -> bool:
        lacking = settlement.unplaced or settlement.unfounded
        if lacking and self._doubts(vin):
            return False
        for event in settlement.unplaced:
            why = Invalid(N_("No renewal of this vehicle is due within 45 days of this day."))
            self._blame(event, "due_on", why)
        for event in settlement.unfounded:
            why = Invalid(N_("No policy that renews this vehicle is here or in the file."))
            self._blame(event, "outcome", why)
        outside = [
            event for settled in settlement.renewals for event in settled.window.events
            if event.id is None and not self._reaches(settled.window.channel_id)
        ]  # fmt: skip
        for event in outside:
            self._blame(event, "vin", Invalid(OUTSIDE))
        return not (lacking or outside)

    def _reaches(self, channel_id: int) -> bool:
        return self.references.reaches(self.planning.directory.codes.get(channel_id, ""))

    def _blame(self, event: EventFact, column: str, why: Invalid) -> None:
        """Blame the row of either sheet that brought an event."""
        if event.row in self.rows:
            self.references.blame(self.rows[event.row], column, why)
        else:
            self.happened.references.blame(self.happened.rows[event.row], column, why)

    def _write(self, changed: renewal_rows.RenewalRows, vin: str) -> None:
        batch, subject = self.planning.batch, Subject.RENEWALS
        for row in changed.new_renewals:
            batch.insert(Renewal, subject, **row)
        for row in changed.changed_renewals:
            batch.update(Renewal, subject, row["id"], **{name: row[name] for name in row if name != "id"})
        for row in changed.new_events:
            batch.insert(RenewalEvent, subject, **row)
        for row in changed.moved_events:
            batch.update(RenewalEvent, subject, row["id"], renewal_id=row["renewal_id"], channel_id=row["channel_id"])
        for key in changed.superseded_events:
            batch.update(RenewalEvent, subject, key, superseded_at=self.planning.at)
        self._link(changed, vin)

    def _link(self, changed: renewal_rows.RenewalRows, vin: str) -> None:
        touched = {record["id"]: record for record in self.touched.get(vin, ())}
        for key, (expiring, renewed) in changed.linked_policies.items():
            links = {"expiring_renewal_id": expiring, "renewed_renewal_id": renewed}
            if key < 0:
                touched[key].update(links)
            else:
                self.planning.batch.update(Policy, Subject.POLICIES, key, **links)


def _contradictions(values: Mapping[str, Any]) -> list[tuple[str, Invalid]]:
    outcome = values["outcome"]
    if outcome is ContactOutcome.LOST and not values.get("loss_reason"):
        return [("loss_reason", Invalid(N_("A loss needs its reason.")))]
    if values.get("contacted") is False and outcome is not ContactOutcome.VOID:
        return [("contacted", Invalid(N_("Only a void case can be told without a contact.")))]
    if outcome is not ContactOutcome.LOST and values.get("loss_reason"):
        return [("outcome", Invalid(N_("A loss reason on a follow-up that is no loss.")))]
    return []
