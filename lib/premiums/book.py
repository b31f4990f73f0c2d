"""The rates that hold on a day: one look-up a table, each answer the row itself, so that a quote can keep it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, or_, select

from db.tables import RateRow
from db.terms import ClaimRecord, Fuel, RateKind, Subject, VehicleUse
from lib import preferences
from lib.data import reads
from lib.refusals import N_, Invalid

NATIONAL_SCHEME = "E"  # where a province's scheme is not in the table


@dataclass(frozen=True)
class Rate:
    """One row as it holds: its value, and what may be said of it."""

    id: int
    kind: RateKind
    region: str | None
    item: str
    low: Decimal
    high: Decimal | None
    value: Decimal
    value_high: Decimal | None
    source: str
    verified: bool

    def bounds(self, measure: Decimal) -> bool:
        return self.low <= measure and (self.high is None or measure < self.high)


@dataclass(frozen=True)
class RateBook:
    """All rates of a day for a province. Errors: `Invalid` naming the table that has no row for what is asked."""

    province: str
    rates: tuple[Rate, ...]

    def compulsory_base(self, use: VehicleUse, measure: Decimal) -> Rate:
        """The base premium of a use by seats, tonnes or cubic centimetres."""
        return self._find(RateKind.COMPULSORY_BASE, use, measure=measure)

    def compulsory_float(self, record: ClaimRecord) -> Rate:
        """The ratio that the claims history adds or takes, by the province's scheme."""
        schemes = [each for each in self._of(RateKind.FLOAT_SCHEME) if each.region == self.province]
        scheme = schemes[0].item if schemes else NATIONAL_SCHEME
        return self._find(RateKind.COMPULSORY_FLOAT, record, region=scheme)

    def vehicle_tax(self, litres: Decimal) -> Rate:
        """The year's vehicle tax by displacement: the province's own row, else the law's."""
        own = [each for each in self._of(RateKind.VEHICLE_TAX) if each.region == self.province and each.bounds(litres)]
        return own[0] if own else self._find(RateKind.VEHICLE_TAX, "passenger", measure=litres)

    def no_claim(self, level: int) -> Rate:
        """The no-claim coefficient of a level from -4 to 5."""
        return self._find(RateKind.NO_CLAIM, str(level))

    def pricing_range(self, fuel: Fuel | None) -> Rate:
        """The range in which the insurer may price."""
        own = [each for each in self._of(RateKind.PRICING_RANGE) if fuel is not None and each.item == fuel]
        return own[0] if own else self._find(RateKind.PRICING_RANGE, "any")

    def _of(self, kind: RateKind) -> list[Rate]:
        return [each for each in self.rates if each.kind is kind]

    def _find(self, kind: RateKind, item: str, region: str | None = None, measure: Decimal | None = None) -> Rate:
        for each in self._of(kind):
            if each.item == item and each.region == region and (measure is None or each.bounds(measure)):
                return each
        raise Invalid(N_("The table “{table}” has no row for this car. Ask a manager to add it."), table=kind)


@reads(Subject.SETTINGS)
def provinces(connection: Connection) -> tuple[str, ...]:
    """The provinces and cities with a floating scheme of their own, in the order of the table."""
    rows = select(RateRow.region).where(RateRow.kind == RateKind.FLOAT_SCHEME).order_by(RateRow.id)
    return tuple(dict.fromkeys(region for region in connection.scalars(rows) if region))


@reads(Subject.SETTINGS)
def home_province(connection: Connection) -> str:
    """The province of the store."""
    return str(preferences.value(connection, preferences.PROVINCE))


@reads(Subject.SETTINGS)
def book(connection: Connection, province: str, on: date) -> RateBook:
    """The rates of a day; of two rows for the same thing the one that began later holds."""
    query = (
        select(RateRow)
        .with_only_columns(*(getattr(RateRow, name) for name in Rate.__dataclass_fields__))
        .where(RateRow.valid_from <= on, or_(RateRow.valid_to.is_(None), RateRow.valid_to >= on))
        .order_by(RateRow.valid_from.desc(), RateRow.id.desc())
    )
    return RateBook(province, tuple(Rate(**row._mapping) for row in connection.execute(query)))
