"""The renewal queue: what a person has to do, most urgent first, in pages that are found by key (R2, R3, R5)."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping

from db.queries import renewal_queue as queries
from db.queries.channels import after, subtree
from db.queries.renewal_queue import AHEAD, Kind, Owners, Reach, Turn
from db.terms import (
    ContactMethod,
    ContactOutcome,
    NextAction,
    QueueView,
    RenewalStatus,
    RenewalType,
    Stage,
    Subject,
    Tier,
)
from lib import identifiers, masking
from lib.access import Scope
from lib.data import reads
from lib.periods import Unit, whole
from lib.renewals.facts import ARCHIVED_AFTER
from lib.renewals.scripts import stage

PAGE = 50
SHOWN_TO = queries.COUNTED_TO - 1
VIN_START = re.compile(r"[A-HJ-NPR-Z0-9]{11,17}")  # places that few cars share: maker, model, year and works
VIN_TAIL = re.compile(rf"[A-HJ-NPR-Z0-9]{{{masking.VIN_SHOWN}}}")
PLATE_START = re.compile(rf"[{identifiers.PROVINCES}][A-Z].*", re.DOTALL)
PLATE_END = re.compile(r"[A-HJ-NP-Z][A-HJ-NP-Z0-9]{5,6}")  # a plate without the character of its province
OWN_VIEWS = tuple(QueueView)
ALL_VIEWS = tuple(view for view in QueueView if view is not QueueView.OWN)


class Place(NamedTuple):
    """A row's place in the order: the page goes on from here."""

    segment: int
    queue_on: date
    due_on: date
    tier_rank: int
    id: int


class Line(NamedTuple):
    """One case in the list: what stands in the row, then personal values masked, then what the day makes of it."""

    id: int
    version: int
    status: RenewalStatus
    type: RenewalType
    due_on: date
    next_action: NextAction | None
    next_action_on: date | None
    call_due_on: date | None
    partly_renewed: bool
    owner_id: int | None
    owner: str | None
    car_model: str | None
    tier: Tier | None
    insurer: str | None
    contacted_at: datetime | None
    last_method: ContactMethod | None
    last_outcome: ContactOutcome | None
    plate: str | None
    vin: str | None
    customer: str | None
    stage: Stage
    days_left: int
    call_overdue: bool
    place: Place | None


AS_READ = itemgetter(*Line._fields[: Line._fields.index("plate")])
KEYS = itemgetter("segment", *queries.KEYS)


@dataclass(frozen=True)
class Page:
    """Up to fifty cases, and the places from which the next and the previous page go on, where there is one."""

    lines: tuple[Line, ...]
    next: Place | None
    previous: Place | None


@reads(Subject.RENEWALS, Subject.POLICIES, Subject.CHANNELS, Subject.PEOPLE)
def page(
    connection: Connection, scope: Scope, today: date, view: QueueView = QueueView.ALL, owner_id: int | None = None,
    place: Place | None = None, backward: bool = False,
) -> Page:  # fmt: skip
    """The page beyond a place (backward: before it). `owner_id` narrows a manager's view to one person."""
    reach, values = _reach(connection, scope, owner_id)
    values |= _days(today) | {"size": PAGE + 1}
    if place is not None:
        values |= {f"from_{name}": getattr(place, name) for name in queries.KEYS}
    turn = Turn(place.segment if place else None, backward and place is not None)
    rows = connection.execute(queries.page(view, reach, turn), values).mappings().all()
    more = len(rows) > PAGE
    lines = tuple(_line(row, today) for row in rows[:PAGE])
    if turn.backward:
        lines = lines[::-1]
    onward, back = (True, more) if turn.backward else (more, place is not None)
    return Page(
        lines,
        next=lines[-1].place if onward and lines else None,
        previous=lines[0].place if back and lines else None,
    )


@reads(Subject.RENEWALS, Subject.POLICIES, Subject.CHANNELS, Subject.PEOPLE)
def first(
    connection: Connection, scope: Scope, today: date, view: QueueView, owner_id: int | None, limit: int
) -> tuple[Line, ...]:
    """The first cases of a view, for a file."""
    reach, values = _reach(connection, scope, owner_id)
    values |= _days(today) | {"size": limit}
    rows = connection.execute(queries.page(view, reach, Turn(None, backward=False)), values).mappings()
    return tuple(_line(row, today) for row in rows)


