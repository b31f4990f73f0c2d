"""Keeping the dictionary of loss reasons (R7): new ones, their names and order, what is offered, what is in our hands.

None is ever deleted: cases, figures and countermeasures that have it keep it. A reason is known by its slug for good.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection, insert, select

from db.tables import LossReason
from db.terms import Controllable, LossDomain, Subject
from lib.access import Permission
from lib.data import Change, command, reads
from lib.refusals import N_, Invalid, NotFound

LONGEST_NAME, LONGEST_SLUG = 100, 50


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
    """A row as it was typed; a name left blank stays. `seen` is the version that the form showed."""

    id: int
    position: int
    active: bool
    controllable: Controllable
    seen: int
    name: str = ""
    name_en: str = ""


@dataclass(frozen=True)
class New:
    """A reason to add: of the first level without a parent, else below it."""

    parent_id: int | None
    name: str
    name_en: str
    controllable: Controllable


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
        new = replace(
            old, position=typed.position, active=typed.active, controllable=typed.controllable,
            name=typed.name.strip() or old.name, name_en=typed.name_en.strip() or old.name_en,
        )  # fmt: skip
        if new == old:
            continue
        after[old.id] = new
        values = {name: getattr(new, name) for name in ("position", "active", "controllable", "name", "name_en")}
        change.claim(LossReason, old.id, typed.seen, **values)
        change.record("reason.changed", "loss_reasons", old.id, slug=old.slug, old=_told(old), new=_told(new))
        touched += 1
    for each in after.values():
        if each != stand[each.id]:
            _check_names(each, after.values())
    if not any(each.active and each.parent_id and after[each.parent_id].active for each in after.values()):
        raise Invalid(N_("At least one reason must stay to choose."), field="active")
    if not touched:
        raise Invalid(N_("Nothing was changed."))
    return touched


@command(Permission.DICTIONARY_WRITE, Subject.SETTINGS)
def add(change: Change, domain: LossDomain, typed: New) -> int:
    """Add a reason behind its neighbours; its key. `Invalid` for a name that another of its level has.

    A first level is chosen on cases only through its second level, so it wants one.
    """
    known = dictionary(change.session.connection(), domain)
    if typed.parent_id is not None and typed.parent_id not in {each.id for each in known if each.parent_id is None}:
        raise Invalid(N_("Choose the first level that it belongs to."), field="parent_id")
    beside = [each.position for each in known if each.parent_id == typed.parent_id]
    reason = Reason(
        0, typed.parent_id, _slug(typed.name_en, known), typed.name.strip(), typed.name_en.strip(),
        typed.controllable, max(beside, default=-1) + 1, True, 1,
    )  # fmt: skip
    _check_names(reason, known)
    values = {name: getattr(reason, name) for name in Reason.__dataclass_fields__ if name not in ("id", "version")}
    row = insert(LossReason).values(domain=domain, **values).returning(LossReason.id)
    key = change.session.scalars(row).one()
    change.record("reason.added", "loss_reasons", key, slug=reason.slug, new=_told(reason))
    return key


def _slug(name_en: str, known: Iterable[Reason]) -> str:
    """A name for files and figures, made of the English one; one of its own, on either level."""
    base = re.sub(r"[^a-z0-9]+", "_", name_en.strip().lower()).strip("_")[:LONGEST_SLUG]
    if not base:
        raise Invalid(N_("Write the English name in letters: files and figures know the reason by it."),
                      field="name_en")  # fmt: skip
    taken = {each.slug for each in known}
    return next(slug for slug in (base, *(f"{base}_{place}" for place in range(2, 1000))) if slug not in taken)


def _check_names(reason: Reason, known: Iterable[Reason]) -> None:
    """Both names are there, and no other reason of the level goes by either: a file's cell must mean one alone."""
    if not reason.name or not reason.name_en or max(len(reason.name), len(reason.name_en)) > LONGEST_NAME:
        raise Invalid(N_("Write both names, up to 100 characters."), field="name")
    first_level = reason.parent_id is None
    others = [each for each in known if each.id != reason.id and (each.parent_id is None) == first_level]
    taken = {word.lower() for each in others for word in (each.name, each.name_en, each.slug)}
    for name in (reason.name, reason.name_en):
        if name.lower() in taken:
            raise Invalid(N_("Another reason is called {name} already."), field="name", name=name)


def _told(reason: Reason) -> str:
    state = "on" if reason.active else "off"
    return f"{reason.name} / {reason.name_en} {reason.position} {state} {reason.controllable}"
