"""Who works which case: given by hand, dealt evenly, handed over when somebody is away. Clocks and history stay."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, update

from db.queries import people
from db.queries import renewal_assignments as queries
from db.tables import Renewal, RenewalEvent, User
from db.terms import Origin, RenewalEventKind, Role, Subject, Tier
from lib.access import Permission, Scope
from lib.data import Change, command, reads
from lib.refusals import N_, Invalid, NotFound
from lib.renewals.rows import tier_rank

AT_ONCE = 5000  # cases in one act; more are given in a second one
EVERY_TIER: tuple[Tier | None, ...] = (*Tier, None)


@dataclass(frozen=True)
class Holder:
    """Somebody with cases in the queue, or who may take some (`takes`)."""

    id: int
    name: str
    active: bool
    takes: bool
    load: int


@dataclass(frozen=True)
class Giveable:
    """A case to give, as far as dealing depends on it."""

    id: int
    tier_rank: int
    path: str


@reads(Subject.RENEWALS, Subject.PEOPLE, Subject.CHANNELS)
def holders(connection: Connection, scope: Scope) -> tuple[Holder, ...]:
    """The specialists of a subtree and everybody else who holds cases there."""
    found = connection.execute(queries.holders(scope.path))
    return tuple(Holder(row.id, row.name, row.active, bool(row.takes), row.load) for row in found)


def deal(cases: Iterable[Giveable], takers: Mapping[int, str], loads: Mapping[int, int]) -> dict[int, int]:
    """Who gets which case: tier by tier to whoever has fewest of the tier dealt so far, then the smallest load.

    `takers` maps people to their home's path: nobody gets a case outside it. Cases that nobody may take are left out.
    """
    given: dict[int, int] = {}
    dealt: dict[tuple[int, int], int] = {}
    load = {taker: loads.get(taker, 0) for taker in takers}
    for case in sorted(cases, key=lambda case: case.tier_rank):
        fit = [taker for taker, home in takers.items() if case.path.startswith(home)]
        if not fit:
            continue
        taker = min(fit, key=lambda taker: (dealt.get((taker, case.tier_rank), 0), load[taker], taker))
        given[case.id] = taker
        dealt[taker, case.tier_rank] = dealt.get((taker, case.tier_rank), 0) + 1
        load[taker] += 1
    return given


@command(Permission.RENEWAL_ASSIGN, Subject.RENEWALS)
def assign(
    change: Change, renewal_ids: tuple[int, ...], to_ids: tuple[int, ...], tiers: tuple[Tier | None, ...] = EVERY_TIER
) -> int:
    """Give these cases to one person, or deal them evenly to several, whoever had them; how many changed hands.

    `tiers` narrows which customers' cases are given. Cases that were decided meanwhile stay as they are. `NotFound`
    where none is left; `Invalid` where some of them are in channels that nobody of these works in.
    """
    takers = _takers(change, to_ids)
    ranks = {tier_rank(tier) for tier in tiers}
    found = change.session.execute(queries.chosen(change.actor.path, renewal_ids[:AT_ONCE])).all()
    if not found:
        raise NotFound
    rows = [row for row in found if row.tier_rank in ranks]
    if not rows:
        raise Invalid(N_("There are no such cases to give."))
    given = _dealt(change, rows, takers)
    if len(given) < len(rows):
        raise Invalid(
            N_("None of these people works in the channels of {count} of these cases. Choose someone who does."),
            field="to_ids", count=len(rows) - len(given),
        )  # fmt: skip
    return _give(change, rows, given, takers)


@command(Permission.RENEWAL_ASSIGN, Subject.RENEWALS)
def distribute(
    change: Change, from_id: int | None, to_ids: tuple[int, ...], tiers: tuple[Tier | None, ...] = EVERY_TIER
) -> int:
    """Deal the cases of a person who is away (none: the unassigned) evenly to others; how many were given.

    `tiers` narrows which customers' cases are dealt. `Invalid` when there is nothing to give or nobody may take it.
    """
    if from_id in to_ids:
        raise Invalid(N_("Choose someone else to take the cases."), field="to_ids")
    if from_id is not None and change.session.get(User, from_id) is None:
        raise NotFound
    takers = _takers(change, to_ids)
    ranks = [tier_rank(tier) for tier in tiers]
    rows = change.session.execute(queries.to_give(change.actor.path, from_id, ranks, AT_ONCE)).all()
    if not rows:
        raise Invalid(N_("There are no such cases to give."))
    given = _dealt(change, rows, takers)
    if not given:
        raise Invalid(N_("None of these people works in the channels of these cases."), field="to_ids")
    return _give(change, rows, given, takers)


def _dealt(change: Change, rows: Sequence[Any], takers: Mapping[int, Any]) -> dict[int, int]:
    loads = {row[0]: row[1] for row in change.session.execute(queries.loads(tuple(takers)))}
    cases = [Giveable(row.id, row.tier_rank, row.path) for row in rows]
    return deal(cases, {taker.id: taker.path for taker in takers.values()}, loads)


def _takers(change: Change, to_ids: Sequence[int]) -> dict[int, Row[Any, Any, Any, Any, Any, Any]]:
    working = change.session.execute(people.working(change.actor.path, (Role.RENEWAL_SPECIALIST,)))
    found = {row.id: row for row in working if row.id in to_ids}
    if not to_ids or len(found) != len(set(to_ids)):
        raise Invalid(N_("Choose renewal specialists who work in your area."), field="to_ids")
    return found


def _give(change: Change, rows: Sequence[Any], given: Mapping[int, int], takers: Mapping[int, Any]) -> int:
    changed = [row for row in rows if row.id in given and row.owner_id != given[row.id]]
    events = []
    for row in changed:
        taker = given[row.id]
        moved = update(Renewal).where(Renewal.id == row.id, Renewal.version == row.version)
        change.session.execute(
            moved.values(owner_id=taker, version=row.version + 1).execution_options(synchronize_session=False)
        )
        events.append(
            {
                "renewal_id": row.id, "kind": RenewalEventKind.ASSIGNED, "at": change.at, "business_on": change.today,
                "channel_id": row.channel_id, "specialist_id": taker, "origin": Origin.APP,
                "actor_id": change.actor.user_id,
            }
        )  # fmt: skip
        change.record("renewal.assigned", "renewals", row.id, row.channel_id, taker=takers[taker].name)
    if events:
        change.session.execute(insert(RenewalEvent), events)
    else:
        change.record("renewal.assigned", "renewals", None, None, cases=0)
    return len(changed)
