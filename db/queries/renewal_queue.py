"""The renewal queue: what calls now, page by page, counted and found. Each sentence is built once per shape.

Order: calls after a quote that are overdue, then the day on which the queue calls, the expiry, the customer's tier. A
page reads at most one short range of an index per channel in reach, however many renewals there are.

Parameters: `today`, `week_end`, `oldest` (the earliest expiry that is not archived), `in_7` … `in_90` (days ahead),
`channels` and `channel_0` … (ids), `owner`, `size`, and `from_…`: the keys of the row beyond which a page begins.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    FromClause,
    Select,
    and_,
    bindparam,
    false,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import aliased

from db.queries.hints import unindexed
from db.queries.insurers import insurer_of
from db.tables import Customer, Renewal, RenewalEvent, User, Vehicle
from db.terms import QueueView

R = Renewal
Rows = Select[*tuple[Any, ...]]

COUNTED_TO = 1000  # a count stops here and is shown as 999+
KEYS = ("queue_on", "due_on", "tier_rank", "id")
OVERDUE, REST = 0, 1  # the two segments of the order


class Owners(StrEnum):
    """Whose cases are in reach."""

    ANYBODY = "anybody"
    ONE = "one"
    NOBODY = "nobody"
    ONE_OR_NOBODY = "one_or_nobody"


@dataclass(frozen=True)
class Reach:
    """The shape of a scope: how many channels (none: the whole group), and whose cases."""

    channels: int | None
    owners: Owners


@dataclass(frozen=True)
class Turn:
    """Which way to page, and from a row of which segment; without one, from the beginning."""

    segment: int | None = None
    backward: bool = False


AHEAD = {
    QueueView.IN_7: 7, QueueView.IN_15: 15, QueueView.IN_30: 30, QueueView.IN_60: 60, QueueView.IN_90: 90,
}  # fmt: skip
IN_DAYS = {view: f"in_{days}" for view, days in AHEAD.items()}
OVERDUE_CALL = and_(R.closed_at.is_(None), R.call_due_on.is_not(None), R.call_due_on < bindparam("today"))
NOT_OVERDUE = or_(R.call_due_on.is_(None), R.call_due_on >= bindparam("today"))
NOT_ARCHIVED = unindexed(R.due_on) >= bindparam("oldest", type_=Date())


def narrowed(view: QueueView, due_on: Any = R.due_on) -> list[ColumnElement[bool]]:
    """What a view demands beyond being in the queue."""
    if view in IN_DAYS:
        return [due_on >= bindparam("today", type_=Date()), due_on <= bindparam(IN_DAYS[view], type_=Date())]
    conditions: dict[QueueView, list[ColumnElement[bool]]] = {
        QueueView.OVERDUE: [OVERDUE_CALL],
        QueueView.TODAY: [R.queue_on <= bindparam("today")],
        QueueView.WEEK: [R.queue_on <= bindparam("week_end")],
        QueueView.LAPSED: [
            due_on >= bindparam("oldest", type_=Date()), due_on < bindparam("today", type_=Date()),
        ],
        QueueView.UNASSIGNED: [R.owner_id.is_(None)],
        QueueView.OWN: [R.owner_id == bindparam("owner")],
    }  # fmt: skip
    return conditions.get(view, [])


def within(reach: Reach, channel_id: Any = R.channel_id, owner_id: Any = R.owner_id) -> list[ColumnElement[bool]]:
    """The conditions of a scope."""
    conditions: list[ColumnElement[bool]] = []
    if reach.channels is not None:
        conditions.append(channel_id.in_(bindparam("channels", expanding=True, type_=BigInteger())))
    one, nobody = owner_id == bindparam("owner", type_=BigInteger()), owner_id.is_(None)
    whose: dict[Owners, list[ColumnElement[bool]]] = {
        Owners.ANYBODY: [], Owners.ONE: [one], Owners.NOBODY: [nobody], Owners.ONE_OR_NOBODY: [or_(one, nobody)],
    }  # fmt: skip
    return [*conditions, *whose[reach.owners]]


@cache
def page(view: QueueView, reach: Reach, turn: Turn) -> Rows:
    """The keys of one page, most urgent first (backward: from the row upwards), with what a line of the list shows."""
    keys = _keys(view, reach, turn)
    return _lines(keys).order_by(*_order(keys, turn.backward))


@cache
def counts(reach: Reach, views: tuple[QueueView, ...]) -> Rows:
    """How many cases each view holds, up to `COUNTED_TO`."""
    return select(*(_count(view, reach).label(view) for view in views))


def _count(view: QueueView, reach: Reach) -> ColumnElement[int]:
    queued = unindexed(R.queue_on) if view is QueueView.OVERDUE else R.queue_on
    narrowing = narrowed(view)
    if view is QueueView.UNASSIGNED and reach.channels is not None:
        narrowing = [unindexed(R.owner_id).is_(None)]  # nobody's are many in a group, and few in these channels
    conditions = [queued.is_not(None), NOT_ARCHIVED, *within(reach), *narrowing]
    some = select(literal_column("1")).select_from(R).where(*conditions).limit(COUNTED_TO).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def _keys(view: QueueView, reach: Reach, turn: Turn) -> FromClause:
    branches: list[Rows] = []
    if turn.segment in (None, OVERDUE) or turn.backward:
        branches.append(_overdue(view, reach, turn))
    if view is not QueueView.OVERDUE and not (turn.backward and turn.segment == OVERDUE):
        branches += _rest(view, reach, turn)
    parts = [branch.subquery(f"part_{number}") for number, branch in enumerate(branches)]
    every = union_all(*(select(*part.c) for part in parts)).subquery("every")
    return select(*every.c).order_by(*_order(every, turn.backward)).limit(bindparam("size")).subquery("keys")


def _order(source: FromClause, backward: bool) -> list[ColumnElement[Any]]:
    columns = [source.c[name] for name in ("segment", *KEYS)]
    return [column.desc() if backward else column.asc() for column in columns]


def _overdue(view: QueueView, reach: Reach, turn: Turn) -> Rows:
    """Overdue calls are few: they are all read by the index of calls, and sorted."""
    queued = unindexed(R.queue_on).is_not(None)
    return _ranged(OVERDUE, [OVERDUE_CALL, queued, *within(reach, owner_id=unindexed(R.owner_id))], view, turn)


def _rest(view: QueueView, reach: Reach, turn: Turn) -> list[Rows]:
    """One range for a person's cases, one for each channel otherwise: each comes sorted out of its index."""
    own = within(Reach(reach.channels, Owners.ONE), unindexed(R.channel_id))
    nobody: list[ColumnElement[bool]] = [R.owner_id.is_(None)]
    ranges: list[list[ColumnElement[bool]]] = []
    owners = _owners(view, reach.owners)
    if owners in (Owners.ONE, Owners.ONE_OR_NOBODY):
        ranges.append(own)
    if owners is not Owners.ONE:
        unowned = [] if owners is Owners.ANYBODY else nobody
        ranges += [[*unowned, place] for place in _places(reach)] or [unowned]
    queued = R.queue_on.is_not(None)
    return [_ranged(REST, [queued, NOT_OVERDUE, *conditions], view, turn) for conditions in ranges]


