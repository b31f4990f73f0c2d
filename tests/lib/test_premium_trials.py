"""Premium arithmetic against the published vectors (domain.md B1.5) and the edges of the tables."""

from datetime import date
from decimal import Decimal

import pytest

from db.engine import Database
from db.terms import ClaimRecord, Cover, Fuel, Plan, RateKind, VehicleUse
from lib import data
from lib.premiums import trials
from lib.premiums.book import RateBook, book
from lib.premiums.trials import Car, Wish, no_claim_level, trial
from lib.refusals import Invalid

TODAY = date(2026, 11, 23)
BY_SCHEME = {"A": "海南", "B": "云南", "C": "山西", "D": "北京", "E": "重庆"}


def rates(province: str) -> RateBook:
    return data.fresh(book, province, TODAY)


@pytest.mark.parametrize(
    ("scheme", "use", "record", "premium"),
    [
        ("E", VehicleUse.FAMILY, ClaimRecord.CLEAN_3, "665.00"),
        ("A", VehicleUse.FAMILY, ClaimRecord.CLEAN_3, "475.00"),
        ("B", VehicleUse.FAMILY, ClaimRecord.CLEAN_3, "522.50"),
        ("D", VehicleUse.FAMILY, ClaimRecord.CLEAN_2, "712.50"),
        ("E", VehicleUse.FAMILY, ClaimRecord.DEATH, "1235.00"),
        ("E", VehicleUse.FAMILY, ClaimRecord.SEVERAL, "1045.00"),
        ("C", VehicleUse.ENTERPRISE, ClaimRecord.CLEAN_1, "800.00"),
        ("B", VehicleUse.FAMILY, ClaimRecord.FIRST_YEAR, "950.00"),
    ],
)
def test_the_compulsory_premium_follows_the_official_table(
    store: Database, scheme: str, use: VehicleUse, record: ClaimRecord, premium: str
) -> None:
    line = trials.compulsory(Car(use, Decimal(5), record), rates(BY_SCHEME[scheme]))
    assert line.amount == Decimal(premium)


@pytest.mark.parametrize(
    ("base", "no_claim", "pricing", "amount"),
    [("2500", "0.6", "0.85", "1275.00"), ("2500", "1.4", "1.2", "4200.00"), ("100.01", "0.5", "0.5", "25.00"),
     ("0.02", "0.5", "0.5", "0.01"), ("1234.567", "0.8", "1", "987.66")],
)  # fmt: skip
def test_a_commercial_line_is_base_times_both_coefficients_rounded_half_up(
    store: Database, base: str, no_claim: str, pricing: str, amount: str
) -> None:
    wish = Wish(Plan.BASIC, ((Cover.DAMAGE, Decimal(base)),), Decimal(no_claim), Decimal(pricing), compulsory=False)
    result = trial(Car(VehicleUse.FAMILY, Decimal(5), ClaimRecord.ONE), wish, rates("云南"))
    assert [line.amount for line in result.lines] == [Decimal(amount)]


@pytest.mark.parametrize("base", ["-0.01", "1000000.01", "1e30"])
def test_a_base_premium_that_nobody_means_is_refused(sqlite_store: Database, base: str) -> None:
    wish = Wish(Plan.BASIC, ((Cover.DAMAGE, Decimal(base)),), Decimal(1), Decimal(1))
    with pytest.raises(Invalid):
        trial(Car(VehicleUse.FAMILY, Decimal(5), ClaimRecord.ONE), wish, rates("云南"))


@pytest.mark.parametrize(("fuel", "pricing", "allowed"), [
    (Fuel.PETROL, "0.5", True), (Fuel.PETROL, "1.5", True), (Fuel.PETROL, "1.51", False), (Fuel.PETROL, "0.49", False),
    (Fuel.ELECTRIC, "0.65", True), (Fuel.ELECTRIC, "0.6", False),
])  # fmt: skip
def test_a_pricing_coefficient_outside_its_range_is_refused(
    store: Database, fuel: Fuel, pricing: str, allowed: bool
) -> None:
    car = Car(VehicleUse.FAMILY, Decimal(5), ClaimRecord.CLEAN_1, Decimal("1.5"), fuel)
    wish = Wish(Plan.FULL, ((Cover.DAMAGE, Decimal(1000)),), Decimal(1), Decimal(pricing))
    if allowed:
        assert trial(car, wish, rates("云南")).lines[-1].amount == Decimal(1000) * Decimal(pricing)
    else:
        with pytest.raises(Invalid):
            trial(car, wish, rates("云南"))


