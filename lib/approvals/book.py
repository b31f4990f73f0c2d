"""The rules of authority for whom keeps them: dated rows of the store's own choice, never written over (N5)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, insert

from db.queries import approvals as queries
from db.tables import AuthorityRule
from db.terms import Approver, AuthorityKind, Subject, VehicleUse
from lib.access import Permission
from lib.data import Change, command, reads
from lib.refusals import N_, Invalid, NotFound

Kind = AuthorityKind
BOUNDS: dict[AuthorityKind, tuple[Decimal, Decimal]] = {
    Kind.PRICING_BELOW: (Decimal("0.3"), Decimal(2)),
    Kind.PREMIUM_DROP: (Decimal("0.01"), Decimal("0.99")),
    Kind.THIRD_PARTY_ABOVE: (Decimal(5), Decimal(10_000)),
    Kind.CLAIMS_FROM: (Decimal(1), Decimal(20)),
}
LONGEST_NOTE = 300
OWN_CHOICE = "本店自定，请按公司授权核对"
STARTS_ON = date(2020, 9, 19)  # since the reform of car insurance the pricing coefficient is the store's to bargain for

SEEDS: tuple[tuple[AuthorityKind, str | None, VehicleUse | None, bool], ...] = (
    (Kind.PRICING_BELOW, "0.65", None, True),
    (Kind.PREMIUM_DROP, "0.3", None, False),
    (Kind.THIRD_PARTY_ABOVE, "300", None, False),
    (Kind.VEHICLE_USE, None, VehicleUse.RENTAL, False),
    (Kind.CLAIMS_FROM, "3", None, False),
)


@dataclass(frozen=True)
class Row:
    """A rule as it is kept."""

    id: int
    kind: AuthorityKind
    threshold: Decimal | None
    vehicle_use: VehicleUse | None
    approver: Approver
    valid_from: date
    valid_to: date | None
    note: str
    active: bool
    version: int

    def holds(self, today: date) -> bool:
        return self.active and self.valid_from <= today and (self.valid_to is None or today <= self.valid_to)


@dataclass(frozen=True)
class NewRule:
    """A rule as it was typed."""

    kind: AuthorityKind
    valid_from: date | None
    threshold: Decimal | None = None
    vehicle_use: VehicleUse | None = None
    approver: Approver = Approver.MANAGER
    valid_to: date | None = None
    note: str = ""


@reads(Subject.SETTINGS)
def rows(connection: Connection) -> tuple[Row, ...]:
    """Every rule, past ones and those switched off too."""
    found = connection.execute(queries.rules())
    return tuple(Row(**{name: row._mapping[name] for name in Row.__dataclass_fields__}) for row in found)


@command(Permission.DICTIONARY_WRITE, Subject.SETTINGS)
def add(change: Change, typed: NewRule) -> int:
    """Add a rule; its key. `Invalid` for a bound that cannot be, days that do not fit, or a rule that holds already.

    Quotes are judged by the rules of the day on which they are told.
    """
    _check(typed)
    values = {name: getattr(typed, name) for name in NewRule.__dataclass_fields__} | {"note": typed.note.strip()}
    if typed.kind is Kind.VEHICLE_USE:
        values["threshold"] = None
    else:
        values["vehicle_use"] = None
    if any(_same(each, values) for each in rows(change.connection)):
        raise Invalid(N_("This rule holds in these days already."))
    key = change.session.scalars(insert(AuthorityRule).values(**values).returning(AuthorityRule.id)).one()
    told: dict[str, Any] = {name: _told(each) for name, each in values.items()}
    change.record("authority.added", "authority_rules", key, **told)
    return key


@command(Permission.DICTIONARY_WRITE, Subject.SETTINGS)
def switch(change: Change, rule_id: int, seen: int, active: bool) -> None:
    """Let a rule hold, or not."""
    row = _row(change, rule_id)
    change.claim(AuthorityRule, rule_id, seen, active=active)
    change.record("authority.switched", "authority_rules", rule_id, kind=row.kind, old=row.active, new=active)


@command(Permission.DICTIONARY_WRITE, Subject.SETTINGS)
def end(change: Change, rule_id: int, seen: int, last: date | None) -> None:
    """Let a rule hold up to a day and no longer."""
    row = _row(change, rule_id)
    if last is None or last < row.valid_from:
        raise Invalid(N_("Choose a last day that is not before the first one."), field="valid_to")
    change.claim(AuthorityRule, rule_id, seen, valid_to=last)
    change.record("authority.ended", "authority_rules", rule_id, kind=row.kind, valid_to=last.isoformat())


def seed(connection: Connection) -> None:
    """The rules that a database starts with: a choice of ours, to be replaced by the store's."""
    for kind, threshold, use, active in SEEDS:
        bound = None if threshold is None else Decimal(threshold)
        connection.execute(
            insert(AuthorityRule).values(
                kind=kind, threshold=bound, vehicle_use=use, valid_from=STARTS_ON, note=OWN_CHOICE, active=active
            )
        )


def _check(typed: NewRule) -> None:
    if typed.valid_from is None:
        raise Invalid(N_("Choose the day from which it holds."), field="valid_from")
    if typed.valid_to is not None and typed.valid_to < typed.valid_from:
        raise Invalid(N_("Choose a last day that is not before the first one."), field="valid_to")
    if len(typed.note.strip()) > LONGEST_NOTE:
        raise Invalid(N_("A note is at most 300 characters long."), field="note")
    if typed.kind is Kind.VEHICLE_USE:
        if typed.vehicle_use is None:
            raise Invalid(N_("Choose the use."), field="vehicle_use")
        return
    least, most = BOUNDS[typed.kind]
    if typed.threshold is None or not least <= typed.threshold <= most:
        raise Invalid(
            N_("Enter a bound from {least} to {most}."), field="threshold", least=_told(least), most=_told(most)
        )


def _same(row: Row, values: dict[str, Any]) -> bool:
    """Whether a rule that holds says the same on a day of the new one."""
    said = ("kind", "threshold", "vehicle_use", "approver")
    first, last = (
        max(row.valid_from, values["valid_from"]),
        min(row.valid_to or date.max, values["valid_to"] or date.max),
    )
    return row.active and first <= last and all(getattr(row, name) == values[name] for name in said)


def _row(change: Change, rule_id: int) -> Row:
    found = next((each for each in rows(change.connection) if each.id == rule_id), None)
    if found is None:
        raise NotFound
    return found


def _told(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value if value is None or isinstance(value, str) else str(value)
