"""The rate tables a database starts with (domain.md B1). Managers date, correct and verify the rows."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, insert

from db.tables import RateRow
from db.terms import ClaimRecord, Fuel, RateKind, VehicleUse

OFFICIAL = "2008-02-01 全国统一交强险基础费率表"
REFORM = "2020-09-19 车险综合改革"
GENERAL = "行业常识，待核实"
TAX_LAW = "车船税法附表乘用车税额下限，须按本省标准录入"

# Bounds (from, below) and yuan, by use (domain.md B1.1).
BASES: dict[VehicleUse, list[tuple[str, str | None, int]]] = {
    VehicleUse.FAMILY: [("0", "6", 950), ("6", None, 1100)],
    VehicleUse.ENTERPRISE: [("0", "6", 1000), ("6", "10", 1130), ("10", "20", 1220), ("20", None, 1270)],
    VehicleUse.GOVERNMENT: [("0", "6", 950), ("6", "10", 1070), ("10", "20", 1140), ("20", None, 1320)],
    VehicleUse.RENTAL: [
        ("0", "6", 1800), ("6", "10", 2360), ("10", "20", 2400), ("20", "36", 2560), ("36", None, 3530),
    ],
    VehicleUse.CITY_BUS: [("6", "10", 2250), ("10", "20", 2520), ("20", "36", 3020), ("36", None, 3140)],
    VehicleUse.COACH: [("6", "10", 2350), ("10", "20", 2620), ("20", "36", 3420), ("36", None, 4690)],
    VehicleUse.TRUCK: [("0", "2", 1200), ("2", "5", 1470), ("5", "10", 1650), ("10", None, 2220)],
    VehicleUse.FREIGHT: [("0", "2", 1850), ("2", "5", 3070), ("5", "10", 3450), ("10", None, 4480)],
    VehicleUse.SPECIAL_1: [("0", None, 3710)],
    VehicleUse.SPECIAL_2: [("0", None, 2430)],
    VehicleUse.SPECIAL_3: [("0", None, 1080)],
    VehicleUse.SPECIAL_4: [("0", None, 3980)],
    VehicleUse.MOTORCYCLE: [("0", "50.000001", 80), ("50.000001", "250.000001", 120), ("250.000001", None, 400)],
}  # fmt: skip

# Percent after one, two, three clean years; the other records are the same everywhere (domain.md B1.3).
FLOATS = {"A": (-30, -40, -50), "B": (-25, -35, -45), "C": (-20, -30, -40), "D": (-15, -25, -35), "E": (-10, -20, -30)}
EVERYWHERE = {ClaimRecord.FIRST_YEAR: 0, ClaimRecord.ONE: 0, ClaimRecord.SEVERAL: 10, ClaimRecord.DEATH: 30}
CLEAN = (ClaimRecord.CLEAN_1, ClaimRecord.CLEAN_2, ClaimRecord.CLEAN_3)
REGIONS = {
    "A": "内蒙古 海南 青海 西藏",
    "B": "陕西 云南 广西",
    "C": "甘肃 吉林 山西 黑龙江 新疆",
    "D": "北京 天津 河北 宁夏",
    "E": "江苏 浙江 安徽 上海 湖南 湖北 江西 辽宁 河南 福建 重庆 山东 广东 深圳 厦门 四川 贵州 大连 青岛 宁波",
}
TAXES = [
    ("0", "1.000001", 60), ("1.000001", "1.600001", 300), ("1.600001", "2.000001", 360), ("2.000001", "2.500001", 660),
    ("2.500001", "3.000001", 1200), ("3.000001", "4.000001", 2400), ("4.000001", None, 3600),
]  # fmt: skip
NO_CLAIM = dict(zip(range(-4, 6), ("0.5", "0.6", "0.7", "0.8", "1", "1.2", "1.4", "1.6", "1.8", "2"), strict=True))
PRICING = {"": ("0.5", "1.5", True), Fuel.ELECTRIC: ("0.65", "1.35", False), Fuel.HYBRID: ("0.65", "1.35", False)}

Row = dict[str, Any]


def seed(connection: Connection) -> None:
    """Insert the rows into an empty table."""
    connection.execute(insert(RateRow), list(rows()))


def rows() -> Iterator[Row]:
    """Every row that a database starts with."""
    for use, bands in BASES.items():
        for low, high, yuan in bands:
            yield _row(RateKind.COMPULSORY_BASE, use, yuan, date(2008, 2, 1), OFFICIAL, True, low=low, high=high)
    for scheme, percents in FLOATS.items():
        for place, (record, percent) in enumerate([*zip(CLEAN, percents, strict=True), *EVERYWHERE.items()]):
            known = place == 2 or place > 2 or scheme == "E"  # the one- and two-year columns of A to D are hearsay
            source = REFORM if known else GENERAL
            yield _row(
                RateKind.COMPULSORY_FLOAT, record, Decimal(percent) / 100, date(2020, 9, 19), source, known,
                region=scheme,
            )  # fmt: skip
    for scheme, provinces in REGIONS.items():
        for province in provinces.split():
            yield _row(RateKind.FLOAT_SCHEME, scheme, 0, date(2020, 9, 19), REFORM, True, region=province)
    for low, high, yuan in TAXES:
        yield _row(RateKind.VEHICLE_TAX, "passenger", yuan, date(2012, 1, 1), TAX_LAW, False, low=low, high=high)
    for level, coefficient in NO_CLAIM.items():
        yield _row(RateKind.NO_CLAIM, str(level), coefficient, date(2020, 9, 19), GENERAL, False)
    for fuel, (least, most, verified) in PRICING.items():
        yield _row(
            RateKind.PRICING_RANGE,
            fuel or "any",
            least,
            date(2023, 6, 1),
            "银保监 2022-12-30 通知",
            verified,
            most=most,
        )


def _row(
    kind: RateKind, item: str, value: Decimal | int | str, since: date, source: str, verified: bool, *,
    region: str | None = None, low: str = "0", high: str | None = None, most: str | None = None,
) -> Row:  # fmt: skip
    return {
        "kind": kind, "region": region, "item": str(item), "low": Decimal(low), "high": Decimal(high) if high else None,
        "value": Decimal(value), "value_high": Decimal(most) if most else None, "valid_from": since, "valid_to": None,
        "source": source, "verified": verified, "version": 1,
    }  # fmt: skip
