"""Keeping the dictionary of loss reasons (R7): their order, whether they are offered, whether we can do something."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from db.tables import LossReason
from db.terms import Controllable, LossDomain, Subject
from lib.access import Permission
from lib.data import Change, command, reads
from lib.refusals import N_, Invalid, NotFound


@dataclass(frozen=True)
class Reason:
    """One row of the dictionary as it stands; a first-level reason has no parent."""

    id: int
    parent_id: int | None
    slug: str
    name: str
    name_en: str
    controllable: Controllable
    position: int
    active: bool
    version: int


@dataclass(frozen=True)
class Entry:
    """A row as it was typed. `seen` is the version that the form showed."""

    id: int
    position: int
    active: bool
    controllable: Controllable
    seen: int


@reads(Subject.SETTINGS)
def dictionary(connection: Connection, domain: LossDomain) -> tuple[Reason, ...]:
    """Every reason of a domain in its order: a first level followed by its second level."""
    columns = [getattr(LossReason, name) for name in Reason.__dataclass_fields__]
    rows = connection.execute(
        select(*columns).where(LossReason.domain == domain).order_by(LossReason.position, LossReason.id)
    )
    found = [Reason(*row) for row in rows]
    groups = [each for each in found if each.parent_id is None]
    return tuple(
        each
        for group in groups
        for each in (group, *(member for member in found if member.parent_id == group.id))
    )  # fmt: skip


@command(Permission.DICTIONARY_WRITE, Subject.SETTINGS)
def arrange(change: Change, domain: LossDomain, entries: tuple[Entry, ...]) -> int:
    """Change some reasons; how many that touched. What is no longer offered stays with the cases that have it.

    Errors: `Invalid` when nothing would be left to choose; `Conflict` when somebody changed one of them meanwhile.
    """
    stand = {each.id: each for each in dictionary(change.connection, domain)}
    after = dict(stand)
    touched = 0
    for typed in entries:
        old = stand.get(typed.id)
        if old is None:
            raise NotFound
        if not 0 <= typed.position <= 1000:
            raise Invalid(N_("Enter a place from 0 to 1,000."), field="position")
        new = replace(old, position=typed.position, active=typed.active, controllable=typed.controllable)
        if new == old:
            continue
        after[old.id] = new
        values = {"position": new.position, "active": new.active, "controllable": new.controllable}
        change.claim(LossReason, old.id, typed.seen, **values)
        change.record("reason.changed", "loss_reasons", old.id, slug=old.slug, old=_told(old), new=_told(new))
        touched += 1
    if not any(each.active and each.parent_id and after[each.parent_id].active for each in after.values()):
        raise Invalid(N_("At least one reason must stay to choose."), field="active")
    if not touched:
        raise Invalid(N_("Nothing was changed."))
    return touched


def _told(reason: Reason) -> str:
    return f"{reason.position} {'on' if reason.active else 'off'} {reason.controllable}"
