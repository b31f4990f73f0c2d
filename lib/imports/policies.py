"""The sheet of policies: each row a contract, its car, its customer, and what the rule makes of the car's renewals."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from db.queries import imports as queries
from db.tables import Policy
from db.terms import Origin, PolicyStatus, Subject, Tier
from lib import identifiers
from lib.clock import business_day
from lib.imports.attributes import Attributes, Verdict
from lib.imports.cars import COLUMNS as CAR_COLUMNS
from lib.imports.cars import Car, Cars
from lib.imports.forms import POLICIES
from lib.imports.merging import Merged
from lib.imports.people import Identity, People, Person
from lib.imports.planning import KEPT, OUTSIDE, Planning, References, key_of
from lib.imports.reading import Row
from lib.refusals import N_, Invalid

ATTRIBUTES = {
    "line": "line", "business_type": "business_type", "status": "status", "status_on": "status_on",
    "issued_at": "issued_at", "registered_at": "registered_at", "starts_on": "starts_on", "expires_on": "expires_on",
    "premium": "premium_amount", "vehicle_tax": "vehicle_tax_amount", "commission_rate": "commission_rate",
}  # fmt: skip
CUSTOMER_COLUMNS = ("tier", "sms_consent", "consent_at")
ELSEWHERE = frozenset((*CAR_COLUMNS, *CUSTOMER_COLUMNS, "consent_how"))
BY_IMPORT = "import"


class Policies:
    """The file's policies in the order of their issue, over those that are stored."""

    def __init__(self, planning: Planning, people: People, cars: Cars) -> None:
        self.planning, self.people, self.cars = planning, people, cars
        self.touched: dict[str, list[dict[str, Any]]] = {}
        self.tiers: dict[str, Tier | None] = {}
        self.customers = Attributes(planning, "customers", CUSTOMER_COLUMNS)
        self.directory = planning.directory

    def plan(self) -> None:
        """Insert and change policies; `touched` then holds, by VIN, every row that is new or changed."""
        rows = self.planning.rows(POLICIES)
        if not rows:
            return
        before, references = self.planning.said_before(POLICIES, rows), References(self.planning, POLICIES)
        stored = self._stored(rows)
        self.newest = self._newest_of(stored)
        for row in sorted(rows, key=lambda row: (row.values["issued_at"], *key_of(POLICIES, row))):
            if not references.fit(row, channel_code="channel", issuer="user"):
                continue
            known = stored.get(key_of(POLICIES, row))
            current = known and self._current(known)
            if known and current and not self._same_contract(row, current, references):
                continue
            if number := row.get("id_number"):
                row = Row(row.number, row.values | {"id_number": self.people.digest(number)})
            merged = self.planning.merged(POLICIES, row, current, before[key_of(POLICIES, row)], ELSEWHERE)
            faults = list(contradictions(merged.values))
            for column, why in faults:
                self.planning.report.blame(POLICIES, row.number, column, merged.values.get(column), why)
            self._warn(row)
            if not faults:
                self._write(row, known, merged)

    def _stored(self, rows: list[Row]) -> dict[tuple[str, str], dict[str, Any]]:
        numbers = sorted({row.values["policy_no"] for row in rows})
        found = self.planning.load(lambda some: queries.rows_where(Policy, "policy_no", some), numbers)
        stored = {(row["insurer"], row["policy_no"]): row for row in found}
        self.people.load(
            (row["customer_id"] for row in stored.values() if row["customer_id"]),
            (row.values["phone"] for row in rows if row.get("phone")),
            (self.people.digest(row.values["id_number"]) for row in rows if row.get("id_number")),
        )
        self.cars.attributes.load({row.values["vin"] for row in rows})
        people = self.people.by_key
        self.customers.load(_name_of(people[row["customer_id"]], "") for row in stored.values() if row["customer_id"])
        return stored

    def _newest_of(self, stored: Mapping[tuple[str, str], Any]) -> dict[str, datetime]:
        """By VIN, when the newest stored policy was issued: its customer is the car's."""
        vins = {car.key: vin for vin, car in self.cars.known.items()}
        newest: dict[str, datetime] = {}
        for row in self.planning.load(
            lambda some: queries.rows_where(Policy, "vehicle_id", some), self.cars.stored_keys
        ):
            vin = vins[row["vehicle_id"]]
            newest[vin] = max(newest.get(vin, row["issued_at"]), row["issued_at"])
        self.vins = vins
        return newest

    def _current(self, known: Mapping[str, Any]) -> dict[str, Any]:
        """The stored policy in the words of the form, but for what belongs to the car."""
        current = {column: known[attribute] for column, attribute in ATTRIBUTES.items()}
        person = self.people.by_key.get(known["customer_id"])
        identity = person.identity if person else Identity()
        return current | {
            "insurer": known["insurer"], "policy_no": known["policy_no"], "vin": self.vins.get(known["vehicle_id"], ""),
            "channel_code": self.directory.codes[known["channel_id"]],
            "issuer": self.directory.usernames.get(known["issuer_id"]),
            "insured_name": identity.name, "phone": identity.mobile, "id_number": identity.id_digest,
        }  # fmt: skip

    def _same_contract(self, row: Row, current: Mapping[str, Any], references: References) -> bool:
        if not references.reaches(current["channel_code"]):
            references.blame(row, "policy_no", Invalid(OUTSIDE))
        elif row.values["vin"] != current["vin"]:
            references.blame(row, "vin", Invalid(N_("This policy number is already there, on another vehicle.")))
        elif row.values["line"] is not current["line"]:
            why = N_("This number is already there as a policy of another line; each line has a number of its own.")
            references.blame(row, "line", Invalid(why))
        else:
            return True
        return False

    def _warn(self, row: Row) -> None:
        if not identifiers.vin_check_fits(row.values["vin"]):
            why = Invalid(N_("The VIN's check digit does not fit. Look again; imported cars may have none."))
            self.planning.report.warn(POLICIES, row.number, "vin", row.values["vin"], why)

    def _write(self, row: Row, known: Mapping[str, Any] | None, merged: Merged) -> None:
        values, vin = merged.values, merged.values["vin"]
        person = self._customer(known, merged)
        car = self.cars.car(vin, person)
        self._attributes(row, merged, car, person)
        columns = {attribute: values.get(column) for column, attribute in ATTRIBUTES.items()} | {
            "status": values.get("status") or PolicyStatus.IN_FORCE,
            "vehicle_id": car.key, "customer_id": person.key if person else None,
            "issued_on": business_day(values["issued_at"], self.planning.zone),
            "issuer_id": self.directory.users.get(values.get("issuer") or ""),
            "channel_id": self.directory.channels.get(values["channel_code"]),
        }  # fmt: skip
        if vin not in self.newest or values["issued_at"] >= self.newest[vin]:
            self.newest[vin] = values["issued_at"]
            if person and (known is None or known["customer_id"] != person.key):
                car.values["customer_id"] = person.key
        if known is None:
            fixed = {"insurer": values["insurer"], "policy_no": values["policy_no"], "origin": Origin.IMPORT}
            nothing = {"expiring_renewal_id": None, "renewed_renewal_id": None}
            record = {"id": self.planning.batch.new_key(Policy), "version": 1, **fixed, **nothing, **columns}
            self.planning.batch.insert(Policy, Subject.POLICIES, **record)
            self.touched.setdefault(vin, []).append(self.planning.batch.inserts[Policy][-1])
        elif changed := {name: value for name, value in columns.items() if known[name] != value}:
            version = known["version"] + 1
            self.planning.batch.update(Policy, Subject.POLICIES, known["id"], version=version, **changed)
            self.touched.setdefault(vin, []).append({**known, **changed})
        if person and car.value("customer_id") == person.key:
            self.tiers[vin] = person.value("tier")
            if "tier" in person.values:  # the queue sorts by it
                self.touched.setdefault(vin, [])

    def _customer(self, known: Mapping[str, Any] | None, merged: Merged) -> Person | None:
        current = self.people.by_key.get(known["customer_id"]) if known else None
        news = merged.changed
        said = Identity(news.get("id_number"), news.get("phone"), news.get("insured_name"))
        return self.people.customer(current, said, ("vehicle", merged.values["vin"]))

    def _attributes(self, row: Row, merged: Merged, car: Car, person: Person | None) -> None:
        at = merged.values["issued_at"]
        for name in CAR_COLUMNS:
            value = row.get(name)
            if value is not None and self.cars.says(car, name, value, at, name in merged.changed) is Verdict.KEEP:
                self.planning.report.keep(POLICIES, row.number, name, value, Invalid(KEPT))
        for name in CUSTOMER_COLUMNS if person else ():
            value = row.get(name)
            if value is not None and person:
                self._of_customer(row, person, name, at, name in merged.changed)

    def _of_customer(self, row: Row, person: Person, name: str, at: datetime, news: bool) -> None:
        value, owner = row.values[name], _name_of(person, row.values["vin"])
        verdict = self.customers.verdict(owner, name, person.value(name), value, at, news)
        if verdict is Verdict.WRITE:
            person.values[name] = value
            if name == "sms_consent":
                person.values["consent_how"] = row.get("consent_how") or BY_IMPORT
        elif verdict is Verdict.KEEP:
            self.planning.report.keep(POLICIES, row.number, name, value, Invalid(KEPT))


def contradictions(values: Mapping[str, Any]) -> Iterator[tuple[str, Invalid]]:
    """What cannot all be true of one policy."""
    if values["expires_on"] < values["starts_on"]:
        yield "expires_on", Invalid(N_("The expiry is before its start."))


def _name_of(person: Person, vin: str) -> tuple[str | None, ...]:
    """By what the words on a customer are remembered."""
    identity = person.identity
    if identity.mobile and identity.name:
        return identity.mobile, identity.name
    return (identity.id_digest,) if identity.id_digest else (vin, identity.name)
