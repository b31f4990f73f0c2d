"""The scripts of the stages for whom keeps them (R3): every stage with its words, and the command that changes them."""

from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from db.tables import Script
from db.terms import Stage, Subject
from lib.access import Permission
from lib.data import Change, command, reads
from lib.refusals import N_, Conflict, Invalid, NotFound

LONGEST = 2000


@dataclass(frozen=True)
class Text:
    """What is said in one stage; `version` is what the command is given."""

    stage: Stage
    body: str
    body_en: str
    version: int


@reads(Subject.SETTINGS)
def texts(connection: Connection) -> tuple[Text, ...]:
    """The scripts in the order of the stages."""
    found = {row.stage: Text(*row) for row in connection.execute(select(Script.__table__))}
    return tuple(found[stage] for stage in Stage if stage in found)


@command(Permission.DICTIONARY_WRITE, Subject.SETTINGS)
def rewrite(change: Change, stage: Stage, seen: int, body: str, body_en: str) -> None:
    """Say something else in a stage. `Invalid` for no Chinese text; without an English one the Chinese stands there."""
    chinese, english = body.strip(), body_en.strip() or body.strip()
    if not chinese:
        raise Invalid(N_("Write what is said in this stage."), field="body")
    if max(len(chinese), len(english)) > LONGEST:
        raise Invalid(N_("A script is at most 2,000 characters long."), field="body")
    old = change.session.scalar(select(Script.body).where(Script.stage == stage))
    if old is None:
        raise NotFound
    changed = change.session.execute(
        update(Script)
        .where(Script.stage == stage, Script.version == seen)
        .values(body=chinese, body_en=english, version=seen + 1)
        .execution_options(synchronize_session=False)
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(N_("Someone changed this script. What you typed is kept; check it and save again."))
    change.record("script.changed", "scripts", stage=stage, old=old, new=chinese)
