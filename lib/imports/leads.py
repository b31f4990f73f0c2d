"""The sheet of leads: each row a lead, its events, its customer and its car."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from db.queries import imports as queries
from db.tables import Lead, LeadEvent
from db.terms import LeadEventKind, LossDomain, Origin, Subject
from lib import identifiers
from lib.clock import business_day, store_time
from lib.imports.cars import Cars
from lib.imports.forms import LEADS
from lib.imports.lead_rules import EVENTS, OF_A_LOSS, contradictions, outcome
from lib.imports.merging import Merged
from lib.imports.people import Identity, People, Person
from lib.imports.planning import OUTSIDE, Planning, References, key_of
from lib.imports.reading import Row
from lib.refusals import N_, Invalid

COLUMNS = ("source", "intention_level", "next_contact_on", "district", "buyer_kind", "order_price", "note")
COUNTED_BY = ("channel_code", "consultant", "source")  # events count for these: they move with them


@dataclass
class Stored:
    """A lead as it is in the database."""

    row: Mapping[str, Any]
    customer: Person | None
    events: list[dict[str, Any]] = field(default_factory=list)

    def event(self, kind: LeadEventKind, at: datetime | None) -> Mapping[str, Any] | None:
        """The event that a file's cell speaks of: of that very time, else the one a file gave, else the latest."""
        given = [each for each in self.events if each["kind"] is kind]
        return max(
            given, key=lambda each: (each["at"] == at, each["origin"] is Origin.IMPORT, each["at"]), default=None
        )


def plan_leads(planning: Planning, people: People, cars: Cars) -> None:
    """Insert and change leads and their events."""
    rows = planning.rows(LEADS)
    if not rows:
        return
    before, references = planning.said_before(LEADS, rows), References(planning, LEADS)
    stored = _stored(planning, people, rows)
    for row in sorted(rows, key=lambda row: (row.values["first_contact_at"], row.values["lead_no"])):
        fits = references.fit(row, channel_code="channel", consultant="user", car_model="model")
        if not references.reason(row, LossDomain.LEAD) or not fits:
            continue
        known = stored.get(row.values["lead_no"])
        if known and not references.reaches(planning.directory.codes[known.row["channel_id"]]):
            references.blame(row, "lead_no", Invalid(OUTSIDE))
            continue
        merged = planning.merged(
            LEADS, row, _current(planning, known, row) if known else None, before[key_of(LEADS, row)]
        )
        faults = list(contradictions(merged.values, planning.zone))
        for column, why in faults:
            planning.report.blame(LEADS, row.number, column, merged.values.get(column), why)
        _warn(planning, row)
        if not faults and (merged.new or merged.changed):
            _Writing(planning, people, cars, known, merged).write()


def _stored(planning: Planning, people: People, rows: list[Row]) -> dict[str, Stored]:
    found = {row["lead_no"]: row for row in planning.load(queries.leads, [row.values["lead_no"] for row in rows])}
    mobiles = {row.values["phone"] for row in rows if row.get("phone")}
    people.load((row["customer_id"] for row in found.values() if row["customer_id"]), mobiles, ())
    stored = {no: Stored(row, people.by_key.get(row["customer_id"])) for no, row in found.items()}
    events = defaultdict(list)
    for event in planning.load(queries.lead_events, [row["id"] for row in found.values()]):
        events[event["lead_id"]].append(event)
    for each in stored.values():
        each.events = events[each.row["id"]]
    return stored


def _current(planning: Planning, known: Stored, said: Row) -> dict[str, Any]:
    """The stored lead in the words of the form."""
    directory, row = planning.directory, known.row
    current = {name: row[name] for name in ("lead_no", *COLUMNS)}
    current["channel_code"] = directory.codes[row["channel_id"]]
    current["consultant"] = directory.usernames[row["consultant_id"]]
    current["car_model"] = directory.model_names.get(row["car_model_id"])
    current["vin"] = row["vin"]
    if known.customer:
        current["customer_name"], current["phone"] = known.customer.identity.name, known.customer.identity.mobile
    for column, kind in EVENTS.items():
        event = known.event(kind, said.get(column))
        current[column] = event and event["at"]
        if event and kind is LeadEventKind.LOST:
            current["loss_reason"] = directory.reason_slugs.get(event["loss_reason_id"])
            current["competitor"], current["price_gap"] = event["competitor"], event["price_gap_amount"]
    return current


