"""The rate rows for whom keeps them: dated, sourced, verified or not. What a quote used is never written over."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, insert, select, update

from db.queries import quotes as queries
from db.tables import RateRow
from db.terms import ClaimRecord, Fuel, RateKind, Subject, VehicleUse
from lib.access import Permission
from lib.data import Change, command, reads
from lib.premiums.book import Rate
from lib.refusals import N_, Invalid, NotFound

SCHEMES = ("A", "B", "C", "D", "E")
ITEMS: dict[RateKind, tuple[str, ...]] = {
    RateKind.COMPULSORY_BASE: tuple(VehicleUse),
    RateKind.COMPULSORY_FLOAT: tuple(ClaimRecord),
    RateKind.FLOAT_SCHEME: SCHEMES,
    RateKind.VEHICLE_TAX: ("passenger",),
    RateKind.NO_CLAIM: tuple(str(level) for level in range(-4, 6)),
    RateKind.PRICING_RANGE: ("any", *Fuel),
}
BOUNDED = frozenset({RateKind.COMPULSORY_BASE, RateKind.VEHICLE_TAX})
RANGES = frozenset({RateKind.PRICING_RANGE})
VALUELESS = frozenset({RateKind.FLOAT_SCHEME})
LEAST: dict[RateKind, Decimal] = {RateKind.COMPULSORY_FLOAT: Decimal(-1)}
HIGHEST = Decimal(1_000_000)
LONGEST_REGION = 20


STEP = Decimal("0.000001")  # the last place of a rate: a bound this much higher takes the whole number in


def just_above(bound: Decimal) -> Decimal:
    """The bound from which on everything above a number lies; nothing lies below 0."""
    return bound + STEP if bound else bound


def shown(bound: Decimal) -> tuple[Decimal, bool]:
    """A bound as people read it, and whether it lies just above that."""
    whole = bound - STEP
    above = bound > 0 and whole == whole.quantize(Decimal("0.001"))
    return (whole, True) if above else (bound, False)


@dataclass(frozen=True)
class Dated(Rate):
    """A row with its days."""

    valid_from: date
    valid_to: date | None
    version: int

    def holds(self, today: date) -> bool:
        return self.valid_from <= today and (self.valid_to is None or today <= self.valid_to)


@dataclass(frozen=True)
class NewRow:
    """A row as it was typed. `region` is a province, or for floating ratios a scheme."""

    kind: RateKind
    item: str
    valid_from: date | None
    source: str
    value: Decimal | None = None
    value_high: Decimal | None = None
    region: str | None = None
    low: Decimal = Decimal()
    high: Decimal | None = None
    verified: bool = False


@reads(Subject.SETTINGS)
def rows(connection: Connection, kind: RateKind) -> tuple[Dated, ...]:
    """All rows of a table, past ones too, in the order of the vocabulary."""
    found = [
        Dated(**{name: row._mapping[name] for name in Dated.__dataclass_fields__})
        for row in connection.execute(queries.table(kind))
    ]
    places = {item: place for place, item in enumerate(ITEMS[kind])}
    return tuple(sorted(found, key=lambda row: (row.region or "", places.get(row.item, len(places)), row.low)))


@command(Permission.DICTIONARY_WRITE, Subject.SETTINGS)
def add(change: Change, typed: NewRow, replaces: int | None = None, seen: int | None = None) -> int:
    """Add a row that holds from a day on; the one for the same thing ends the day before. Its key.

    `replaces` is the row that the person saw hold until now, at version `seen`: `Conflict` when it was changed.
    """
    checked = _checked(typed)
    if replaces is not None:
        change.claim(RateRow, replaces, seen or 0)
    _end_others(change, checked)
    values = {name: checked[name] for name in NewRow.__dataclass_fields__}
    row_id = change.session.scalars(insert(RateRow).values(**values).returning(RateRow.id)).one()
    told = {name: _plain(value) for name, value in values.items() if value is not None}
    change.record("rate_added", "rate_rows", row_id, **told)
    return row_id


@command(Permission.DICTIONARY_WRITE, Subject.SETTINGS)
def close(change: Change, row_id: int, seen: int, last: date | None) -> None:
    """Let a row hold up to a day and no longer."""
    row = _row(change, row_id)
    if last is None or last < row.valid_from:
        raise Invalid(N_("Choose a last day that is not before the first one."), field="valid_to")
    change.claim(RateRow, row_id, seen, valid_to=last)
    change.record("rate_closed", "rate_rows", row_id, kind=row.kind, item=row.item, valid_to=last.isoformat())


@command(Permission.DICTIONARY_WRITE, Subject.SETTINGS)
def verify(change: Change, row_id: int, seen: int, verified: bool) -> None:
    """Note that somebody compared a row with its source, or that nobody has."""
    row = _row(change, row_id)
    change.claim(RateRow, row_id, seen, verified=verified)
    change.record("rate_verified", "rate_rows", row_id, kind=row.kind, item=row.item, old=row.verified, new=verified)


def _end_others(change: Change, typed: dict[str, Any]) -> None:
    """End what holds for the same thing. `Invalid` where a later row stands already, or the bounds cross another's."""
    since = typed["valid_from"]
    item = None if typed["kind"] in VALUELESS else typed["item"]  # a province has one scheme
    key = (typed["kind"], typed["region"], item, typed["low"], typed["high"])
    for other in change.session.execute(queries.overlapping(*key, since)):
        if (other.low, other.high) != (typed["low"], typed["high"]):
            raise Invalid(
                N_("Its bounds cross those of another row ({low} to {high}). Close that one first."), field="low",
                low=_plain(other.low), high="…" if other.high is None else _plain(other.high),
            )  # fmt: skip
        if other.valid_from >= since:
            raise Invalid(
                N_("A row for the same holds from {day} on already. Choose a later day."), field="valid_from",
                day=other.valid_from.isoformat(),
            )  # fmt: skip
        ended = {"valid_to": since - timedelta(days=1), "version": RateRow.version + 1}
        change.session.execute(update(RateRow).where(RateRow.id == other.id).values(**ended))


