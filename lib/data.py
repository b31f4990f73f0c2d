"""The two doors to the database. `read` shares each view by data version; `write` is one checked transaction."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property
from threading import Condition, get_native_id
from typing import Any, Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from cachetools import LRUCache, cached
from sqlalchemy import BigInteger, Connection, Update, bindparam, cast, func, insert, select, update
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm import Session

from db.engine import Database, open_database
from db.queries import audit
from db.tables import AuditEntry, DataVersion
from db.tables.records import VERSION_PARTS
from db.terms import Subject
from lib import clock, settings
from lib.access import Actor, Permission
from lib.actors import refreshed
from lib.refusals import N_, Conflict, NotInstalled, Refused, Unavailable

P = ParamSpec("P")
R = TypeVar("R")

SHARED_VIEWS = 2000

# Every read and every write asks these; they are built once.
VERSIONS = select(DataVersion.subject, cast(func.sum(DataVersion.version), BigInteger)).group_by(DataVersion.subject)
RAISE = (
    update(DataVersion)
    .where(DataVersion.subject == bindparam("raised"), DataVersion.part == bindparam("raised_part"))
    .values(version=DataVersion.version + 1)
)
NEW_ENTRY = insert(AuditEntry)

_open: dict[str, Database] = {}


def database() -> Database:
    """The database that the settings name, opened once per process."""
    url = settings.load().database
    if url not in _open:
        _open[url] = open_database(url)
    return _open[url]


@dataclass
class Change:
    """A running write: its connection, who does it, and when. Commands get one as their first argument."""

    connection: Connection
    actor: Actor
    at: datetime
    zone: ZoneInfo
    subjects: set[Subject] = field(default_factory=set)
    recorded: bool = False

    @property
    def today(self) -> date:
        return clock.business_day(self.at, self.zone)

    @cached_property
    def session(self) -> Session:
        """A session over the connection, made for the commands that ask for one."""
        return Session(self.connection, expire_on_commit=False)

    def flush(self) -> None:
        """Write what the session holds back, if there is one."""
        if "session" in self.__dict__:
            self.session.flush()

    def record(
        self, action: str, subject: str | None = None, subject_id: int | None = None, channel_id: int | None = None,
        **details: Any,
    ) -> None:  # fmt: skip
        """Add the audit row. `details` hold masked values only."""
        self.recorded = True
        self.connection.execute(
            NEW_ENTRY,
            {
                "at": self.at, "actor_id": self.actor.user_id, "actor_name": self.actor.username or self.actor.name,
                "action": action, "subject": subject, "subject_id": subject_id, "channel_id": channel_id,
                "details": details,
            },
        )  # fmt: skip

    def claim(self, table: Any, row_id: int, seen: int, **values: Any) -> None:
        """Update one row only if nobody changed it since it was seen; otherwise say who did, and when."""
        result = self.connection.execute(_claim(table), {"claimed": row_id, "seen": seen, "version": seen + 1} | values)
        if result.rowcount != 1:
            raise self._conflict(table.__tablename__, row_id)

    def _conflict(self, subject: str, row_id: int) -> Conflict:
        last = self.session.execute(audit.told_of(subject, row_id).limit(1)).first()
        if last is None:
            return Conflict(N_("Someone changed this record. What you typed is kept; check it and save again."))
        return Conflict(
            N_("{who} changed this record at {when}. What you typed is kept; check it and save again."),
            who=last.who, when=last.at.astimezone(self.zone).strftime("%H:%M:%S"),
        )  # fmt: skip


@cache
def _claim(table: Any) -> Update:
    return update(table).where(table.id == bindparam("claimed"), table.version == bindparam("seen"))


def reads(*subjects: Subject) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare which subjects a read depends on: it is computed anew when one of their versions has risen."""

    def mark(fn: Callable[P, R]) -> Callable[P, R]:
        fn.subjects = frozenset(subjects)  # type: ignore[attr-defined]
        return fn

    return mark


def command(permission: Permission, *subjects: Subject) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare what a command needs to be allowed and which subjects' versions it raises."""

    def mark(fn: Callable[P, R]) -> Callable[P, R]:
        fn.permission, fn.subjects = permission, frozenset(subjects)  # type: ignore[attr-defined]
        return fn

    return mark


@dataclass(frozen=True)
class _Call:
    """One read with all that its result depends on. Equal calls share one result."""

    fn: Callable[..., Any] = field(compare=False)
    key: Hashable

    def __hash__(self) -> int:
        return hash(self.key)