def _warn(planning: Planning, row: Row) -> None:
    code = row.get("vin")
    if code and not identifiers.vin_check_fits(code):
        why = Invalid(N_("The VIN's check digit does not fit. Look again; imported cars may have none."))
        planning.report.warn(LEADS, row.number, "vin", code, why)
    for column in ("competitor", "price_gap"):
        if row.get(column) is not None and row.get("lost_at") is None:
            why = Invalid(N_("This is kept only with a loss."))
            planning.report.warn(LEADS, row.number, column, row.get(column), why)


@dataclass
class _Writing:
    """One lead on its way into the batch."""

    planning: Planning
    people: People
    cars: Cars
    known: Stored | None
    merged: Merged

    def write(self) -> None:
        values, batch, stored = self.merged.values, self.planning.batch, self.known.row if self.known else None
        customer = self._customer()
        columns = self._columns(values, customer)
        events = self._events()
        columns["status"], columns["closed_at"] = outcome(events)
        if stored is None:
            key = batch.insert(Lead, Subject.SALES, lead_no=values["lead_no"], version=1, **columns)
        else:
            key = stored["id"]
            changed = {name: value for name, value in columns.items() if stored[name] != value}
            batch.update(Lead, Subject.SALES, key, version=stored["version"] + 1, **changed)
        self._write_events(key, columns)

    def _customer(self) -> Person | None:
        news, current = self.merged.changed, self.known.customer if self.known else None
        said = Identity(None, news.get("phone"), news.get("customer_name"))
        return self.people.customer(current, said, ("lead", self.merged.values["lead_no"]))

    def _columns(self, values: Mapping[str, Any], customer: Person | None) -> dict[str, Any]:
        directory = self.planning.directory
        return {name: values.get(name) for name in COLUMNS} | {
            "channel_id": directory.channels.get(values["channel_code"]),
            "consultant_id": directory.users.get(values["consultant"]),
            "car_model_id": directory.models.get(values.get("car_model") or ""),
            "customer_id": customer.key if customer else None,
            "captured": bool(customer and customer.identity.mobile),
            "vehicle_id": self.cars.car(values["vin"], customer).key if values.get("vin") else None,
        }  # fmt: skip

    def _given(self, column: str) -> Mapping[str, Any] | None:
        """The event of a column that a file gave."""
        event = self.known.event(EVENTS[column], self.merged.values.get(column)) if self.known else None
        return event if event and event["origin"] is Origin.IMPORT else None

    def _replaced(self, column: str) -> bool:
        if column in self.merged.changed:
            return True
        if self._given(column) is None:
            return False
        return self.merged.touches(*COUNTED_BY) or (column == "lost_at" and self.merged.touches(*OF_A_LOSS))

    def _events(self) -> list[tuple[datetime, LeadEventKind]]:
        """Every event that counts when this is written."""
        replaced = {column for column in EVENTS if self._replaced(column)}
        gone = {each["id"] for column in replaced if (each := self._given(column))}
        stays = [
            (each["at"], each["kind"]) for each in (self.known.events if self.known else []) if each["id"] not in gone
        ]
        return stays + [(self.merged.values[column], EVENTS[column]) for column in replaced]

    def _write_events(self, lead_id: int, lead: Mapping[str, Any]) -> None:
        batch, zone = self.planning.batch, self.planning.zone
        for column, kind in EVENTS.items():
            if not self._replaced(column):
                continue
            if given := self._given(column):
                batch.update(LeadEvent, Subject.SALES, given["id"], superseded_at=self.planning.at)
            at = self.merged.values[column]
            batch.insert(
                LeadEvent, Subject.SALES, lead_id=lead_id, kind=kind, at=at, business_on=business_day(at, zone),
                hour=store_time(at, zone).hour, channel_id=lead["channel_id"], consultant_id=lead["consultant_id"],
                source=lead["source"], origin=Origin.IMPORT, **self._loss(kind),
            )  # fmt: skip

    def _loss(self, kind: LeadEventKind) -> dict[str, Any]:
        if kind is not LeadEventKind.LOST:
            return {"loss_reason_id": None, "competitor": None, "price_gap_amount": None}
        values = self.merged.values
        return {
            "loss_reason_id": self.planning.directory.reason_keys[(LossDomain.LEAD, values["loss_reason"])],
            "competitor": values.get("competitor"), "price_gap_amount": values.get("price_gap"),
        }  # fmt: skip