@reads(Subject.RENEWALS, Subject.CHANNELS)
def counts(connection: Connection, scope: Scope, today: date, owner_id: int | None = None) -> dict[QueueView, int]:
    """How many cases each view holds; counting stops at a thousand, shown as 999+."""
    reach, values = _reach(connection, scope, owner_id)
    views = OWN_VIEWS if scope.owner_id is not None else ALL_VIEWS
    row = connection.execute(queries.counts(reach, views), values | _days(today)).mappings().one()
    return {view: row[view] for view in views}


def found(connection: Connection, scope: Scope, today: date, text: str) -> tuple[Line, ...]:
    """Cases by start of plate or name, a plate without its province, start or last six places of the VIN, last four
    digits of the phone; at most fifty.

    Decided cases are found too. The text is never kept: this read is not shared and the text goes into no address.
    """
    typed = identifiers.folded(text)
    if typed is None:
        return ()
    reach, values = _reach(connection, scope, None)
    rows: dict[int, RowMapping] = {}
    for kind, wanted in _readings(typed):  # each by an index of its own
        meant = values | {"text": wanted, "text_end": wanted + "\U0010ffff", "size": PAGE}
        if kind is Kind.PLATE_END:
            meant |= {"plates": [province + wanted for province in identifiers.PROVINCES]}
        rows |= {row["id"]: row for row in connection.execute(queries.found(kind, reach), meant).mappings()}
    return tuple(_line(row, today) for row in sorted(rows.values(), key=_urgency)[:PAGE])


def _readings(typed: str) -> tuple[tuple[Kind, str], ...]:
    """What a text may mean: a number that it looks like, and a name, which may begin like one."""
    plain = "".join(typed.split()).upper()
    if plain.isdigit() and len(plain) in (4, 11):
        return ((Kind.PHONE, plain[-4:]),)
    names = tuple((Kind.NAME, each) for each in dict.fromkeys((typed, typed.upper(), typed.title())))
    looks = ((PLATE_END, Kind.PLATE_END), (VIN_TAIL, Kind.VIN_TAIL), (VIN_START, Kind.VIN), (PLATE_START, Kind.PLATE))
    number = next(((kind, plain) for pattern, kind in looks if pattern.fullmatch(plain)), None)
    return names if number is None else (number, *names)


def _urgency(row: RowMapping) -> tuple[bool, date, int, int]:
    """The order of what several sentences found: that of each of them."""
    queue_on: date | None = row["queue_on"]
    return queue_on is None, queue_on or date.min, -row["due_on"].toordinal(), row["id"]


def _reach(connection: Connection, scope: Scope, owner_id: int | None) -> tuple[Reach, dict[str, Any]]:
    """The shape of a scope and its values. Someone who sees their own alone sees the unassigned too."""
    values: dict[str, Any] = {}
    channels = None
    if scope.path is not None:
        ids = connection.scalars(subtree(), {"path": scope.path, "path_end": after(scope.path)}).all()
        channels = len(ids)
        values = {"channels": ids, **{f"channel_{number}": each for number, each in enumerate(ids)}}
    if scope.owner_id is not None:
        return Reach(channels, Owners.ONE_OR_NOBODY), values | {"owner": scope.owner_id}
    if owner_id is not None:
        return Reach(channels, Owners.ONE), values | {"owner": owner_id}
    return Reach(channels, Owners.ANYBODY), values


def _days(today: date) -> dict[str, Any]:
    ahead = {f"in_{days}": today + timedelta(days=days) for days in AHEAD.values()}
    return {
        "today": today,
        "week_end": whole(Unit.WEEK, today).last,
        "oldest": today - timedelta(days=ARCHIVED_AFTER),
        **ahead,
    }


def _line(row: RowMapping, today: date) -> Line:
    """Lines are tuples and built by position: there are fifty on a page, and most of a page's time goes into them."""
    due_on, call_due_on = row["due_on"], row["call_due_on"]
    return Line._make(
        (
            *AS_READ(row),
            masking.plate(row["plate"]),
            masking.vin(row["vin"]),
            masking.name(row["customer"]),
            stage(due_on, today),
            (due_on - today).days,
            call_due_on is not None and call_due_on < today,
            Place._make(KEYS(row)) if "segment" in row else None,
        )
    )