def read(fn: Callable[Concatenate[Connection, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a read, or hand out what an equal one gave at the same data versions. Results are shared: never change one.

    Errors: `Unavailable` when the database is away; whatever the read itself refuses.
    """
    with reachable(), database().reading.connect() as connection:
        return within(connection, fn, *args, **kwargs)


def within(connection: Connection, fn: Callable[Concatenate[Connection, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """A read asked by another one, on its connection: shared too. The outer one must name the inner one's subjects."""
    subjects: frozenset[Subject] = fn.subjects  # type: ignore[attr-defined]
    seen = versions(connection)
    stamp = tuple(seen.get(subject, 0) for subject in sorted(subjects))
    arguments = (*args, *sorted(kwargs.items()))
    key = (settings.load().database, fn.__module__, fn.__qualname__, arguments, stamp)
    return _shared(_Call(lambda: fn(connection, *args, **kwargs), key))  # type: ignore[no-any-return]


@cached(LRUCache(SHARED_VIEWS), condition=Condition())
def _shared(call: _Call) -> Any:
    return call.fn()


def fresh(fn: Callable[Concatenate[Connection, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a read whose result is not shared (personal data of one case, a search)."""
    with reachable(), database().reading.connect() as connection:
        return fn(connection, *args, **kwargs)


def versions(connection: Connection) -> dict[Subject, int]:
    """The data versions now."""
    return {subject: version for subject, version in connection.execute(VERSIONS)}  # noqa: C416 - rows are no pairs to mypy


def write(fn: Callable[Concatenate[Change, P], R], actor: Actor, *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a command in one transaction: actor read again, permission, work, audit, data versions, commit.

    Errors: `NotAllowed`, `Conflict`, `Invalid`, `NotFound` from the command; `Unavailable` when the database is away.
    """
    with transaction(actor) as change:
        change.actor = refreshed(change.connection, actor)
        change.actor.require(fn.permission)  # type: ignore[attr-defined]
        change.subjects |= fn.subjects  # type: ignore[attr-defined]
        result = fn(change, *args, **kwargs)
        if not change.recorded:
            raise AssertionError(f"{fn.__qualname__} wrote no audit row")
    return result


@contextmanager
def transaction(actor: Actor, at: datetime | None = None, bind: Connection | None = None) -> Iterator[Change]:
    """One write transaction; the subjects named in the change are raised just before it commits.

    `bind` is a connection that was made ready for it (`connection`), where the work before the lock is long.
    """
    store = database()
    with store.turn(), reachable(), nullcontext(bind) if bind else store.writing.connect() as opened, opened.begin():
        change = Change(opened, actor, at or clock.now(), settings.load().zone)
        yield change
        change.flush()
        raise_versions(opened, change.subjects)


@contextmanager
def connection() -> Iterator[Connection]:
    """A connection that can write, with no transaction begun."""
    with reachable(), database().writing.connect() as opened:
        yield opened


@contextmanager
def upkeep() -> Iterator[Connection]:
    """A write transaction for what the database keeps for itself (sums): no business fact changes, so nobody is asked
    for, nothing is put on record and no data version rises."""
    store = database()
    with store.turn(), reachable(), store.writing.connect() as opened, opened.begin():
        yield opened


@contextmanager
def snapshot() -> Iterator[Connection]:
    """A connection whose reads all see one moment of the database; it stops no writer."""
    with reachable(), database().reading.connect() as opened:
        if database().embedded:
            opened.exec_driver_sql("BEGIN")
            try:
                yield opened
            finally:
                opened.exec_driver_sql("ROLLBACK")
        else:
            yield opened.execution_options(isolation_level="REPEATABLE READ")


def raise_versions(connection: Connection, subjects: set[Subject]) -> None:
    """Count a change of each subject. In one order, so that two writers never wait for each other in a ring."""
    part = get_native_id() % version_parts(connection)
    for subject in sorted(subjects):
        connection.execute(RAISE, {"raised": subject, "raised_part": part})


def version_parts(connection: Connection) -> int:
    """In how many parts a subject's version is kept."""
    return 1 if connection.dialect.name == "sqlite" else VERSION_PARTS


@contextmanager
def reachable() -> Iterator[None]:
    """Turn the drivers' many ways of saying "not there" into one sentence."""
    try:
        yield
    except Refused:
        raise
    except (OperationalError, InterfaceError, NoConnectionFree) as error:
        raise (NotInstalled if lacks_tables(error) else Unavailable) from error
    except DBAPIError as error:
        if lacks_tables(error):
            raise NotInstalled from error
        if error.connection_invalidated:
            raise Unavailable from error
        raise


def lacks_tables(error: BaseException) -> bool:
    """Whether a driver's error says that a table or column is not there."""
    said = str(getattr(error, "orig", error))
    return any(sign in said for sign in ("no such table", "no such column", "UndefinedTable", "UndefinedColumn")) or (
        getattr(getattr(error, "orig", None), "sqlstate", None) in {"42P01", "42703"}
    )
