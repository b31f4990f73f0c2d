"""Moving a node: what was counted stays where it was counted; what is still open goes on under the new parent."""

from collections import Counter
from typing import Any

from sqlalchemy import update

from db.queries import network as queries
from db.tables import Channel
from db.terms import Subject
from lib.access import Permission
from lib.channels.rules import Node
from lib.data import Change, command
from lib.network.editing import LONGEST, LONGEST_CODE, hold, put, reached, working
from lib.periods import parse
from lib.refusals import N_, Invalid

CARRIED = ("name", "kind", "territory", "equity_share", "active", "market_tier", "closed_on")
MOVED = (
    Subject.CHANNELS, Subject.SALES, Subject.PEOPLE, Subject.SCREENS, Subject.STOCK, Subject.FORECASTS, Subject.TARGETS
)  # fmt: skip


@command(Permission.CHANNEL_WRITE, *MOVED)
def move(change: Change, channel_id: int, seen: int, parent_id: int) -> int:
    """Move a node, and all that works below it, under another parent; returns the key it goes on under.

    The rows with the history stay below the old parent, closed. New rows take over their codes with the open leads,
    the people, the screens, the cars, and the forecasts and targets of periods that have not begun.
    Errors: `NotFound`; `Invalid` with the rule that it breaks, in the node itself or below it; `Conflict`.
    """
    change.connection.execute(queries.locked()).all()
    top, parent = reached(change, channel_id), working(change, parent_id)
    if not top.active:
        raise Invalid(N_("This node is closed already."))
    if top.parent_id == parent_id:
        raise Invalid(N_("It stands below this node already."), field="parent")
    rows = change.connection.execute(queries.nodes(top.path)).all()
    going = [row for row in rows if any(each.active and each.path.startswith(row.path) for each in rows)]
    codes = {row.id: row.code for row in rows} | {top.parent_id: parent.code}
    hold(change, *(Node(row.code, row.kind, codes[row.parent_id]) for row in going))
    change.claim(Channel, channel_id, seen)
    places = {top.parent_id: (parent_id, parent.path)}
    carried: Counter[str] = Counter()
    for row in going:
        places[row.id] = _go_on(change, row, *places[row.parent_id])
        carried.update(_carry(change, row.id, places[row.id][0]))
    goes_on = places[channel_id][0]
    change.record(
        "channel.moved", "channels", goes_on, goes_on, code=top.code, old=_parent_code(change, top), new=parent.code,
        nodes=len(going), **carried,
    )  # fmt: skip
    return goes_on


def _go_on(change: Change, row: Any, above_id: int, above: str) -> tuple[int, str]:
    """Close a row under a name of its own and let a new one take its code; the new one's key and path."""
    until = f"（至{change.today:%Y-%m-%d}）"
    change.connection.execute(
        update(Channel)
        .where(Channel.id == row.id)
        .values(
            code=_free(change, f"{row.code[:LONGEST_CODE]}~{change.today:%Y%m%d}"),
            name=row.name[: LONGEST - len(until)] + until,
            active=False, closed_on=row.closed_on or change.today, version=row.version + 1,
        )
    )  # fmt: skip
    values = {name: getattr(row, name) for name in CARRIED}
    begun = {"opened_on": change.today, "moved_from_id": row.id}
    key = put(change, above, values | begun | {"code": row.code, "parent_id": above_id})
    return key, f"{above}{key}."


def _carry(change: Change, old: int, new: int) -> dict[str, int]:
    """Let what is open go on under the new key; how many of each."""
    found = {
        name: change.connection.execute(sentence).rowcount
        for name, sentence in queries.carried(old, new, change.today).items()
    }
    rows = change.connection.execute(queries.targets_of(old)).all()
    ahead = [row.id for row in rows if parse(row.period).first > change.today]
    if ahead:
        change.connection.execute(queries.carried_targets(ahead, new))
    return found | {"targets": len(ahead)}


def _free(change: Change, code: str) -> str:
    """The code, told apart from an earlier move of the same day."""
    number, free = 1, code
    while change.connection.execute(queries.by_code(free)).first():
        number += 1
        free = f"{code}-{number}"
    return free


def _parent_code(change: Change, row: Any) -> str | None:
    above = change.connection.execute(queries.node(row.parent_id)).first()
    return above.code if above else None
