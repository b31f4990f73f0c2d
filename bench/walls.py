"""Wall screens on one process: how long a tick takes, what the process uses, how soon a change is on every wall."""

import asyncio
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import uuid4

from sqlalchemy import insert, select, update

from bench.browsing import Viewer
from bench.measure import quantile
from bench.serving import Serving, served
from bench.table import Row
from db.tables import Channel, Lead, LeadEvent, User
from db.terms import LeadEventKind, Subject
from lib import clock, data, screen_links
from lib.access import SYSTEM

COUNTS = (1, 10, 50, 100)
WATCH_SECONDS = 20
CHANGES = 3
TICK_P95_MS = 60
CORE_SHARE = 0.6
CHANGE_SECONDS = 2.0
START_SECONDS = 4.0
TARGETED_COUNT = 50


@dataclass
class Hearing:
    """When each viewer first heard of a change, by a name that only the change brings."""

    name: bytes = b""
    at: dict[int, float] = field(default_factory=dict)

    def of(self, viewer: int) -> "Listener":
        return Listener(self, viewer)


@dataclass
class Listener:
    """One viewer's ears."""

    hearing: Hearing
    viewer: int

    def __call__(self, message: bytes, at: float) -> None:
        if self.hearing.name and self.hearing.name in message:
            self.hearing.at.setdefault(self.viewer, at)


def rows(engine: str, size: str) -> Iterator[Row]:
    """A row a number of walls, and the start of the server. The doors must be open to the database."""
    where = f"{engine} {size}"
    link = data.write(screen_links.add, SYSTEM, f"bench {uuid4().hex[:6]}", store_channel(), {"language": "zh"})
    with served() as serving:
        first = asyncio.run(_first_page(serving, link))
        started = serving.started_seconds + first
        yield Row(
            "server start to first page",
            where,
            f"{started:.1f} s",
            "",
            f"{START_SECONDS:.0f} s",
            started <= START_SECONDS,
        )
        for count in COUNTS:
            yield from asyncio.run(_walls(serving, link, count, where))


def store_channel() -> int:
    """The first store."""
    with data.database().reading.connect() as connection:
        return (
            connection.scalars(select(Channel.id).where(Channel.parent_id.is_(None)).order_by(Channel.id)).first() or 0
        )


async def _first_page(serving: Serving, link: str) -> float:
    viewer = wall(serving, link)
    await viewer.open()
    await viewer.close()
    return viewer.first_page_ms / 1000


def wall(serving: Serving, link: str) -> Viewer:
    """A page that shows the wall of a link."""
    page, _, query = link.lstrip("/").partition("?")
    return Viewer(serving.port, query, page)


async def _walls(serving: Serving, link: str, count: int, where: str) -> Iterator[Row]:
    hearing = Hearing()
    viewers = [wall(serving, link) for _ in range(count)]
    for number, viewer in enumerate(viewers):
        viewer.heard = hearing.of(number)
        await viewer.open()
    used, begun = serving.cpu_seconds(), time.perf_counter()
    changes = threading.Thread(target=(delays := _Changes(hearing, count)).run)
    changes.start()
    await asyncio.gather(*(viewer.watch(WATCH_SECONDS) for viewer in viewers))
    share = (serving.cpu_seconds() - used) / (time.perf_counter() - begun)
    changes.join()
    for viewer in viewers:
        await viewer.close()
    took = [each for viewer in viewers for each in viewer.took]
    p50, p95, slowest = quantile(took, 0.5), quantile(took, 0.95), max(delays.seconds, default=float("inf"))
    aimed = count == TARGETED_COUNT
    return iter((
        Row(f"{count} walls, a tick", where, f"p50 {p50:.0f} ms, p95 {p95:.0f} ms", f"{len(took)} ticks",
            f"p95 {TICK_P95_MS} ms" if aimed else "", p95 <= TICK_P95_MS if aimed else None),
        Row(f"{count} walls, the process", where, f"{share:.0%} of a core", f"{serving.memory_mb():.0f} MB",
            f"{CORE_SHARE:.0%}" if aimed else "", share <= CORE_SHARE if aimed else None),
        Row(f"{count} walls, change to every wall", where, f"{slowest:.2f} s", f"{len(delays.seconds)} changes",
            f"{CHANGE_SECONDS:.0f} s" if aimed else "", slowest <= CHANGE_SECONDS if aimed else None),
    ))  # fmt: skip


@dataclass
class _Changes:
    """Deliveries recorded by another process while the walls watch, each told by a consultant's new name."""

    hearing: Hearing
    count: int
    seconds: list[float] = field(default_factory=list)

    def run(self) -> None:
        for _ in range(CHANGES):
            time.sleep(WATCH_SECONDS / (CHANGES + 2))
            name = f"W{uuid4().hex[:8]}"
            self.hearing.at.clear()
            self.hearing.name = name.encode()
            done = _deliver(name)
            deadline = done + WATCH_SECONDS / (CHANGES + 2)
            while len(self.hearing.at) < self.count and time.perf_counter() < deadline:
                time.sleep(0.02)
            missing = self.count - len(self.hearing.at)
            self.seconds.append(float("inf") if missing else max(self.hearing.at.values()) - done)


def _deliver(name: str) -> float:
    """One delivery by a consultant who is called so from now on; the moment at which it was committed."""
    with data.transaction(SYSTEM) as change:
        lead = change.session.execute(select(Lead).where(Lead.channel_id == store_channel()).limit(1)).scalar_one()
        change.session.execute(update(User).where(User.id == lead.consultant_id).values(name=name))
        change.session.execute(
            insert(LeadEvent).values(
                lead_id=lead.id, kind=LeadEventKind.DELIVERY, at=clock.now(), business_on=change.today, hour=12,
                channel_id=lead.channel_id, consultant_id=lead.consultant_id, source=lead.source,
            )
        )  # fmt: skip
        change.subjects |= {Subject.SALES, Subject.PEOPLE}
    return time.perf_counter()
