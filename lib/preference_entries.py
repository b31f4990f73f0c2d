"""Setting what the store decides for itself (`lib.preferences`): what may be set, to what, and the command."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from db.tables import Setting
from db.terms import Subject
from lib import preferences
from lib.access import Permission
from lib.data import Change, command, reads
from lib.forecasts.months import deadlines
from lib.preferences import Preference
from lib.premiums import book
from lib.refusals import N_, Conflict, Invalid

ALERTS = {
    preferences.ALERT_PRICE_BAND: (1, 50), preferences.ALERT_BUYER_CARS: (2, 20),
    preferences.ALERT_BUYER_DAYS: (7, 365), preferences.ALERT_SILENT_DAYS: (1, 60),
}  # fmt: skip
WINBACKS = {preferences.WINBACK_FROM_DAYS: (1, 180), preferences.WINBACK_UNTIL_DAYS: (181, 1095)}
RANGES = {preferences.FORECAST_DAY: (1, 28), preferences.APPROVAL_DAYS: (1, 10)} | ALERTS | WINBACKS
OFFERED = (
    preferences.QUOTE_CALL_DAYS, preferences.FORECAST_DAY, preferences.PROVINCE, preferences.APPROVAL_DAYS
)  # fmt: skip


@reads(Subject.SETTINGS)
def values(connection: Connection) -> dict[str, Any]:
    """What holds now, by name."""
    return {each.name: preferences.value(connection, each) for each in OFFERED}


@reads(Subject.SETTINGS)
def thresholds(connection: Connection) -> dict[str, Any]:
    """From where on an alert is raised, by name (C4, C6)."""
    return {each.name: preferences.value(connection, each) for each in ALERTS}


@reads(Subject.SETTINGS)
def winback_days(connection: Connection) -> dict[str, Any]:
    """How long after its loss a lead is worth another call, by name."""
    return {each.name: preferences.value(connection, each) for each in WINBACKS}


@dataclass(frozen=True)
class Entry:
    """One value as it was typed; `seen` is what the form showed."""

    name: str
    seen: Any
    value: Any


@command(Permission.DICTIONARY_WRITE, Subject.SETTINGS)
def set_values(change: Change, entries: tuple[Entry, ...]) -> int:
    """Set some values, all or none; how many changed. `Conflict` when one is no longer what the person saw.

    The way in which the three days of the call after a quote are counted holds for quotes sent from then on: a running
    clock keeps the day that it was given (R5). `Invalid` for a value that cannot be.
    """
    changed = sum(_set(change, each) for each in entries if each.value != each.seen)
    if not changed:
        raise Invalid(N_("Nothing was changed."))
    return changed


def _set(change: Change, typed: Entry) -> bool:
    preference = next((each for each in (*OFFERED, *RANGES) if each.name == typed.name), None)
    if preference is None:
        raise Invalid(N_("There is no setting called {name}."), name=typed.name)
    _check(change, preference, typed.value)
    stored = change.session.execute(select(Setting.value).where(Setting.name == typed.name).with_for_update()).first()
    now = preference.default if stored is None else stored.value
    if now != typed.seen:
        raise Conflict(N_("Someone changed this setting. What you typed is kept; check it and save again."))
    if preference is preferences.FORECAST_DAY:
        _keep_days(change)
    _store(change, typed.name, typed.value)
    change.record("setting.changed", "settings", name=typed.name, old=now, new=typed.value)
    return True


def _keep_days(change: Change) -> None:
    """Forecasts that are due by now stay as late or on time as they were."""
    kept = [[last.isoformat(), day] for last, day in deadlines(change.connection).keeping(change.today)]
    _store(change, preferences.FORECAST_DAYS_KEPT.name, kept)


def _store(change: Change, name: str, value: object) -> None:
    changed = change.session.execute(update(Setting).where(Setting.name == name).values(value=value))
    if not changed.rowcount:  # type: ignore[attr-defined]
        _insert(change, name, value)


def _insert(change: Change, name: str, value: object) -> None:
    try:
        change.session.execute(insert(Setting).values(name=name, value=value, verified=True))
    except IntegrityError:
        raise Conflict(N_("Someone changed this setting. What you typed is kept; check it and save again.")) from None


def _check(change: Change, preference: Preference, value: object) -> None:
    if preference in RANGES:
        least, most = RANGES[preference]
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise Invalid(
                N_("Enter a whole number from {least} to {most}."), field=preference.name, least=least, most=most
            )
        return
    allowed = preference.allowed or book.provinces(change.connection)
    if value not in allowed:
        raise Invalid(N_("Choose one of those offered."), field=preference.name)
