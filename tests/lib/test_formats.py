"""How numbers, days and ages are read."""

from datetime import date
from decimal import Decimal

import pytest

from lib import formats, kpi
from lib.kpi import Figure
from lib.periods import Period
from lib.words import words

ZH, EN = words("zh"), words("en")
D = Decimal


@pytest.mark.parametrize(
    ("yuan", "chinese", "english"),
    [
        (None, "—", "—"),
        (0, "0 元", "¥0"),
        (9_800, "9,800 元", "¥9,800"),
        (159_800, "15.98 万元", "¥159,800"),
        (1_234_567, "123.5 万元", "¥1.23 M"),
        (D("123456789.12"), "1.23 亿元", "¥123.46 M"),
        (-12_000, "-1.20 万元", "-¥12,000"),
    ],
)
def test_money_is_written_as_people_say_it(yuan: Decimal | int | None, chinese: str, english: str) -> None:
    assert (formats.amount(yuan, ZH), formats.amount(yuan, EN)) == (chinese, english)


@pytest.mark.parametrize(
    ("rate", "written"),
    [(None, "—"), (D("0.82"), "82.0%"), (D("0.6245"), "62.5%"), (D(0), "0.0%"), (D("1.05"), "105.0%")],
)
def test_rates_are_per_cent_with_one_decimal(rate: Decimal | None, written: str) -> None:
    assert formats.percent(rate) == written


@pytest.mark.parametrize(
    ("slug", "now", "before", "written"),
    [
        ("orders", 12, 10, "▲ 20.0%"),
        ("orders", 9, 10, "▼ 10.0%"),
        ("orders", 10, 10, "＝ 0.0%"),
        ("orders", 10, 0, "—"),
        ("orders", 2, -4, "▲ 150.0%"),
        ("capture_rate", D("0.80"), D("0.82"), "▼ 2.0 pt"),
        ("capture_rate", None, D("0.82"), "—"),
    ],
)
def test_a_change_bears_an_arrow_and_rates_change_by_points(
    slug: str, now: Decimal | int | None, before: Decimal | int, written: str
) -> None:
    assert formats.change(kpi.find(slug), now, before) == written


@pytest.mark.parametrize(
    ("slug", "step", "written"),
    [("orders", 3, "▲ 3"), ("capture_rate", D("-0.034"), "▼ 3.4 pt"), ("premium_amount", -12_000, "▼ 1.20 万元")],
)
def test_a_difference_stays_in_its_measure(slug: str, step: Decimal | int, written: str) -> None:
    assert formats.gap(kpi.find(slug), step, ZH) == written


def test_a_share_of_a_target_keeps_its_tenths_only_while_they_matter() -> None:
    deliveries = kpi.find("deliveries")
    assert [formats.target(deliveries, each, ZH) for each in (D("2.381"), D(10), D("14.5"), None)] == [
        "2.4", "10", "15", "—",
    ]  # fmt: skip


def test_a_fraction_stands_only_behind_what_is_divided() -> None:
    assert formats.fraction(Figure(D("0.38"), 36, 95), ZH) == "36 / 95"
    assert formats.fraction(Figure(36), ZH) == ""


def test_a_count_has_its_measure_word_and_a_rate_none() -> None:
    assert [formats.measure(kpi.find(slug), ZH) for slug in ("first_visits", "deliveries", "capture_rate")] == [
        "批", "台", "",
    ]  # fmt: skip
    orders = kpi.find("orders")
    assert [formats.measure(orders, words, 1) for words in (ZH, EN)] == [formats.measure(orders, ZH), ""]


@pytest.mark.parametrize(
    ("seconds", "chinese", "english"),
    [
        (-3, "刚刚", "just now"),
        (1, "刚刚", "just now"),
        (12, "12 秒前", "12 s ago"),
        (300, "5 分钟前", "5 min ago"),
        (7_300, "2 小时前", "2 h ago"),
        (200_000, "2 天前", "2 d ago"),
    ],
)
def test_ages_are_relative(seconds: float, chinese: str, english: str) -> None:
    assert (formats.age(seconds, ZH), formats.age(seconds, EN)) == (chinese, english)


@pytest.mark.parametrize(
    ("first", "last", "chinese", "english"),
    [
        (date(2026, 11, 23), date(2026, 11, 23), "11月23日 周一", "Mon 23 Nov"),
        (date(2026, 11, 1), date(2026, 11, 30), "2026年11月", "Nov 2026"),
        (date(2026, 1, 1), date(2026, 12, 31), "2026年", "2026"),
        (date(2026, 11, 16), date(2026, 11, 22), "11月16日 – 11月22日", "16 Nov – 22 Nov"),
        (date(2025, 12, 29), date(2026, 1, 4), "2025年12月29日 – 2026年1月4日", "29 Dec 2025 – 4 Jan 2026"),
    ],
)
def test_a_period_is_named_by_what_it_is(first: date, last: date, chinese: str, english: str) -> None:
    span = Period(first, last)
    assert (formats.period(span, ZH), formats.period(span, EN)) == (chinese, english)
    assert f"{first:%Y}" in formats.period(span, ZH, dated=True)
