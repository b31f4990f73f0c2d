"""One cell at a time: what is taken, as what, and what is refused."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from db.terms import ChannelKind, LeadSource
from lib.imports import cells, vocabulary
from lib.refusals import Invalid

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 11, 23)
naive = partial(datetime, tzinfo=None)  # as spreadsheets have them


@pytest.mark.parametrize(
    ("parser", "raw", "value"),
    [
        (cells.day, "2026-11-23", DAY),
        (cells.day, "2026/11/23", DAY),
        (cells.day, "2026年11月23日", DAY),
        (cells.day, "２０２６-１１-２３", DAY),
        (cells.day, "2026/1/2", date(2026, 1, 2)),
        (cells.day, DAY, DAY),
        (cells.day, naive(2026, 11, 23, 10, 30), DAY),
        (cells.day, "  ", None),
        (cells.instant, "2026-11-23 10:30", datetime(2026, 11, 23, 2, 30, tzinfo=UTC)),
        (cells.instant, "2026-11-23T10:30:05", datetime(2026, 11, 23, 2, 30, 5, tzinfo=UTC)),
        (cells.instant, "2026年11月23日 10:30", datetime(2026, 11, 23, 2, 30, tzinfo=UTC)),
        (cells.instant, "2026-11-23 10:30Z", datetime(2026, 11, 23, 10, 30, tzinfo=UTC)),
        (cells.instant, "2026-11-23 10:30+09:00", datetime(2026, 11, 23, 1, 30, tzinfo=UTC)),
        (cells.instant, "2026-11-23", datetime(2026, 11, 22, 16, 0, tzinfo=UTC)),
        (cells.instant, naive(2026, 11, 23, 10, 29, 59, 999_999), datetime(2026, 11, 23, 2, 30, tzinfo=UTC)),
        (cells.decimal(2), "1,234.50", Decimal("1234.50")),
        (cells.decimal(2), "１，２３４．５", Decimal("1234.50")),
        (cells.decimal(2), 0.1 + 0.2, Decimal("0.30")),
        (cells.decimal(2), "-3", Decimal("-3.00")),
        (cells.decimal(6), 1e-05, Decimal("0.000010")),
        (cells.integer(), 8.0, 8),
        (cells.integer(), "８", 8),
        (cells.code(), 13912597620.0, "13912597620"),
        (cells.code(), " Ｓ１-Ｃ１ ", "S1-C1"),
        (cells.text(5), "张　三", "张　三"),
        (cells.yes_no, "是", True),
        (cells.yes_no, False, False),
        (vocabulary.term(LeadSource), "来店", LeadSource.WALK_IN),
        (vocabulary.term(LeadSource), "Walk_In", LeadSource.WALK_IN),
        (vocabulary.term(ChannelKind), "４S店", ChannelKind.STORE),
        (vocabulary.mobile, " １３８12348000 ", "13812348000"),
        (vocabulary.mobile, 13812348000.0, "13812348000"),
        (vocabulary.vin, "lsvhj133022221761", "LSVHJ133022221761"),
        (vocabulary.plate, "云A·12345", "云A12345"),
        (vocabulary.plate, "粤BD12345", "粤BD12345"),
        (vocabulary.plate, "新车", None),
        (vocabulary.id_number, "11010519491231002x", "11010519491231002X"),
        (vocabulary.id_number, "91110000600037341L", "91110000600037341L"),
        (vocabulary.month, "2026-09", date(2026, 9, 1)),
        (vocabulary.month, "2026年9月", date(2026, 9, 1)),
        (vocabulary.month, naive(2026, 9, 1), date(2026, 9, 1)),
        (vocabulary.period, 2026.0, "2026"),
        (vocabulary.period, "2026q4", "2026Q4"),
        (vocabulary.period, "2026-W53", "2026-W53"),
        (vocabulary.period, date(2026, 11, 1), "2026-11"),
        (vocabulary.metric, "deliveries", "deliveries"),
        (vocabulary.policy_number, "pdaa-2026", "PDAA-2026"),
    ],
)
def test_a_cell_is_read_as_its_column_means_it(parser: cells.Parser, raw: Any, value: Any) -> None:
    assert parser(raw, ZONE) == value


@pytest.mark.parametrize(
    ("parser", "raw"),
    [
        (cells.day, "2026-02-30"),
        (cells.day, "23.11.2026"),
        (cells.day, 46349.0),
        (cells.day, date(1900, 1, 1)),
        (cells.day, "1900-01-02"),
        (cells.day, time(0, 0)),
        (cells.day, "2026-11-23 nachts"),
        (cells.day, "2026-11/23"),
        (cells.instant, naive(1899, 12, 31)),
        (cells.instant, "2026-11-23 25:00"),
        (cells.instant, "2026-11-23 10:30+15:00"),
        (cells.instant, 0.5),
        (cells.instant, "gestern"),
        (cells.decimal(2), "12a"),
        (cells.decimal(2), "1,23"),
        (cells.decimal(2), True),
        (cells.decimal(2), float("nan")),
        (cells.decimal(2), "1e5"),
        (cells.decimal(2), "9" * 20),
        (cells.decimal(2, least=0), -0.01),
        (cells.decimal(2, most=100), 100.01),
        (cells.integer(), 8.5),
        (cells.integer(), -1),
        (cells.text(5), "六个字太长了"),
        (cells.text(5), "\x00"),
        (cells.code(), "S 1"),
        (cells.code(), date(2026, 1, 2)),
        (cells.code(), 1.2345678901234567e17),
        (cells.yes_no, "也许"),
        (vocabulary.term(LeadSource), "步行"),
        (vocabulary.mobile, "12812348000"),
        (vocabulary.mobile, "0871-63123456"),
        (vocabulary.mobile, "1381234800"),
        (vocabulary.vin, "LSVHJ13302222176"),
        (vocabulary.vin, "LSVHJ1330222217O1"),
        (vocabulary.plate, "云A1234"),
        (vocabulary.plate, "火A12345"),
        (vocabulary.id_number, "110105194912310021"),
        (vocabulary.id_number, "123"),
        (vocabulary.month, "2026-13"),
        (vocabulary.month, naive(2026, 9, 2)),
        (vocabulary.period, "2026Q5"),
        (vocabulary.period, "2025-W53"),
        (vocabulary.period, "2026-11-23"),
        (vocabulary.metric, "happiness"),
        (vocabulary.policy_number, "PD AA"),
        (vocabulary.policy_number, "保单1"),
    ],
)
def test_a_cell_that_cannot_be_right_is_refused(parser: cells.Parser, raw: Any) -> None:
    with pytest.raises(Invalid):
        parser(raw, ZONE)
