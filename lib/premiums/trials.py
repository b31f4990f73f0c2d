"""The arithmetic of a premium trial: exact decimals, every line rounded half up to the cent (domain.md B1)."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from db.terms import ClaimRecord, Cover, Fuel, Plan, VehicleUse
from lib.premiums.book import Rate, RateBook
from lib.premiums.wishes import COMMERCIAL, MOST_PASSENGER_SEATS, PASSENGER
from lib.refusals import N_, Invalid

CENT = Decimal("0.01")
LOWEST_LEVEL, HIGHEST_LEVEL = -4, 5
YEARS_COUNTED = 3
HIGHEST_BASE = Decimal(1_000_000)
UNTAXED = frozenset({Fuel.ELECTRIC, Fuel.HYBRID})


@dataclass(frozen=True)
class Car:
    """What the tables ask of a car. `measure` is seats, tonnes or cc as its use asks; `litres` sets the vehicle tax."""

    use: VehicleUse
    measure: Decimal
    record: ClaimRecord
    litres: Decimal | None = None
    fuel: Fuel | None = None


@dataclass(frozen=True)
class Wish:
    """One plan as it is asked for: covers with the insurer's base premium, and the two coefficients.

    `third_party` is the limit of the third-party cover in 万元, where it was said; no amount depends on it here.
    `missing` are the covers that are asked for too, but of which no base premium is known: they are left out.
    """

    plan: Plan
    commercial: tuple[tuple[Cover, Decimal], ...]
    no_claim: Decimal
    pricing: Decimal
    compulsory: bool = True
    third_party: int | None = None
    missing: tuple[Cover, ...] = ()


@dataclass(frozen=True)
class Line:
    """One cover's amount = base × factors, rounded; `rates` are the rows that it rests on."""

    cover: Cover
    base_amount: Decimal
    factors: tuple[Decimal, ...]
    amount: Decimal
    rates: tuple[Rate, ...] = ()

    @property
    def verified(self) -> bool:
        return all(rate.verified for rate in self.rates)


@dataclass(frozen=True)
class Trial:
    """A plan with its lines; `missing` are the covers that it was to hold and does not, for want of a base premium."""

    plan: Plan
    lines: tuple[Line, ...]
    missing: tuple[Cover, ...] = ()

    @property
    def total_amount(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal())

    @property
    def verified(self) -> bool:
        return all(line.verified for line in self.lines)

    @property
    def commercial(self) -> bool:
        """Whether it holds any commercial cover."""
        return any(line.cover in COMMERCIAL for line in self.lines)

    @property
    def without_tax(self) -> bool:
        """Whether it holds the compulsory policy, but not the tax that is paid with it."""
        covers = {line.cover for line in self.lines}
        return Cover.COMPULSORY in covers and Cover.VEHICLE_TAX not in covers

    @property
    def hollow(self) -> bool:
        """Whether its name promises commercial covers and it holds none. The basic plan may be without by choice."""
        return not self.commercial and (bool(self.missing) or self.plan is not Plan.BASIC)


def trial(car: Car, wish: Wish, rates: RateBook) -> Trial:
    """Compute one plan (R4, J4). Errors: `Invalid` for a coefficient out of range or a table without a row."""
    tax = vehicle_tax(car, rates) if wish.compulsory else None
    lines = [compulsory(car, rates)] if wish.compulsory else []
    lines += [tax] if tax is not None else []
    allowed = rates.pricing_range(car.fuel)
    if wish.commercial and not allowed.value <= wish.pricing <= (allowed.value_high or allowed.value):
        raise Invalid(
            N_("The pricing coefficient must lie between {least} and {most}."), field="pricing",
            least=plain(allowed.value), most=plain(allowed.value_high or allowed.value),
        )  # fmt: skip
    lines += [_commercial(cover, base, wish, allowed) for cover, base in wish.commercial]
    return Trial(wish.plan, tuple(lines), wish.missing)


def compulsory(car: Car, rates: RateBook) -> Line:
    """Base premium × (1 + ratio)."""
    base, ratio = rates.compulsory_base(car.use, car.measure), rates.compulsory_float(car.record)
    factor = 1 + ratio.value
    return Line(Cover.COMPULSORY, base.value, (factor,), rounded(base.value * factor), (base, ratio))


def tax_known(use: VehicleUse, measure: Decimal) -> bool:
    """Whether the table of the vehicle tax is for such a car: a passenger car of up to nine seats."""
    return use in PASSENGER and measure <= MOST_PASSENGER_SEATS


def vehicle_tax(car: Car, rates: RateBook) -> Line | None:
    """The year's tax; electric cars are outside it, plug-in hybrids exempt. `None` where the table does not say."""
    if not tax_known(car.use, car.measure):
        return None
    if car.fuel in UNTAXED or car.litres is None:
        return Line(Cover.VEHICLE_TAX, Decimal(), (), Decimal())
    row = rates.vehicle_tax(car.litres)
    return Line(Cover.VEHICLE_TAX, row.value, (), rounded(row.value), (row,))


def _commercial(cover: Cover, base: Decimal, wish: Wish, allowed: Rate) -> Line:
    if not 0 <= base <= HIGHEST_BASE:
        raise Invalid(N_("A base premium lies between 0 and 1,000,000 yuan."), field=cover.value)
    base = rounded(base)  # what is shown is what is reckoned with
    return Line(cover, base, (wish.no_claim, wish.pricing), rounded(base * wish.no_claim * wish.pricing), (allowed,))


def no_claim_level(claims: int, insured_years: int, *, fresh: bool = False) -> int:
    """The level of the no-claim table: claims of three years minus consecutive insured years (at most three).

    Four clean years in a row give -4; a new or transferred car, or one lapsed for over six months, starts at 0.
    """
    if fresh:
        return 0
    if claims == 0 and insured_years > YEARS_COUNTED:
        return LOWEST_LEVEL
    return max(LOWEST_LEVEL, min(HIGHEST_LEVEL, claims - min(insured_years, YEARS_COUNTED)))


def rounded(amount: Decimal) -> Decimal:
    """Half up to the cent."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def plain(value: Decimal) -> str:
    """A coefficient without trailing zeros."""
    return format(value.normalize(), "f")
