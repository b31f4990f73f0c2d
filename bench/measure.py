"""Timing what the desk does, and what the same SQL costs by the bare driver: the floor under it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import event

from db.engine import Database

RUNS = 40
SLOW_MS = 400  # what is slower than this is run less often


@dataclass(frozen=True)
class Sentence:
    """One statement as the driver got it."""

    text: str
    parameters: Any


def milliseconds(act: Callable[[], Any], runs: int = RUNS) -> float:
    """The median time of an act, after one run that warms it up."""
    started = perf_counter()
    act()
    if (perf_counter() - started) * 1000 > SLOW_MS:
        runs = max(3, runs // 8)
    times = []
    for _ in range(runs):
        started = perf_counter()
        act()
        times.append(perf_counter() - started)
    return median(times) * 1000


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which a share of the values lies; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def sentences(store: Database, act: Callable[[], Any]) -> list[Sentence]:
    """What an act asks the database."""
    asked: list[Sentence] = []

    def note(_connection: Any, _cursor: Any, text: str, parameters: Any, *_: Any) -> None:
        asked.append(Sentence(text, parameters))

    event.listen(store.reading, "before_cursor_execute", note)
    act()
    event.remove(store.reading, "before_cursor_execute", note)
    return asked


def floor(store: Database, asked: Sequence[Sentence], runs: int = RUNS) -> float:
    """The same sentences by the bare driver over one open connection: nothing built, nothing converted."""
    connection = store.reading.raw_connection()
    cursor = connection.cursor()

    def replay() -> None:
        for sentence in asked:
            cursor.execute(sentence.text, sentence.parameters)
            cursor.fetchall()

    try:
        return milliseconds(replay, runs)
    finally:
        connection.close()
