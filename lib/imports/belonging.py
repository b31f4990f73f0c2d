"""What the rows of a sheet of our own belong to, found by what people call it: in the database, or new in the file."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from db.queries import imports as queries
from db.tables import Lead, LeadEvent, Renewal, RenewalEvent, Vehicle
from db.terms import LeadEventKind, RenewalEventKind, RenewalStatus
from lib.imports.plain import Key, Place, Plain, stored_by
from lib.imports.planning import Planning
from lib.imports.reading import Row
from lib.refusals import N_
from lib.renewals.windows import JOIN_DAYS

NO_CAR = N_("There is no vehicle of this VIN, neither here nor in the file.")
NO_CASE = N_("This vehicle has no case of that day, neither here nor in the file.")
NO_LOSS = N_("There is no loss of that time, neither here nor in the file.")


@dataclass(frozen=True)
class Parent:
    """A row of another sheet, by that sheet's key."""

    plain: Plain
    attribute: str
    missing: str

    @property
    def columns(self) -> tuple[str, ...]:
        return self.plain.form.keys

    def places(self, planning: Planning, wanted: Collection[Key]) -> Mapping[Key, Place]:
        column = next(name for name, attribute in self.plain.columns.items() if attribute == self.plain.found_by)
        place = self.columns.index(column)
        stored = stored_by(planning, self.plain, sorted({key[place] for key in wanted}), {})
        found = {
            key: Place(known.record["id"], known.record.get("channel_id") or known.record.get("parent_id"))
            for key, known in stored.items()
        }
        return found | {key: made for key in wanted if (made := planning.made.get((self.plain.form.name, key)))}


@dataclass(frozen=True)
class VehicleOf:
    """A car."""

    columns: tuple[str, ...] = ("vin",)
    attribute: str = "vehicle_id"
    missing: str = NO_CAR

    def places(self, planning: Planning, wanted: Collection[Key]) -> Mapping[Key, Place]:
        return {(vin,): Place(key, None) for key, vin in _cars(planning, {vin for (vin,) in wanted}).items()}


@dataclass(frozen=True)
class RenewalOf:
    """A vehicle's case, by the day on which it is due."""

    columns: tuple[str, ...] = ("vin", "due_on")
    attribute: str = "renewal_id"
    missing: str = NO_CASE

    def places(self, planning: Planning, wanted: Collection[Key]) -> Mapping[Key, Place]:
        return {
            (vin, row["due_on"]): Place(row["id"], row["channel_id"])
            for vin, row in renewals(planning, {vin for vin, _ in wanted})
        }  # fmt: skip


@dataclass(frozen=True)
class RenewalLoss:
    """The loss of a vehicle's case, by its time."""

    columns: tuple[str, ...] = ("vin", "at")
    attribute: str = "renewal_event_id"
    missing: str = NO_LOSS

    def places(self, planning: Planning, wanted: Collection[Key]) -> Mapping[Key, Place]:
        vins = {row["id"]: vin for vin, row in renewals(planning, {vin for vin, _ in wanted})}
        events = _standing(planning, RenewalEvent, "renewal_id", vins, RenewalEventKind.LOST)
        return {(vins[row["renewal_id"]], row["at"]): Place(row["id"], row["channel_id"]) for row in events}


@dataclass(frozen=True)
class LeadLoss:
    """The loss of a lead, by its time."""

    columns: tuple[str, ...] = ("lead_no", "at")
    attribute: str = "lead_event_id"
    missing: str = NO_LOSS

    def places(self, planning: Planning, wanted: Collection[Key]) -> Mapping[Key, Place]:
        numbers = {row["id"]: no for no, row in leads(planning, {no for no, _ in wanted}).items()}
        events = _standing(planning, LeadEvent, "lead_id", numbers, LeadEventKind.LOST)
        return {(numbers[row["lead_id"]], row["at"]): Place(row["id"], row["channel_id"]) for row in events}


def leads(planning: Planning, numbers: Collection[str]) -> dict[str, dict[str, Any]]:
    """Leads by their numbers."""
    found = {
        row["lead_no"]: row
        for row in planning.load(lambda some: queries.rows_where(Lead, "lead_no", some), sorted(numbers))
    }
    for row in planning.batch.inserts.get(Lead, []):
        found[row["lead_no"]] = row
    return {no: row for no, row in found.items() if no in numbers}


def renewals(planning: Planning, vins: Collection[str]) -> list[tuple[str, Mapping[str, Any]]]:
    """The cases of some vehicles as they will stand; of one day, that which is not void comes last and counts."""
    known = _cars(planning, vins)
    changed = planning.batch.updates.get(Renewal, {})
    stored = planning.load(
        lambda some: queries.rows_where(Renewal, "vehicle_id", some), sorted(key for key in known if key > 0)
    )
    rows: list[Mapping[str, Any]] = [row | changed.get(row["id"], {}) for row in stored]
    rows += [row for row in planning.batch.inserts.get(Renewal, []) if row["vehicle_id"] in known]
    rows.sort(key=lambda row: row["status"] != RenewalStatus.VOID)
    return [(known[row["vehicle_id"]], row) for row in rows]


def cases(planning: Planning, rows: list[Row]) -> dict[int, Mapping[str, Any]]:
    """The case of each row that names one by car and day, by the row's number: the nearest within 45 days.

    Of one day that which is not void, unless `set_aside_at` says that it is one that was void since then.
    """
    of_car: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for vin, case in renewals(planning, {row.values["vin"] for row in rows}):
        of_car[vin].append(case)
    found = {}
    for row in rows:
        near = [(abs((case["due_on"] - row.values["due_on"]).days), case) for case in of_car[row.values["vin"]]]
        near = [(days, case) for days, case in near if days <= JOIN_DAYS]
        since = row.get("set_aside_at")
        meant = [(days, case) for days, case in near if since and case["closed_at"] == since] or near
        if meant:
            _, found[row.number] = min(
                meant, key=lambda each: (each[0], each[1]["status"] == RenewalStatus.VOID, each[1]["due_on"])
            )
    return found


def _cars(planning: Planning, vins: Collection[str]) -> dict[int, str]:
    """The VINs of cars by their keys."""
    cars = planning.load(lambda some: queries.rows_where(Vehicle, "vin", some), sorted(vins))
    known = {row["id"]: row["vin"] for row in cars}
    return known | {row["id"]: row["vin"] for row in planning.batch.inserts.get(Vehicle, []) if row["vin"] in vins}


def _standing(
    planning: Planning, table: Any, belongs: str, owners: Mapping[int, str], kind: str
) -> list[Mapping[str, Any]]:
    """The events of a kind that will count, of some leads or cases."""
    changed = planning.batch.updates.get(table, {})
    stored = planning.load(
        lambda some: queries.rows_where(table, belongs, some), sorted(key for key in owners if key > 0)
    )
    rows = [row | changed.get(row["id"], {}) for row in stored]
    rows += [row for row in planning.batch.inserts.get(table, []) if row[belongs] in owners]
    return [row for row in rows if row["kind"] == kind and row.get("superseded_at") is None]
