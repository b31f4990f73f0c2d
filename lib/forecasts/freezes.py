"""A store's forecast of a month is closed, with everything below it: frozen, and thawed with a reason (C5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert

from db.queries import forecasts as queries
from db.tables import ForecastFreeze
from db.terms import ChannelKind, Subject
from lib import masking
from lib.access import Permission
from lib.data import Change, command
from lib.forecasts.months import month_of
from lib.refusals import N_, Conflict, Invalid, NotFound

LONGEST = 500


@dataclass(frozen=True)
class Freeze:
    """One freeze of a store's month; thawed or not."""

    id: int
    version: int
    frozen_at: datetime
    frozen_by: str | None
    thawed_at: datetime | None
    thawed_by: str | None
    reason: str | None


def store_of(path: str) -> int:
    """The key of the store that a path starts from."""
    return int(path.split(".", 1)[0])


def all_freezes(connection: Connection, stores: Sequence[int], month: date) -> tuple[tuple[int, Freeze], ...]:
    """Every freeze of a month by store, the latest first."""
    return tuple((row.channel_id, _freeze(row)) for row in connection.execute(queries.freezes(list(stores), month)))


def standing_freezes(connection: Connection, stores: Sequence[int], month: date) -> tuple[tuple[int, Freeze], ...]:
    """The freezes that stand."""
    return tuple(each for each in all_freezes(connection, stores, month) if each[1].thawed_at is None)


@command(Permission.FORECAST_FREEZE, Subject.FORECASTS)
def freeze(change: Change, store_id: int, month: date) -> int:
    """Close a store's forecast of a month: nobody at or below it submits any more.

    Errors: `NotFound` for no store within reach, `Invalid` for a month that has begun, `Conflict` when it is frozen.
    """
    row = change.session.execute(queries.by_id(store_id)).first()
    if row is None or row.kind is not ChannelKind.STORE or not change.actor.scope.covers(row.path):
        raise NotFound
    if month != month_of(month) or month <= change.today:
        raise Invalid(N_("This month has begun; its forecast stands as it is."), field="month")
    change.session.execute(queries.locked(store_id)).one()
    if standing_freezes(change.connection, [store_id], month):
        raise Conflict(N_("Someone has frozen this month already."))
    stored = insert(ForecastFreeze).values(
        channel_id=store_id, month=month, frozen_by_id=change.actor.user_id, frozen_at=change.at
    )
    freeze_id = change.session.execute(stored.returning(ForecastFreeze.id)).scalar_one()
    change.record("forecast.frozen", "forecast_freezes", freeze_id, store_id, month=f"{month:%Y-%m}")
    return int(freeze_id)


@command(Permission.FORECAST_FREEZE, Subject.FORECASTS)
def thaw(change: Change, freeze_id: int, seen: int, reason: str) -> None:
    """Open a frozen month again, with a reason. `Conflict` when someone was faster."""
    row = change.session.execute(queries.freeze(freeze_id)).first()
    if row is None or not change.actor.scope.covers(row.path):
        raise NotFound
    reason = reason.strip()
    if not reason or len(reason) > LONGEST:
        raise Invalid(N_("Say why, in at most {count} characters."), field="reason", count=LONGEST)
    if row.month <= change.today:
        raise Invalid(N_("This month has begun; its forecast stands as it is."), field="month")
    change.claim(
        ForecastFreeze, freeze_id, seen, thawed_by_id=change.actor.user_id, thawed_at=change.at, reason=reason
    )  # fmt: skip
    change.record(
        "forecast.thawed", "forecast_freezes", freeze_id, row.channel_id, month=f"{row.month:%Y-%m}",
        reason=masking.text(reason),
    )  # fmt: skip


def _freeze(row: Any) -> Freeze:
    return Freeze(
        row.id, row.version, row.frozen_at, row.frozen_by, row.thawed_at, row.thawed_by, masking.text(row.reason)
    )
