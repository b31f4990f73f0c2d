"""Settling an alert: explained, corrected or a false alarm, with a note; and taking that back (C6)."""

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError

from db.queries import alerts as queries
from db.tables import AlertSettlement
from db.terms import AlertKind, AlertState, Subject
from lib import masking
from lib.access import Permission, Scope
from lib.alerts.reading import alerts
from lib.data import Change, command
from lib.refusals import N_, Conflict, Invalid, NotFound

LONGEST = 500


@command(Permission.CHANNEL_WRITE, Subject.CHANNELS)
def settle(change: Change, kind: AlertKind, channel_id: int, case: str, state: AlertState, note: str) -> None:
    """Say what became of an alert.

    Errors: `NotFound` where no such alert stands within reach; `Invalid` without a note; `Conflict` when someone
    settled it meanwhile.
    """
    row = change.session.execute(queries.channel(channel_id)).first()
    if row is None or not change.actor.scope.covers(row.path):
        raise NotFound
    note = masking.text(note.strip()) or ""
    if not note or len(note) > LONGEST:
        raise Invalid(N_("Say why, in at most {count} characters."), field="note", count=LONGEST)
    if change.session.execute(queries.settlement(kind, channel_id, case)).first():
        raise Conflict(N_("Someone settled this alert meanwhile. Its note stands among the settled ones."))
    standing = alerts(change.connection, Scope(row.path), change.today).open
    if (kind, channel_id, case) not in {each.key for each in standing}:
        raise NotFound(N_("This alert no longer stands: the data has changed."))
    values = {"kind": kind, "channel_id": channel_id, "case": case, "state": state, "note": note}
    stored = insert(AlertSettlement).values(
        **values, settled_by_id=change.actor.user_id, settled_at=change.at
    )  # fmt: skip
    try:
        settlement_id = change.session.execute(stored.returning(AlertSettlement.id)).scalar_one()
    except IntegrityError:
        raise Conflict(N_("Someone settled this alert meanwhile. Its note stands among the settled ones.")) from None
    change.record(
        "alert.settled", "alert_settlements", settlement_id, channel_id, kind=kind, case=case, state=state, note=note
    )  # fmt: skip


@command(Permission.CHANNEL_WRITE, Subject.CHANNELS)
def reopen(change: Change, settlement_id: int, seen: int) -> None:
    """Take a settlement back; the audit trail keeps it. `Conflict` when someone was faster."""
    row = change.session.execute(queries.settled(settlement_id)).first()
    if row is None or not change.actor.scope.covers(row.path):
        raise NotFound
    change.claim(AlertSettlement, settlement_id, seen)
    change.session.execute(delete(AlertSettlement).where(AlertSettlement.id == settlement_id))
    change.record(
        "alert.reopened", "alert_settlements", settlement_id, row.channel_id, kind=row.kind, case=row.case,
        state=row.state,
    )  # fmt: skip
