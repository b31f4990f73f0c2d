"""How numbers, days and ages are written, the last step before a screen: 万元, 批, 台, "—" for nothing, ▲ and ▼."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from lib.clock import store_time
from lib.kpi import Figure, Kind, Kpi, Number
from lib.periods import Period, Unit
from lib.refusals import N_
from lib.words import Words

NOTHING = "—"
UP, DOWN, LEVEL = "▲", "▼", "＝"
LOCALES = {"zh": Locale.parse("zh_CN"), "en": Locale.parse("en")}  # by name they would be looked for at every use
WAN, YI = Decimal(10_000), Decimal(100_000_000)
MILLION = Decimal(1_000_000)

DAY = {"zh": "M月d日 EEE", "en": "EEE d MMM"}
DAY_ALONE = {"zh": "M月d日", "en": "d MMM"}
DAY_WITH_YEAR = {"zh": "yyyy年M月d日", "en": "d MMM yyyy"}
MONTH = {"zh": "yyyy年M月", "en": "MMM yyyy"}
MONTH_ALONE = {"zh": "M月", "en": "MMM"}

AGES = (
    (86_400, 86_400, N_("{count} d ago")),
    (3_600, 3_600, N_("{count} h ago")),
    (60, 60, N_("{count} min ago")),
    (2, 1, N_("{count} s ago")),
)  # at least so many seconds, the length of one, the sentence


def number(value: Number | None, words: Words, places: int = 0) -> str:
    """1,234 or, with places, 1,234.5; halves go up, as people round."""
    if value is None:
        return NOTHING
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return str(format_decimal(rounded, pattern, LOCALES[words.language]))


def amount(value: Number | None, words: Words) -> str:
    """Yuan as it is said: 9,800 元, 15.98 万元, 123.4 万元, 1.23 亿元; in English ¥9,800, ¥159,800, ¥12.30 M."""
    if value is None:
        return NOTHING
    size = abs(Decimal(value))
    if words.language == "en":
        sign = "-" if value < 0 else ""
        return f"{sign}¥{number(size, words)}" if size < MILLION else f"{sign}¥{number(size / MILLION, words, 2)} M"
    for least, unit, name, places in ((YI, YI, "亿元", 2), (100 * WAN, WAN, "万元", 1), (WAN, WAN, "万元", 2)):
        if size >= least:
            return f"{number(Decimal(value) / unit, words, places)} {name}"
    return f"{number(value, words)} 元"


def cover_limit(ten_thousands: Number, words: Words) -> str:
    """The limit of a cover: 200 万元; ¥2,000,000."""
    if words.language == "en":
        return f"¥{number(Decimal(ten_thousands) * WAN, words)}"
    return f"{number(ten_thousands, words)} 万元"


def percent(rate: Number | None, places: int = 1) -> str:
    """82.0%."""
    if rate is None:
        return NOTHING
    return f"{(Decimal(rate) * 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)}%"


def value(kpi: Kpi, measured: Number | None, words: Words) -> str:
    """A figure's value by its kind, without its measure word."""
    if kpi.kind is Kind.RATE:
        return percent(measured)
    if kpi.kind is Kind.MONEY:
        return amount(measured, words)
    return number(measured, words, 1 if kpi.kind is Kind.RATIO else 0)


def target(kpi: Kpi, wanted: Number | None, words: Words) -> str:
    """A target by its kind; a share of a longer period's shows its tenths while they matter (2.4 of 10 a month)."""
    broken = kpi.kind is Kind.COUNT and wanted is not None and wanted < 10 and wanted != int(wanted)
    return number(wanted, words, 1) if broken else value(kpi, wanted, words)


def measure(kpi: Kpi, words: Words, of: Number | None = None) -> str:
    """The measure word of a count or a ratio (批, 台); blank where the value carries its own, and for one in English,
    whose measure words are plurals."""
    blank = kpi.kind in (Kind.RATE, Kind.MONEY) or (of == 1 and words.language == "en")
    return "" if blank else words.term(kpi.unit)