def _checked(typed: NewRow) -> dict[str, Any]:
    """The row as it may be kept."""
    values = {name: getattr(typed, name) for name in NewRow.__dataclass_fields__}
    values["source"], values["region"] = typed.source.strip(), (typed.region or "").strip() or None
    if typed.item not in ITEMS[typed.kind]:
        raise Invalid(N_("Choose what the row is for."), field="item")
    if typed.valid_from is None:
        raise Invalid(N_("Choose the day from which it holds."), field="valid_from")
    if not values["source"]:
        raise Invalid(N_("Say where the figure comes from."), field="source")
    if typed.kind in VALUELESS:
        values["value"] = Decimal()
    _check_region(typed.kind, values["region"])
    _check_figures(typed.kind, values)
    return values


def _check_region(kind: RateKind, region: str | None) -> None:
    if kind is RateKind.COMPULSORY_FLOAT and region not in SCHEMES:
        raise Invalid(N_("Choose the scheme."), field="region")
    if kind is RateKind.FLOAT_SCHEME and region is None:
        raise Invalid(N_("Name the province."), field="region")
    if len(region or "") > LONGEST_REGION:
        raise Invalid(
            N_("The name of a province has at most {count} characters."), field="region", count=LONGEST_REGION
        )


def _check_figures(kind: RateKind, values: dict[str, Any]) -> None:
    value, most, low, high = (values[name] for name in ("value", "value_high", "low", "high"))
    if value is None or not LEAST.get(kind, Decimal()) <= value <= HIGHEST:
        raise Invalid(N_("Enter the figure: not negative, up to 1,000,000."), field="value")
    if kind in RANGES and (most is None or not value <= most <= HIGHEST):
        raise Invalid(N_("Enter the upper end of the range, not below the lower one."), field="value_high")
    if low < 0 or (high is not None and high <= low):
        raise Invalid(N_("The upper bound must lie above the lower one."), field="high")


def _row(change: Change, row_id: int) -> Any:
    found = change.session.execute(select(RateRow.__table__).where(RateRow.id == row_id)).first()
    if found is None:
        raise NotFound
    return found


def _plain(value: Any) -> Any:
    return format(value.normalize(), "f") if isinstance(value, Decimal) else value if value is None else str(value)
