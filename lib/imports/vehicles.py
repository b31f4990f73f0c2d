"""The sheet of vehicles: cars of which no policy tells, and their customers."""

from lib.imports.cars import COLUMNS as CAR_COLUMNS
from lib.imports.cars import Cars
from lib.imports.own_forms import VEHICLES
from lib.imports.people import Identity, People
from lib.imports.planning import Planning, key_of
from lib.imports.policies import Policies
from lib.imports.reading import Row

OF_CUSTOMER = ("tier", "sms_consent", "consent_at", "consent_how")


def plan_vehicles(planning: Planning, people: People, cars: Cars, policies: Policies) -> None:
    """Bring cars and their customers; what a tier changes in the queue is settled with the renewals."""
    rows = planning.rows(VEHICLES)
    if not rows:
        return
    before = planning.said_before(VEHICLES, rows)
    owners = {car.value("customer_id") for row in rows if (car := cars.known.get(row.values["vin"]))}
    people.load(
        (key for key in owners if key and key > 0),
        (row.values["phone"] for row in rows if row.get("phone")),
        (people.digest(row.values["id_number"]) for row in rows if row.get("id_number")),
    )
    for row in rows:
        if number := row.get("id_number"):
            row = Row(row.number, row.values | {"id_number": people.digest(number)})
        vin = row.values["vin"]
        car = cars.known.get(vin)
        person = people.by_key.get(car.value("customer_id") or 0) if car else None
        current = None
        if car is not None and car.stored is not None:  # of a new one only this file says anything
            identity = person.identity if person else Identity()
            current = {name: car.value(name) for name in CAR_COLUMNS} | {
                "vin": vin, "customer_name": identity.name, "phone": identity.mobile, "id_number": identity.id_digest,
                **{name: person.value(name) if person else None for name in OF_CUSTOMER},
            }  # fmt: skip
        merged = planning.merged(VEHICLES, row, current, before[key_of(VEHICLES, row)])
        news = merged.changed
        said = Identity(news.get("id_number"), news.get("phone"), news.get("customer_name"))
        person = people.customer(person, said, ("vehicle", vin))
        car = cars.car(vin, person)
        car.values.update({name: news[name] for name in CAR_COLUMNS if name in news})
        if person:
            car.values["customer_id"] = person.key
            person.values.update({name: news[name] for name in OF_CUSTOMER if name in news})
            policies.tiers[vin] = person.value("tier")
            if "tier" in news:
                policies.touched.setdefault(vin, [])
