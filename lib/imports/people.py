"""Which customer a row speaks of (model.md: same ID number, else same mobile and name; never merged silently)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from db.queries import imports as queries
from db.tables import Customer
from db.terms import Subject
from lib import personal
from lib.imports.planning import Planning

Owner = tuple[str, Any]
"""Whom a customer without mobile or ID number belongs to alone: ("lead", number) or ("vehicle", VIN)."""


class Identity(NamedTuple):
    """By what a customer is known."""

    id_digest: str | None = None
    mobile: str | None = None
    name: str | None = None

    @property
    def shared(self) -> bool:
        """Whether another row can speak of the same customer."""
        return bool(self.id_digest or (self.mobile and self.name))

    def filled(self, other: "Identity") -> "Identity":
        """This identity with the other's answers where it has none."""
        return Identity(*(mine or theirs for mine, theirs in zip(self, other, strict=True)))

    def fits(self, other: "Identity") -> bool:
        """Whether nothing here contradicts the other."""
        return all(not mine or not theirs or mine == theirs for mine, theirs in zip(self, other, strict=True))


@dataclass(eq=False)
class Person:
    """A customer, stored or new, with what this import changes of it."""

    key: int
    identity: Identity
    stored: dict[str, Any] | None = None
    values: dict[str, Any] = field(default_factory=dict)

    def value(self, name: str) -> Any:
        """An attribute as it will stand."""
        return self.values[name] if name in self.values else (self.stored or {}).get(name)


class People:
    """The customers that an import touches, found by ID number, by mobile and name, or by their only owner."""

    def __init__(self, planning: Planning) -> None:
        self.planning = planning
        self.by_key: dict[int, Person] = {}
        self.by_digest: dict[str, Person] = {}
        self.by_contact: dict[tuple[str, str], list[Person]] = defaultdict(list)
        self.by_owner: dict[tuple[Owner, str | None], Person] = {}
        self.numbers: dict[str, str] = {}

    def load(self, keys: Iterable[int], mobiles: Iterable[str], digests: Iterable[str]) -> None:
        """Read the stored customers of these keys, mobiles and ID numbers."""
        wanted: dict[str, Iterable[Any]] = {"id": keys, "mobile": mobiles, "id_number_digest": digests}
        for column, values in wanted.items():
            for row in self.planning.load(partial(queries.rows_where, Customer, column), sorted(set(values))):
                if row["id"] not in self.by_key:
                    identity = Identity(row["id_number_digest"], row["mobile"], row["name"])
                    self._know(Person(row["id"], identity, row))

    def digest(self, id_number: str) -> str:
        """The digest of an ID number, which is sealed if its customer turns out to be new."""
        digest = personal.digest(id_number)
        self.numbers[digest] = id_number
        return digest

    def customer(self, current: Person | None, said: Identity, owner: Owner) -> Person | None:
        """The customer of a record: as it was, another one, or a new one. `said` is only what the file newly says."""
        if not any(said):
            return current
        wanted = said.filled(current.identity) if current else said
        if current and wanted == current.identity:
            return current
        found = self._find(wanted, owner)
        if found and found is not current:
            if wanted.id_digest and not found.identity.id_digest:
                self._change(found, found.identity._replace(id_digest=wanted.id_digest))
            return found
        if current and (said.fits(current.identity) or self._alone(current, owner)):
            self._change(current, wanted)
            return current
        return self._new(wanted, owner)

    def write(self) -> None:
        """Put every new and changed customer into the batch."""
        batch = self.planning.batch
        for person in self.by_key.values():
            if person.stored is None:
                batch.insert(Customer, Subject.SALES, id=person.key, version=1, **self._columns(person))
            elif changed := {
                name: value for name, value in self._columns(person).items() if person.stored[name] != value
            }:
                batch.update(Customer, Subject.SALES, person.key, version=person.stored["version"] + 1, **changed)

    def _columns(self, person: Person) -> dict[str, Any]:
        digest, mobile, name = person.identity
        stored = person.stored or {}
        sealed = stored.get("id_number_sealed")
        if digest and digest != stored.get("id_number_digest"):
            sealed = personal.seal(self.numbers[digest])
        return {
            "name": name, "mobile": mobile, "mobile_tail": mobile and mobile[-4:],
            "id_number_digest": digest, "id_number_sealed": sealed,
            **{each: person.value(each) for each in ("tier", "sms_consent", "consent_at", "consent_how")},
        }  # fmt: skip

    def _find(self, wanted: Identity, owner: Owner) -> Person | None:
        if wanted.id_digest and wanted.id_digest in self.by_digest:
            return self.by_digest[wanted.id_digest]
        if wanted.mobile and wanted.name:
            same = self.by_contact[(wanted.mobile, wanted.name)]
            fitting = [each for each in same if not wanted.id_digest or not each.identity.id_digest]
            return min(fitting, key=lambda each: each.identity.id_digest or "", default=None)
        return self.by_owner.get((owner, wanted.name))

    def _alone(self, person: Person, owner: Owner) -> bool:
        """Whether nobody else points at a stored customer, so that a correction may change it in place."""
        if person.stored is None:
            return False
        pointing = set()
        for row in self.planning.connection.execute(queries.owners([person.key])):
            pointing.add(("lead", row.lead_id) if row.lead_id else ("vehicle", row.vehicle_id))
        return len(pointing) == 1 and next(iter(pointing))[0] == owner[0]

    def _new(self, identity: Identity, owner: Owner) -> Person:
        person = Person(self.planning.batch.new_key(Customer), identity)
        self._know(person)
        if not identity.shared:
            self.by_owner[(owner, identity.name)] = person
        return person

    def _change(self, person: Person, identity: Identity) -> None:
        if person.identity.id_digest:
            self.by_digest.pop(person.identity.id_digest, None)
        if person.identity.mobile and person.identity.name:
            self.by_contact[(person.identity.mobile, person.identity.name)].remove(person)
        person.identity = identity
        self._know(person)

    def _know(self, person: Person) -> None:
        self.by_key[person.key] = person
        digest, mobile, name = person.identity
        if digest:
            self.by_digest[digest] = person
        if mobile and name:
            self.by_contact[(mobile, name)].append(person)
