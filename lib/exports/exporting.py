"""One export from database to file: one moment of the database, unmasked, logged (interchange, `export`; N10)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import Connection

from db.queries import exports as queries
from lib import data, files, personal, settings
from lib.access import Actor, Permission
from lib.channels import scope_of
from lib.data import Change, command
from lib.exports import rows
from lib.exports.rows import Source
from lib.exports.writing import Book
from lib.imports.forms import CHANNELS, FOLLOW_UPS, FORMS, LEADS, USERS, Form
from lib.imports.lead_rules import EVENTS
from lib.refusals import NotFound
from lib.words import words

Progress = Callable[[Form, int], None]
TELL_EVERY = 5000  # rows
NAMING_CHANNELS = ("channel_code",)
NAMING_PEOPLE = ("consultant", "specialist", "issuer")


@dataclass(frozen=True)
class Exported:
    """What a file holds: rows by sheet, and how much of what happened its forms cannot say."""

    counts: dict[str, int]
    lead_events_left: int
    renewal_events_left: int
    seconds: float


def silent(_form: Form, _rows: int) -> None:
    """Progress that nobody watches."""


def export(path: Path, actor: Actor, channel: str | None = None, progress: Progress = silent) -> Exported:
    """Write everything, or a channel's subtree, to a new private file that only its owner reads.

    Errors: `NotAllowed`; `NotFound` for no such channel; `Refused` where the file is there already or cannot be made.
    """
    actor.require(Permission.EXPORT_UNMASKED)
    files.refuse_existing(path)
    began = perf_counter()
    with files.made_beside(path) as place, data.snapshot() as connection:
        personal.check(connection)
        top = _path(connection, actor, channel)
        book = Book(place, words(settings.load().language), settings.load().zone)
        told = _fill(book, Source(connection, top, book.words), progress)
        book.close()
        leads_left, renewals_left = (
            (connection.scalar(count(top)) or 0) - told[name] for name, count in THERE.items()
        )  # fmt: skip
        data.write(_log, actor, path.name, channel, book.counts)
    return Exported(book.counts, leads_left, renewals_left, round(perf_counter() - began, 1))


THERE = {LEADS.name: queries.lead_events_there, FOLLOW_UPS.name: queries.renewal_events_there}


@command(Permission.EXPORT_UNMASKED)
def _log(change: Change, file: str, channel: str | None, counts: dict[str, int]) -> None:
    change.record("exported", "exports", None, change.actor.channel_id, file=file, channel=channel, rows=counts)


def _path(connection: Connection, actor: Actor, channel: str | None) -> str | None:
    if channel is None:
        return actor.path
    path = scope_of(connection, channel).path
    if not actor.reaches(path):
        raise NotFound
    return path


def _fill(book: Book, source: Source, progress: Progress) -> dict[str, int]:
    """Every sheet; how many events of leads and of renewals went into theirs."""
    codes: set[str] = set()
    usernames: set[str] = set()
    told = {LEADS.name: 0, FOLLOW_UPS.name: 0}

    def add(form: Form, records: Iterable[dict[str, Any]]) -> None:
        for record in records:
            book.add(form, record)
            codes.update(record[name] for name in NAMING_CHANNELS if record.get(name))
            usernames.update(record[name] for name in NAMING_PEOPLE if record.get(name))
            if form is LEADS:
                told[LEADS.name] += sum(record.get(column) is not None for column in EVENTS)
            if book.counts[form.name] % TELL_EVERY == 0:
                progress(form, book.counts[form.name])
        progress(form, book.counts[form.name])

    for form in FORMS:
        if form.name in rows.READERS:
            add(form, rows.of(form, source))
    channels, users = rows.organisation(source, codes, usernames)
    add(CHANNELS, channels)
    add(USERS, users)
    return told | {FOLLOW_UPS.name: book.counts[FOLLOW_UPS.name]}
