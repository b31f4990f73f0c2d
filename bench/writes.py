"""One status change through `lib` (actor, event, audit, data version) while others do the same: paced and not."""

import gc
import threading
import time
from collections.abc import Iterator
from itertools import cycle, islice

from sqlalchemy import select

from bench.measure import quantile
from bench.table import Row
from db.tables import Renewal, User
from db.terms import ContactMethod, ContactOutcome, Role
from lib import data
from lib.access import Actor
from lib.actors import active_user, actor_of
from lib.refusals import Conflict
from lib.renewals import acts

WRITERS = (1, 8, 32)
PAUSES = (0.02, 0.0)
ACTS = 30  # of each writer
PACED_P95_MS = 50
TYPED = acts.Contact(ContactMethod.PHONE, ContactOutcome.CONSIDERING, "再考虑", None)


def rows(engine: str, size: str) -> Iterator[Row]:
    """A row a number of writers, with a pause between two acts of each and without.

    What is loaded by now is left to no collector again, as the server has it (`lib/ui/start.py`).
    """
    gc.collect()
    gc.freeze()
    for pause in PAUSES:
        for count in WRITERS:
            yield _measured(f"{engine} {size}", count, pause)


def _measured(where: str, count: int, pause: float) -> Row:
    took: list[float] = []
    troubles: list[str] = []
    hands = [threading.Thread(target=_work, args=(work, pause, took, troubles)) for work in shares(count)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    p50, p95 = quantile(took, 0.5), quantile(took, 0.95)
    aimed = count == max(WRITERS) and pause > 0
    paced = f"pausing {pause * 1000:.0f} ms" if pause else "without a pause"
    return Row(
        f"status change, {count} writers {paced}", where, f"p50 {p50:.1f} ms, p95 {p95:.1f} ms, max {max(took):.0f} ms",
        f"{len(took)} acts, {len(troubles)} failed", f"p95 {PACED_P95_MS} ms, none failed" if aimed else "",
        p95 <= PACED_P95_MS and not troubles if aimed else None,
    )  # fmt: skip


def shares(count: int) -> list[list[tuple[Actor, int, int]]]:
    """Each writer's cases with the version that it saw, and the manager who acts."""
    with data.database().reading.connect() as connection:
        managers = connection.scalars(select(User.id).where(User.role == Role.MANAGER).order_by(User.id)).all()
        actors = [actor_of(connection.execute(active_user(each)).one()) for each in managers[:count]]
        roots = [actor.channel_id for actor in actors]
        open_ones = (
            select(Renewal.id, Renewal.version, Renewal.channel_id)
            .where(Renewal.closed_at.is_(None), Renewal.channel_id.in_(roots), Renewal.queue_on.is_not(None))
            .order_by(Renewal.version, Renewal.id)
            .limit(count * ACTS)
        )
        found = connection.execute(open_ones).all()
    by_root = {actor.channel_id: actor for actor in actors}
    dealt: list[list[tuple[Actor, int, int]]] = [[] for _ in range(count)]
    for share, row in zip(islice(cycle(dealt), len(found)), found, strict=True):
        share.append((by_root[row.channel_id], row.id, row.version))
    return dealt


def _work(share: list[tuple[Actor, int, int]], pause: float, took: list[float], troubles: list[str]) -> None:
    """A writer's acts. The first is not timed: it opens the connection, which a desk that runs has open."""
    for place, (actor, case, version) in enumerate(share):
        started = time.perf_counter()
        try:
            data.write(acts.contact, actor, case, version, TYPED)
        except Conflict:
            troubles.append("conflict")
        except Exception as error:
            troubles.append(type(error).__name__)
        if place:
            took.append((time.perf_counter() - started) * 1000)
        time.sleep(pause)
