"""The cars that an import touches, known by VIN."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from db.queries import imports as queries
from db.tables import Vehicle
from db.terms import Subject
from lib.imports.attributes import Attributes, Verdict
from lib.imports.people import Person
from lib.imports.planning import Planning

COLUMNS = (
    "plate", "car_model", "vehicle_use", "seats", "displacement", "fuel", "first_registered_on", "claims",
    "no_claim_coefficient",
)  # fmt: skip


@dataclass(eq=False)
class Car:
    """A vehicle, stored or new, with what this import changes of it."""

    key: int
    vin: str
    stored: dict[str, Any] | None = None
    values: dict[str, Any] = field(default_factory=dict)

    def value(self, name: str) -> Any:
        """An attribute as it will stand."""
        return self.values[name] if name in self.values else (self.stored or {}).get(name)


class Cars:
    """Vehicles by VIN; a VIN that is not stored becomes a new one when it is first asked for."""

    def __init__(self, planning: Planning, vins: Iterable[str]) -> None:
        self.planning = planning
        wanted = sorted(set(vins))
        self.known = {
            row["vin"]: Car(row["id"], row["vin"], dict(row))
            for row in planning.load(lambda some: queries.rows_where(Vehicle, "vin", some), wanted)
        }
        self.attributes = Attributes(planning, "vehicles", COLUMNS)

    @property
    def stored_keys(self) -> list[int]:
        return [car.key for car in self.known.values() if car.stored]

    def car(self, vin: str, owner: Person | None) -> Car:
        """The car of a VIN; who buys or insures it first is its customer until a policy says otherwise."""
        if vin not in self.known:
            self.known[vin] = Car(self.planning.batch.new_key(Vehicle), vin)
        car = self.known[vin]
        if owner and car.value("customer_id") is None:
            car.values["customer_id"] = owner.key
        return car

    def says(self, car: Car, name: str, value: Any, issued_at: datetime, news: bool) -> Verdict:
        """A policy's word on a car."""
        verdict = self.attributes.verdict(car.vin, name, car.value(name), value, issued_at, news)
        if verdict is Verdict.WRITE:
            car.values[name] = value
        return verdict

    def write(self) -> None:
        """Put every new and changed car into the batch."""
        batch = self.planning.batch
        for car in self.known.values():
            columns = {name: car.value(name) for name in (*COLUMNS, "customer_id")}
            if car.stored is None:
                batch.insert(Vehicle, Subject.POLICIES, id=car.key, vin=car.vin, version=1, **columns)
            elif changed := {name: value for name, value in columns.items() if car.stored[name] != value}:
                batch.update(Vehicle, Subject.POLICIES, car.key, version=car.stored["version"] + 1, **changed)