def fraction(figure: Figure, words: Words) -> str:
    """36 / 95; blank for what is not divided."""
    if figure.numerator is None or figure.denominator is None:
        return ""
    return f"{number(figure.numerator, words)} / {number(figure.denominator, words)}"


def change(kpi: Kpi, now: Number | None, before: Number | None) -> str:
    """▲ 9.1% for counts and money, ▼ 2.0 pt for rates, which are compared by their difference.

    Nothing to compare with is "—": an increase from nothing has no percentage.
    """
    step = difference(kpi, now, before)
    if step is None:
        return NOTHING
    size = (abs(step) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{arrow(step)} {size}{' pt' if kpi.kind is Kind.RATE else '%'}"


def difference(kpi: Kpi, now: Number | None, before: Number | None) -> Decimal | None:
    """The change as a share of what was; for rates the difference of the two."""
    if now is None or before is None:
        return None
    if kpi.kind is Kind.RATE:
        return Decimal(now) - Decimal(before)
    return (Decimal(now) - Decimal(before)) / abs(Decimal(before)) if before else None


def gap(kpi: Kpi, step: Number | None, words: Words) -> str:
    """The difference of two figures in their own measure: ▲ 12, ▼ 3.4 pt, ▲ 1.2 万元."""
    if step is None:
        return NOTHING
    size = abs(Decimal(step))
    if kpi.kind is Kind.RATE:
        return f"{arrow(step)} {percent(size)[:-1]} pt"
    return f"{arrow(step)} {value(kpi, size, words)}"


def arrow(step: Number) -> str:
    """The sign that goes with a change, so that colour never speaks alone."""
    return LEVEL if step == 0 else UP if step > 0 else DOWN


def day(when: date | None, words: Words) -> str:
    """11月23日 周一; Mon 23 Nov."""
    return NOTHING if when is None else _date(when, DAY, words)


def day_with_year(when: date | None, words: Words) -> str:
    """2026年11月23日; 23 Nov 2026."""
    return NOTHING if when is None else _date(when, DAY_WITH_YEAR, words)


def weekday(when: date, words: Words) -> str:
    """周一; Mon."""
    return _date(when, dict.fromkeys(LOCALES, "EEE"), words)


def clock_time(at: datetime | None, zone: ZoneInfo) -> str:
    """14:32 by the store's clock."""
    return NOTHING if at is None else f"{store_time(at, zone):%H:%M}"


def age(seconds: float, words: Words) -> str:
    """How long ago: 刚刚, 12 秒前, 5 分钟前, 3 小时前, 2 天前."""
    passed = max(0, int(seconds))
    for least, length, sentence in AGES:
        if passed >= least:
            return words.say(sentence, count=passed // length)
    return words.say("just now")


def period(span: Period, words: Words, dated: bool = False) -> str:
    """2026年11月, 11月23日 周一, 11月16日 – 11月22日; `dated`, and where it spans two years, with the years."""
    if span.unit is Unit.YEAR:
        return words.say("{year}", year=f"{span.first:%Y}")
    if span.unit is Unit.MONTH:
        return _date(span.first, MONTH, words)
    if span.length == 1:
        return day_with_year(span.first, words) if dated else day(span.first, words)
    pattern = DAY_WITH_YEAR if dated or span.first.year != span.last.year else DAY_ALONE
    return f"{_date(span.first, pattern, words)} – {_date(span.last, pattern, words)}"


def month(first: date, words: Words) -> str:
    """11月, Nov; a January with its year: 2026年1月, Jan 2026."""
    return _date(first, MONTH if first.month == 1 else MONTH_ALONE, words)


def month_alone(first: date, words: Words) -> str:
    """11月, Nov, whatever the month."""
    return _date(first, MONTH_ALONE, words)


def _date(when: date, patterns: dict[str, str], words: Words) -> str:
    return str(format_date(when, patterns[words.language], LOCALES[words.language]))