def _owners(view: QueueView, owners: Owners) -> Owners:
    """A view may narrow whose cases are in reach, so that fewer ranges are read."""
    if view is QueueView.UNASSIGNED:
        return Owners.NOBODY
    return Owners.ONE if view is QueueView.OWN else owners


def _places(reach: Reach) -> list[ColumnElement[bool]]:
    if reach.channels == 0:
        return [false()]
    return [R.channel_id == bindparam(f"channel_{number}") for number in range(reach.channels or 0)]


def _ranged(segment: int, conditions: list[ColumnElement[bool]], view: QueueView, turn: Turn) -> Rows:
    """One range in the order of the queue, cut to a page."""
    columns = [getattr(R, name) for name in KEYS]
    found = select(literal_column(str(segment)).label("segment"), *columns).where(NOT_ARCHIVED, *conditions)
    found = found.where(*narrowed(view, unindexed(R.due_on)))
    if turn.segment == segment:
        row, edge = (
            tuple_(*columns),
            tuple_(*(bindparam(f"from_{name}", type_=R.__table__.c[name].type) for name in KEYS)),
        )
        found = found.where(row < edge if turn.backward else row > edge)
    return found.order_by(*(column.desc() if turn.backward else column for column in columns)).limit(bindparam("size"))


def _lines(keys: FromClause) -> Rows:
    """What one line of the list shows of each renewal."""
    contact = aliased(RenewalEvent)
    return (
        select(keys.c.segment, *line_columns(), *_of_contact(contact))
        .join(R, R.id == keys.c.id)
        .join(Vehicle, Vehicle.id == R.vehicle_id)
        .outerjoin(Customer, Customer.id == Vehicle.customer_id)
        .outerjoin(User, User.id == R.owner_id)
        .outerjoin(contact, contact.id == last_contact())
    )


