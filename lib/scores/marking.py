"""Marking a centre's functions for a month, each with what it rests on (C3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError

from db.queries import scores as queries
from db.tables import Score
from db.terms import CentreFunction, Subject
from lib import masking
from lib.access import Permission
from lib.data import Change, command
from lib.forecasts.months import month_of
from lib.refusals import N_, Conflict, Invalid, NotFound

LONGEST = 1000
HIGHEST = 100


@dataclass(frozen=True)
class Entry:
    """One mark as typed: none takes it back. `seen` is the version that the form showed, 0 for none."""

    function: CentreFunction
    score: Decimal | None
    evidence: str
    seen: int = 0


@command(Permission.CHANNEL_WRITE, Subject.CHANNELS)
def mark(change: Change, channel_id: int, month: date, entries: Sequence[Entry]) -> int:
    """Store, change or take back marks of a centre's month; how many that touched.

    Errors: `NotFound` for no centre within reach; `Invalid` for a month to come, a mark that cannot be, or one without
    evidence; `Conflict` when someone changed one of them since it was seen (then nothing is stored).
    """
    row = change.session.execute(queries.centre(channel_id)).first()
    if row is None or not change.actor.scope.covers(row.path):
        raise NotFound
    if month != month_of(month) or month > change.today:
        raise Invalid(N_("A month is marked once it has begun."), field="month")
    touched = sum(_store(change, channel_id, month, each) for each in entries)
    if not touched:
        raise Invalid(N_("Nothing was changed."))
    return touched


def _store(change: Change, channel_id: int, month: date, entry: Entry) -> bool:
    evidence = masking.text(entry.evidence.strip()) or ""
    if entry.score is not None:
        _check(entry.score, evidence)
    row = change.session.execute(queries.mark(channel_id, month, entry.function)).first()
    if (row.score, row.evidence or "") == (entry.score, evidence) if row else entry.score is None:
        return False
    values = {"score": entry.score, "evidence": evidence}
    if row is None:
        if entry.seen:
            raise Conflict(N_("Someone took back this mark. What you typed is kept; check it and save again."))
        mark_id = _insert(change, {"channel_id": channel_id, "month": month, "function": entry.function} | values)
    elif entry.score is None:
        mark_id = row.id
        change.claim(Score, mark_id, entry.seen)
        change.session.execute(delete(Score).where(Score.id == mark_id))
    else:
        mark_id = row.id
        change.claim(Score, mark_id, entry.seen, **values)
    change.record(
        "score.set", "scores", mark_id, channel_id, month=f"{month:%Y-%m}", function=entry.function,
        old=str(row.score) if row else None, new=None if entry.score is None else str(entry.score),
    )  # fmt: skip
    return True


def _insert(change: Change, values: dict[str, object]) -> int:
    try:
        return int(change.session.execute(insert(Score).values(**values).returning(Score.id)).scalar_one())
    except IntegrityError:
        raise Conflict(N_("Someone set this mark. What you typed is kept; check it and save again.")) from None


def _check(score: Decimal, evidence: str) -> None:
    if not 0 <= score <= HIGHEST:
        raise Invalid(N_("A mark is a number from 0 to 100."), field="score")
    if not evidence or len(evidence) > LONGEST:
        raise Invalid(
            N_("Say what each mark rests on, in at most {count} characters."), field="evidence", count=LONGEST
        )
