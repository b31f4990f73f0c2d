"""Adding, changing, closing and reopening a node; whoever keeps the network does so within their area (C1, C2)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from db.queries import network as queries
from db.tables import Channel
from db.terms import ChannelKind, MarketTier, Subject
from lib import masking
from lib.access import Permission
from lib.channels.rules import Node, complaints
from lib.data import Change, command
from lib.refusals import N_, Invalid, NotFound

LONGEST_CODE, LONGEST = 40, 100  # a moved node's code grows by its day
RESERVED = "*~"  # the whole group; what a moved node was called


@dataclass(frozen=True)
class Facts:
    """What is said of a node, as typed."""

    name: str
    territory: str = ""
    equity_share: Decimal | None = None
    market_tier: MarketTier | None = None


@command(Permission.CHANNEL_WRITE, Subject.CHANNELS)
def add(change: Change, code: str, kind: ChannelKind, parent_id: int | None, facts: Facts) -> int:
    """Add a node below one within reach; a store only by who keeps the whole group. Returns its key.

    Errors: `Invalid` for a code that is taken or cannot be, a wrong parent (the rule that it breaks); `NotFound`.
    """
    return added(change, code, kind, parent_id, facts)


def added(change: Change, code: str, kind: ChannelKind, parent_id: int | None, facts: Facts) -> int:
    """The same within another command."""
    change.connection.execute(queries.locked()).all()
    parent = _parent(change, kind, parent_id)
    code = _code(change, code)
    hold(change, Node(code, kind, parent.code if parent else None))
    values = _values(facts) | {"code": code, "kind": kind, "parent_id": parent_id, "opened_on": change.today}
    key = put(change, parent.path if parent else "", values)
    change.record("channel.added", "channels", key, key, code=code, kind=kind, parent=parent.code if parent else None)
    return key


@command(Permission.CHANNEL_WRITE, Subject.CHANNELS)
def alter(change: Change, channel_id: int, seen: int, facts: Facts) -> None:
    """Change what is said of a node. Errors: `NotFound`, `Invalid`, `Conflict`."""
    row, new = reached(change, channel_id), _values(facts)
    for name in ("name", "territory"):  # the form shows a number in them masked
        if new[name] == masking.text(getattr(row, name)):
            new[name] = getattr(row, name)
    old = {name: getattr(row, name) for name in new}
    if old == new:
        raise Invalid(N_("Nothing was changed."))
    change.claim(Channel, channel_id, seen, **new)
    told = {name: [_told(old[name]), _told(value)] for name, value in new.items() if old[name] != value}
    change.record("channel.changed", "channels", channel_id, channel_id, **told)


@command(Permission.CHANNEL_WRITE, Subject.CHANNELS)
def close(change: Change, channel_id: int, seen: int) -> None:
    """Close a node where nothing is open any more. Errors: `NotFound`, `Invalid` with what is, `Conflict`."""
    change.connection.execute(queries.locked()).all()
    row = reached(change, channel_id)
    if not row.active:
        raise Invalid(N_("This node is closed already."))
    left = change.connection.execute(queries.at_home(channel_id)).one()
    if any(left):
        raise Invalid(
            N_("Before it closes, hand over or move what is still open there: {leads} open leads, {people} people, "
               "{cars} cars in stock or on the way, {below} working nodes below."),
            leads=left.leads, people=left.people, cars=left.cars, below=left.below,
        )  # fmt: skip
    change.claim(Channel, channel_id, seen, active=False, closed_on=change.today)
    change.record("channel.closed", "channels", channel_id, channel_id, code=row.code)


@command(Permission.CHANNEL_WRITE, Subject.CHANNELS)
def reopen(change: Change, channel_id: int, seen: int) -> None:
    """Open a closed node again, below a parent that works. Errors: `NotFound`, `Invalid`, `Conflict`."""
    change.connection.execute(queries.locked()).all()
    row = reached(change, channel_id)
    if row.active:
        raise Invalid(N_("This node is open already."))
    if (code := change.connection.scalar(queries.successor(channel_id))) is not None:
        raise Invalid(N_("This node has moved and goes on as {code}: move that one."), code=code)
    if row.parent_id and not change.connection.execute(queries.node(row.parent_id)).one().active:
        raise Invalid(N_("The node above is closed: reopen that one first."))
    change.claim(Channel, channel_id, seen, active=True, closed_on=None)
    change.record("channel.reopened", "channels", channel_id, channel_id, code=row.code)


def reached(change: Change, channel_id: int) -> Any:
    """The node, if it lies in the actor's area."""
    row = change.connection.execute(queries.node(channel_id)).first()
    if row is None or not change.actor.scope.covers(row.path):
        raise NotFound
    return row


def working(change: Change, channel_id: int) -> Any:
    """The node, if it lies in the actor's area and may have others below."""
    row = reached(change, channel_id)
    if not row.active:
        raise Invalid(N_("A closed node takes nothing below it: reopen it first."), field="parent")
    return row


def hold(change: Change, *placed: Node) -> None:
    """Refuse what would make the tree break its rules at one of the nodes placed anew."""
    rows = change.connection.execute(queries.nodes()).all()
    codes = {row.id: row.code for row in rows}
    tree = {row.code: Node(row.code, row.kind, codes.get(row.parent_id)) for row in rows}
    tree |= {node.code: node for node in placed}
    wrong = [why for code, _, why in complaints(tree) if code in {node.code for node in placed}]
    if wrong:
        raise wrong[0]


def put(change: Change, above: str, values: dict[str, Any]) -> int:
    """Insert a node below a path. Its own key ends its path, so that is written second."""
    try:
        made = insert(Channel).values(**values, path=f"{values['code']}~.").returning(Channel.id)
        key = int(change.connection.execute(made).scalar_one())
    except IntegrityError:
        raise Invalid(N_("The code {code} is taken."), field="code", code=values["code"]) from None
    change.connection.execute(update(Channel).where(Channel.id == key).values(path=f"{above}{key}."))
    return key


def _parent(change: Change, kind: ChannelKind, parent_id: int | None) -> Any:
    if parent_id is not None:
        return working(change, parent_id)
    if kind is ChannelKind.STORE and change.actor.path is not None:
        raise Invalid(N_("A store is added by someone whose area is the whole group."), field="parent")
    return None


def _code(change: Change, typed: str) -> str:
    code = typed.strip()
    if not code or len(code) > LONGEST_CODE or any(sign in code for sign in RESERVED) or code.split() != [code]:
        raise Invalid(
            N_("A code has 1 to {count} characters, no blanks and neither * nor ~."), field="code", count=LONGEST_CODE
        )
    if change.connection.execute(queries.by_code(code)).first():
        raise Invalid(N_("The code {code} is taken."), field="code", code=code)
    return code


def _values(facts: Facts) -> dict[str, Any]:
    name, territory = facts.name.strip(), facts.territory.strip()
    if not name or max(len(name), len(territory)) > LONGEST:
        raise Invalid(N_("Give a name; name and territory have at most {count} characters."), field="name",
                      count=LONGEST)  # fmt: skip
    if facts.equity_share is not None and not 0 <= facts.equity_share <= 1:
        raise Invalid(N_("An equity share is between 0 and 100 %."), field="equity_share")
    return {
        "name": name, "territory": territory or None, "equity_share": facts.equity_share,
        "market_tier": facts.market_tier,
    }  # fmt: skip


def _told(value: Any) -> str | None:
    return None if value is None else str(value)
