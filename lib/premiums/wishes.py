"""What a plan holds before anybody changes it: the recommended sets (J4), and which use is measured in what."""

from db.terms import Cover, Plan, VehicleUse

COMMERCIAL = tuple(cover for cover in Cover if cover not in (Cover.COMPULSORY, Cover.VEHICLE_TAX))

RECOMMENDED: dict[Plan, frozenset[Cover]] = {
    Plan.BASIC: frozenset({Cover.THIRD_PARTY}),
    Plan.BALANCED: frozenset({Cover.DAMAGE, Cover.THIRD_PARTY, Cover.DRIVER, Cover.PASSENGERS, Cover.MEDICAL}),
    Plan.FULL: frozenset(COMMERCIAL),
}

LIMITS = (50, 100, 150, 200, 300, 400, 500, 600, 800, 1000)  # 万元 of third-party cover that insurers offer

BY_TONNES = frozenset({VehicleUse.TRUCK, VehicleUse.FREIGHT})
BY_CC = frozenset({VehicleUse.MOTORCYCLE})
PASSENGER = frozenset({VehicleUse.FAMILY, VehicleUse.ENTERPRISE, VehicleUse.GOVERNMENT, VehicleUse.RENTAL})
MOST_PASSENGER_SEATS = 9  # with more it is a coach before the law
WITHOUT_MEASURE = frozenset({VehicleUse.SPECIAL_1, VehicleUse.SPECIAL_2, VehicleUse.SPECIAL_3, VehicleUse.SPECIAL_4})
