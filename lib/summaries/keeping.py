"""Keeping the sums of whole months: what is marked is summed up anew, one month in one short transaction."""

from collections.abc import Callable, Iterator
from datetime import date

import structlog
from sqlalchemy import Connection, func, select

from db.queries.summaries import making, stale
from db.tables.summaries import MonthKind
from lib import data
from lib.periods import Period, Unit, whole
from lib.refusals import Unavailable

log = structlog.get_logger("desk.summaries")

LOOK_EVERY = 5.0  # seconds
AT_ONCE = 5000  # marks named in one sentence
ONE_AT_A_TIME = 0x73756D73  # the advisory lock of whoever sums up, among all processes of one PostgreSQL


def sum_up() -> int:
    """Sum up every marked month; how many there were. Safe beside writers and in several processes at once."""
    waiting = data.fresh(_waiting)
    for kind, month in waiting:
        with data.upkeep() as connection:
            _sum_up(connection, kind, month)
    return len(waiting)


def keep_on(wait: Callable[[float], bool]) -> None:
    """Sum up what is marked, until `wait` (seconds; true: stop) says so. A database that is away is waited for."""
    while True:
        try:
            if count := sum_up():
                log.debug("months summed up", count=count)
        except Unavailable:
            log.info("database away")
        if wait(LOOK_EVERY):
            return


def _waiting(connection: Connection) -> tuple[tuple[MonthKind, int], ...]:
    return tuple((row.kind, row.month) for row in connection.execute(stale.waiting()))


def _sum_up(connection: Connection, kind: MonthKind, month: int) -> None:
    """The marks that are seen here go; one that another transaction commits meanwhile stays, and calls for the next
    time: what it stands for may not have been seen."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
    marks = connection.execute(stale.marks(), {"kind": kind, "month": month}).all()
    days = _days(month)
    values = {"month": month, "first": days.first, "last": days.last}
    channels = sorted({mark.channel_id for mark in marks})
    for sentence in making.sentences(kind) if channels else ():
        connection.execute(sentence, values | {"channels": channels})
    for some in _batches([mark.id for mark in marks]):
        connection.execute(stale.settled(), {"ids": some})


def _days(month: int) -> Period:
    return whole(Unit.MONTH, date((month - 1) // 12, (month - 1) % 12 + 1, 1))


def _batches(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
