"""A store at work on one process: thirty specialists and fifty walls, an act of each person every twenty seconds."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from random import random
from uuid import uuid4

from sqlalchemy import insert, select

from bench.browsing import Viewer
from bench.measure import quantile
from bench.serving import Serving, served
from bench.table import Row
from bench.walls import store_channel, wall
from bench.writes import TYPED, shares
from db.tables import Session, User
from db.terms import Role
from lib import clock, data, keys, screen_links
from lib.access import SYSTEM
from lib.actors import active_user, actor_of
from lib.refusals import Refused
from lib.renewals import acts, queue
from lib.signing_in import cookies, sessions

PEOPLE, WALLS = 30, 50
ACT_SECONDS, WATCH_SECONDS = 20.0, 60.0
PAGE_P95_MS, TICK_P95_MS, CORE_SHARE = 250, 60, 0.6


@dataclass
class Measured:
    """Milliseconds of pages drawn after an act, and of acts."""

    pages: list[float] = field(default_factory=list)
    acts: list[float] = field(default_factory=list)
    failed: int = 0


def rows(engine: str, size: str) -> Iterator[Row]:
    """Pages, walls and the process while all of them work. The doors must be open to the database."""
    link = data.write(screen_links.add, SYSTEM, f"bench {uuid4().hex[:6]}", store_channel(), {"language": "zh"})
    with served() as serving:
        yield from asyncio.run(_work(serving, link, f"{engine} {size}"))


async def _work(serving: Serving, link: str, where: str) -> Iterator[Row]:
    walls = [wall(serving, link) for _ in range(WALLS)]
    people = [Viewer(serving.port, f"case={case}", "renewals", cookie=cookie) for cookie, case in _signed_in()]
    for viewer in [*walls, *people]:
        await viewer.open()
    measured, work = Measured(), shares(PEOPLE)
    used, begun = serving.cpu_seconds(), time.perf_counter()
    await asyncio.gather(
        *(viewer.watch(WATCH_SECONDS) for viewer in walls),
        *(_person(viewer, share, measured) for viewer, share in zip(people, work, strict=True)),
    )
    share = (serving.cpu_seconds() - used) / (time.perf_counter() - begun)
    for viewer in [*walls, *people]:
        await viewer.close()
    ticks = [each for viewer in walls for each in viewer.took]
    pages, tick = quantile(measured.pages, 0.95), quantile(ticks, 0.95)
    what = f"{PEOPLE} specialists and {WALLS} walls"
    return iter((
        Row(f"{what}: a page", where, f"p50 {quantile(measured.pages, 0.5):.0f} ms, p95 {pages:.0f} ms",
            f"{len(measured.pages)} pages", f"p95 {PAGE_P95_MS} ms", pages <= PAGE_P95_MS),
        Row(f"{what}: a wall's tick", where, f"p50 {quantile(ticks, 0.5):.0f} ms, p95 {tick:.0f} ms",
            f"{len(ticks)} ticks", f"p95 {TICK_P95_MS} ms", tick <= TICK_P95_MS),
        Row(f"{what}: an act", where, f"p95 {quantile(measured.acts, 0.95):.0f} ms",
            f"{len(measured.acts)} acts, {measured.failed} failed"),
        Row(f"{what}: the process", where, f"{share:.0%} of a core", f"{serving.memory_mb():.0f} MB",
            f"{CORE_SHARE:.0%}", share <= CORE_SHARE),
    ))  # fmt: skip


async def _person(viewer: Viewer, share: list[tuple[object, int, int]], measured: Measured) -> None:
    """Act, then see the page drawn anew, every twenty seconds."""
    await asyncio.sleep(random() * ACT_SECONDS)
    until = time.perf_counter() + WATCH_SECONDS - ACT_SECONDS
    for actor, case, version in share:
        if time.perf_counter() > until:
            break
        started = time.perf_counter()
        try:
            await asyncio.to_thread(data.write, acts.contact, actor, case, version, TYPED)  # type: ignore[arg-type]
        except Refused:
            measured.failed += 1
        measured.acts.append((time.perf_counter() - started) * 1000)
        measured.pages.append(await viewer.draw())
        await asyncio.sleep(ACT_SECONDS)


def _signed_in() -> list[tuple[str, int]]:
    """A cookie for each of thirty sessions of the store's specialists, and a case that each of them has open."""
    made, now = [], clock.now()
    with data.transaction(SYSTEM) as change:
        specialists = select(User.id).where(User.role == Role.RENEWAL_SPECIALIST).order_by(User.id).limit(PEOPLE)
        found = [
            actor_of(change.connection.execute(active_user(each)).one())
            for each in change.connection.scalars(specialists)
        ]
        for place in range(PEOPLE):
            actor, key, ends = found[place % len(found)], keys.token(), now + timedelta(hours=1)
            row = {"key_hash": sessions.digest_of(key), "user_id": actor.user_id, "started_at": now}
            change.connection.execute(insert(Session).values(expires_at=ends, **row))
            lines = queue.page(change.connection, actor.own_scope, change.today).lines
            made.append((f"{cookies.SESSION}={cookies.for_session(key, ends)}", lines[place % len(lines)].id))
    return made
