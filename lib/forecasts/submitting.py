"""Submitting a node's forecast of a month; a later submission stands beside the earlier (C5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert

from db.queries import forecasts as queries
from db.tables import Forecast
from db.terms import Subject
from lib import masking
from lib.access import Permission
from lib.clock import store_time
from lib.data import Change, command
from lib.forecasts.freezes import standing_freezes, store_of
from lib.forecasts.months import begins, due_on, month_of
from lib.forecasts.sheet import below_sums
from lib.refusals import N_, Conflict, Invalid, NotFound

LARGEST = 100_000  # cars of one model in a month
LONGEST = 500  # characters of a reason


@dataclass(frozen=True)
class Entry:
    """One model as typed; nothing typed is none expected."""

    car_model_id: int
    quantity: int | None
    reason: str = ""


@command(Permission.FORECAST_WRITE, Subject.FORECASTS)
def submit(change: Change, channel_id: int, month: date, entries: Sequence[Entry], seen: int) -> int:
    """Submit a node's forecast of a month: one row a model, zeros among them. Returns how many cars it comes to.

    `seen` is the key of the row stored last for this node and month, 0 for none. Where those below spoke and a quantity
    differs from their sum, its reason is asked for and the sum kept.
    Errors: `NotFound` outside the actor's reach; `Invalid` for a month that has begun or is frozen, a quantity that
    cannot be, a missing reason; `Conflict` when somebody submitted meanwhile.
    """
    node = _reached(change, channel_id)
    change.session.execute(queries.locked(store_of(node.path))).one()
    _still_open(change, node, month)
    _nobody_was_faster(change, channel_id, month, seen)
    moment = begins(month, change.zone)
    below = below_sums(change.connection, channel_id, month, moment)
    rows = [_row(each, below) for each in _checked(change, entries)]
    unexplained = [each["car_model_id"] for each in rows if each["reason"] is None and _differs(each)]
    if unexplained:
        names = _names(change)
        raise Invalid(
            N_("Say why the quantity differs from the sum of those below: {models}."), field="reason",
            models=", ".join(names[each] for each in unexplained),
        )  # fmt: skip
    common = {
        "channel_id": channel_id, "month": month, "submitted_at": change.at, "submitted_by_id": change.actor.user_id
    }  # fmt: skip
    change.session.execute(insert(Forecast), [common | each for each in rows])
    total: int = sum(each["quantity"] for each in rows)
    change.record(
        "forecast.submitted", "forecasts", None, channel_id, month=f"{month:%Y-%m}", models=len(rows), total=total,
        adjusted=sum(_differs(each) for each in rows), late=change.today > due_on(change.session, month),
    )  # fmt: skip
    return total


def _reached(change: Change, channel_id: int) -> Any:
    """The node, if the actor may speak for it: an agent for the own one alone."""
    node = change.session.execute(queries.by_id(channel_id)).first()
    if node is None or not node.active or not change.actor.speaks_for(node.id, node.path):
        raise NotFound
    return node


def _still_open(change: Change, node: Any, month: date) -> None:
    if month != month_of(month) or month <= change.today:
        raise Invalid(N_("This month has begun; its forecast stands as it is."), field="month")
    if standing_freezes(change.connection, [store_of(node.path)], month):
        raise Invalid(
            N_("The forecast of this month is frozen. A manager can unfreeze it, with a reason."), field="month"
        )


def _nobody_was_faster(change: Change, channel_id: int, month: date, seen: int) -> None:
    last = change.session.execute(queries.last(channel_id, month)).first()
    if (last.id if last else 0) == seen:
        return
    if last is None:
        raise Conflict(N_("Someone changed this record. What you typed is kept; check it and save again."))
    raise Conflict(
        N_("{who} submitted this forecast at {when}. What you typed is kept: compare it with theirs, and submit again "
           "if yours shall stand."),
        who=last.submitted_by or "—", when=store_time(last.submitted_at, change.zone).strftime("%H:%M:%S"),
    )  # fmt: skip


def _checked(change: Change, entries: Sequence[Entry]) -> Sequence[Entry]:
    known, asked = set(_names(change)), [each.car_model_id for each in entries]
    if len(set(asked)) != len(asked) or not set(asked) <= known:
        raise NotFound
    if all(each.quantity is None for each in entries):
        raise Invalid(N_("Enter how many cars you expect, at least for one model."), field="quantity")
    for each in entries:
        if each.quantity is not None and not 0 <= each.quantity <= LARGEST:
            raise Invalid(N_("A quantity is a whole number from 0 to {most}."), field="quantity", most=f"{LARGEST:,}")
        if len(each.reason) > LONGEST:
            raise Invalid(N_("Say why, in at most {count} characters."), field="reason", count=LONGEST)
    return entries


def _row(entry: Entry, below: dict[int, int] | None) -> dict[str, Any]:
    sum_below = None if below is None else below.get(entry.car_model_id, 0)
    row = {"car_model_id": entry.car_model_id, "quantity": entry.quantity or 0, "below_quantity": sum_below}
    reason = masking.text(entry.reason.strip()) or None
    return row | {"reason": reason if _differs(row) else None}


def _differs(row: dict[str, Any]) -> bool:
    return row["below_quantity"] is not None and row["below_quantity"] != row["quantity"]


def _names(change: Change) -> dict[int, str]:
    return {row.id: row.name for row in change.session.execute(queries.models())}
