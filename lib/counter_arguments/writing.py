"""Keeping the library: a manager adds an argument, rewrites it, orders it, or shows it no longer."""

from dataclasses import dataclass

from sqlalchemy import insert, select

from db.tables import CounterArgument, LossReason
from db.terms import LossDomain, Subject
from lib.access import Permission
from lib.data import Change, command
from lib.refusals import N_, Invalid, NotFound

LONGEST_TITLE, LONGEST = 100, 1000
LAST_PLACE = 1000


@dataclass(frozen=True)
class Entry:
    """An argument as it was typed; without an English text the Chinese stands there."""

    title: str
    text: str
    title_en: str = ""
    text_en: str = ""
    position: int = 0
    active: bool = True


@command(Permission.DICTIONARY_WRITE, Subject.COUNTERMEASURES)
def add(change: Change, domain: LossDomain, loss_reason_id: int | None, entry: Entry) -> int:
    """Add an argument to a reason of either level; its key."""
    reason = change.session.get(LossReason, loss_reason_id or 0)
    if reason is None or reason.domain is not domain:
        raise Invalid(N_("Choose the reason that it answers."), field="loss_reason_id")
    values = _checked(entry)
    row = insert(CounterArgument).values(domain=domain, loss_reason_id=reason.id, **values)
    key = change.session.scalars(row.returning(CounterArgument.id)).one()
    change.record("counter_argument.added", "counter_arguments", key, title=values["title"])
    return key


@command(Permission.DICTIONARY_WRITE, Subject.COUNTERMEASURES)
def rewrite(change: Change, argument_id: int, seen: int, entry: Entry) -> None:
    """Change an argument. `Conflict` when somebody was faster; `Invalid` for one that says nothing."""
    old = change.session.execute(select(CounterArgument.__table__).where(CounterArgument.id == argument_id)).first()
    if old is None:
        raise NotFound
    values = _checked(entry)
    if all(getattr(old, name) == value for name, value in values.items()):
        raise Invalid(N_("Nothing was changed."))
    change.claim(CounterArgument, argument_id, seen, **values)
    change.record(
        "counter_argument.changed", "counter_arguments", argument_id, old=f"{old.title}：{old.text}",
        new=f"{values['title']}：{values['text']}", active=entry.active,
    )  # fmt: skip


def _checked(entry: Entry) -> dict[str, object]:
    title, text = entry.title.strip(), entry.text.strip()
    title_en, text_en = entry.title_en.strip() or title, entry.text_en.strip() or text
    if not title or max(len(title), len(title_en)) > LONGEST_TITLE:
        raise Invalid(N_("Write a short title, up to 100 characters."), field="title")
    if not text or max(len(text), len(text_en)) > LONGEST:
        raise Invalid(N_("Write the text, up to 1,000 characters."), field="text")
    if not 0 <= entry.position <= LAST_PLACE:
        raise Invalid(N_("Enter a place from 0 to 1,000."), field="position")
    return {
        "title": title, "title_en": title_en, "text": text, "text_en": text_en, "position": entry.position,
        "active": entry.active,
    }  # fmt: skip
