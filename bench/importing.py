"""The import of 100,000 rows by the command line, and how long another writer has to wait meanwhile."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter
from sqlalchemy import text

from bench.databases import FOLDER, TODAY
from bench.table import Row
from db.engine import open_database

LEADS = POLICIES = 50_000
IMPORT_SECONDS = 60
LOCK_SECONDS = 2.0
SOURCES = ("来店", "来电", "户外", "网络", "转介绍")
LEAD_HEADINGS = [
    "客流编号", "首次接触时间", "来源", "渠道编码", "顾问工号", "客户姓名", "手机号", "意向车型", "试驾时间",
    "订单时间", "成交价",
]  # fmt: skip
POLICY_HEADINGS = [
    "保险公司", "保单号", "险种", "业务类型", "车架号", "车牌号", "被保险人", "手机号", "签单时间", "起保日期",
    "终保日期", "保费", "手续费率", "渠道编码",
]  # fmt: skip
VIN_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


def rows(engine: str, url: str) -> Iterator[Row]:
    """One import into an empty database, and the same again."""
    file = workbook(FOLDER / "import.xlsx")
    environment = os.environ | {"DATABASE_URL": url}
    _run(environment, "init")
    waiting = _OtherWriter(url)
    waiting.start()
    took = _run(environment, "import", str(file))
    waited = waiting.stop()
    yield Row(
        "import of 100,000 rows", engine, f"{took:.1f} s", "", f"{IMPORT_SECONDS} s", took <= IMPORT_SECONDS
    )  # fmt: skip
    yield Row(
        "another writer's longest wait", engine, f"{waited:.2f} s", "", f"{LOCK_SECONDS:.0f} s", waited <= LOCK_SECONDS
    )
    again = _run(environment, "import", str(file))
    yield Row("the same file again", engine, f"{again:.1f} s", "", f"{IMPORT_SECONDS} s", again <= IMPORT_SECONDS)


def _run(environment: dict[str, str], *arguments: str) -> float:
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "lib", *arguments], env=environment, check=True, stdout=subprocess.DEVNULL
    )  # fmt: skip
    return time.perf_counter() - started


class _OtherWriter(threading.Thread):
    """Writes one small row every 50 ms, as a person at work would, and notes the longest that it had to wait."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self.store = open_database(url)
        self.longest, self.going = 0.0, True

    def run(self) -> None:
        sentence = text("UPDATE data_versions SET version = version + 1 WHERE subject = 'screens'")
        while self.going:
            started = time.perf_counter()
            with self.store.writing.begin() as connection:
                connection.execute(sentence)
            self.longest = max(self.longest, time.perf_counter() - started)
            time.sleep(0.05)

    def stop(self) -> float:
        self.going = False
        self.join()
        self.store.dispose()
        return self.longest


def workbook(path: Path) -> Path:
    """A dealer's year in the import forms: 50,000 leads and 50,000 policies."""
    if path.exists():
        return path
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    _sheet(book, "渠道", ["编码", "名称", "类型", "上级编码"], [["S1", "东风店", "4S店", None]])
    people = [[f"c{number}", f"顾{number}", "销售顾问", "S1"] for number in range(20)]
    _sheet(book, "人员", ["工号", "姓名", "角色", "渠道编码"], people)
    _sheet(book, "车型", ["车型", "指导价"], [["远途A7", 159800], ["星河E", 209900]])
    _sheet(
        book, "客流",
        LEAD_HEADINGS,
        map(_lead, range(LEADS)),
    )  # fmt: skip
    _sheet(
        book, "保单",
        POLICY_HEADINGS,
        map(_policy, range(POLICIES)),
    )  # fmt: skip
    book.close()
    return path


def _lead(number: int) -> list[object]:
    day = TODAY - timedelta(days=number % 365)
    ordered = number % 5 == 0
    return [
        f"K{number:06}", f"{day} 10:{number % 60:02}", SOURCES[number % 5], "S1", f"c{number % 20}", f"客{number}",
        f"139{number:08}" if number % 4 else None, "远途A7", f"{day} 15:00" if number % 2 else None,
        f"{day} 16:00" if ordered else None, 150000 + number % 100 if ordered else None,
    ]  # fmt: skip


def _policy(number: int) -> list[object]:
    car, second = divmod(number, 2)
    starts = TODAY - timedelta(days=car % 330)
    expires = _next_year(starts) - timedelta(days=1)
    return [
        "人保财险", f"P{number:08}", "交强险" if second else "商业险", "续保" if car % 3 else "新保", _vin(car), None,
        f"户{car}", f"138{car:08}", f"{starts - timedelta(days=8)} 11:00", str(starts), str(expires),
        950 if second else 3200.5, 0.15, "S1",
    ]  # fmt: skip


def _next_year(day: date) -> date:
    return day.replace(year=day.year + 1, day=min(day.day, 28) if day.month == 2 else day.day)


def _vin(number: int) -> str:
    return f"LHG{VIN_LETTERS[number % 20]}K8679{number:08}"


def _sheet(book: xlsxwriter.Workbook, name: str, headings: list[str], lines: object) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, headings)
    for place, line in enumerate(lines, start=1):  # type: ignore[call-overload]
        sheet.write_row(place, 0, line)