@pytest.mark.parametrize(("seats", "premium"), [(5, 1800), (6, 2360), (10, 2400), (20, 2560), (36, 3530)])
def test_a_band_includes_its_lower_edge(store: Database, seats: int, premium: int) -> None:
    line = trials.compulsory(Car(VehicleUse.RENTAL, Decimal(seats), ClaimRecord.FIRST_YEAR), rates("云南"))
    assert line.amount == premium


@pytest.mark.parametrize(
    ("litres", "fuel", "tax"),
    [("1.0", Fuel.PETROL, 60), ("1.6", Fuel.PETROL, 300), ("1.8", Fuel.DIESEL, 360), ("5.0", Fuel.PETROL, 3600),
     ("1.5", Fuel.HYBRID, 0), ("0", Fuel.ELECTRIC, 0)],
)  # fmt: skip
def test_vehicle_tax_goes_by_displacement_and_spares_electric_cars(
    store: Database, litres: str, fuel: Fuel, tax: int
) -> None:
    car = Car(VehicleUse.FAMILY, Decimal(5), ClaimRecord.CLEAN_1, Decimal(litres), fuel)
    line = trials.vehicle_tax(car, rates("云南"))
    assert line is not None
    assert line.amount == tax


@pytest.mark.parametrize(
    ("use", "measure", "known"),
    [(VehicleUse.ENTERPRISE, "9", True), (VehicleUse.ENTERPRISE, "10", False), (VehicleUse.RENTAL, "5", True),
     (VehicleUse.COACH, "19", False), (VehicleUse.CITY_BUS, "30", False), (VehicleUse.TRUCK, "1.5", False),
     (VehicleUse.FREIGHT, "4", False), (VehicleUse.SPECIAL_1, "0", False), (VehicleUse.MOTORCYCLE, "125", False)],
)  # fmt: skip
def test_the_tax_of_passenger_cars_is_charged_to_nothing_else(
    store: Database, use: VehicleUse, measure: str, known: bool
) -> None:
    car = Car(use, Decimal(measure), ClaimRecord.CLEAN_1, Decimal("1.5"), Fuel.PETROL)
    result = trial(car, Wish(Plan.BASIC, (), Decimal(1), Decimal(1)), rates("云南"))
    assert ([line.cover for line in result.lines] == [Cover.COMPULSORY, Cover.VEHICLE_TAX]) is known
    assert result.without_tax is not known


@pytest.mark.parametrize(
    ("claims", "years", "fresh", "level"),
    [(0, 1, False, -1), (0, 3, False, -3), (0, 4, False, -4), (1, 3, False, -2), (3, 1, False, 2), (9, 1, False, 5),
     (1, 4, False, -2), (4, 0, True, 0), (0, 0, False, 0)],
)  # fmt: skip
def test_the_no_claim_level_counts_claims_against_years(claims: int, years: int, fresh: bool, level: int) -> None:
    assert no_claim_level(claims, years, fresh=fresh) == level


def test_a_trial_says_what_rests_on_unverified_rows(store: Database) -> None:
    car = Car(VehicleUse.FAMILY, Decimal(5), ClaimRecord.CLEAN_2, Decimal("1.5"), Fuel.PETROL)
    result = trial(car, Wish(Plan.BASIC, (), Decimal(1), Decimal(1)), rates("云南"))
    unsure = {rate.kind for line in result.lines for rate in line.rates if not rate.verified}
    assert unsure == {RateKind.COMPULSORY_FLOAT, RateKind.VEHICLE_TAX}
    assert not result.verified
    assert result.total_amount == Decimal("950") * Decimal("0.65") + 300