def line_columns() -> list[Any]:
    """The columns of a case's line; needs vehicle, customer and owner joined."""
    return [
        R.id, R.version, R.status, R.type, R.due_on, R.queue_on, R.tier_rank, R.next_action, R.next_action_on,
        R.call_due_on, R.partly_renewed, R.owner_id, User.name.label("owner"), Vehicle.plate, Vehicle.vin,
        Vehicle.car_model, Customer.name.label("customer"), Customer.tier, insurer_of(R.id).label("insurer"),
    ]  # fmt: skip


def _of_contact(contact: Any) -> tuple[ColumnElement[Any], ...]:
    """What a line says of the latest contact."""
    return contact.at.label("contacted_at"), contact.method.label("last_method"), contact.outcome.label("last_outcome")


def last_contact() -> ColumnElement[int]:
    """The key of the latest contact of the renewal that counts."""
    event = aliased(RenewalEvent)
    return (
        select(event.id)
        .where(event.renewal_id == R.id, event.method.is_not(None), event.superseded_at.is_(None))
        .order_by(event.at.desc())
        .limit(1)
        .correlate(R)
        .scalar_subquery()
    )


class Kind(StrEnum):
    """By what a case is looked for."""

    VIN = "vin"
    VIN_TAIL = "vin_tail"
    PLATE = "plate"
    PLATE_END = "plate_end"
    PHONE = "phone"
    NAME = "name"


@cache
def found(kind: Kind, reach: Reach) -> Rows:
    """Cases within reach, decided ones too, whose `text` fits: what is to be done first, then the latest expiry.

    `text_end` closes a range; `plates` are what a plate without its province may be, which may be a VIN's end as well.
    """
    contact = aliased(RenewalEvent)
    text: Any = bindparam("text")
    end: Any = bindparam("text_end")
    fits: ColumnElement[bool] = {
        Kind.VIN: and_(Vehicle.vin >= text, Vehicle.vin < end),
        Kind.VIN_TAIL: Vehicle.vin_tail == text,
        Kind.PLATE: and_(Vehicle.plate >= text, Vehicle.plate < end),
        Kind.PLATE_END: or_(Vehicle.vin_tail == text, Vehicle.plate.in_(bindparam("plates", expanding=True))),
        Kind.PHONE: Customer.mobile_tail == text,
        Kind.NAME: and_(Customer.name >= text, Customer.name < end),
    }[kind]
    return (
        select(*line_columns(), *_of_contact(contact))
        .select_from(Vehicle)
        .join(R, R.vehicle_id == Vehicle.id)
        .outerjoin(Customer, Customer.id == Vehicle.customer_id)
        .outerjoin(User, User.id == R.owner_id)
        .outerjoin(contact, contact.id == last_contact())
        .where(fits, *within(reach, unindexed(R.channel_id), unindexed(R.owner_id)))
        .order_by(R.queue_on.is_(None), R.queue_on, R.due_on.desc(), R.id)
        .limit(bindparam("size"))
    )
