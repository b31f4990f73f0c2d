"""One export from database to file: one moment of the database, unmasked, logged (interchange, `export`; N10)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import Connection

from lib import data, files, personal, settings
from lib.access import Actor, Permission
from lib.channels import scope_of
from lib.data import Change, command
from lib.exports import rows
from lib.exports.source import Source
from lib.exports.writing import Book
from lib.imports.columns import Form
from lib.imports.forms import CHANNELS, EVERY_FORM, LEADS, USERS
from lib.refusals import NotFound
from lib.words import words

Progress = Callable[[Form, int], None]
TELL_EVERY = 5000  # rows
NAMING_CHANNELS = ("channel_code", "parent_code")
NAMING_PEOPLE = (
    "consultant", "specialist", "issuer", "entered_by", "submitted_by", "reviewed_by", "answered_by", "person", "owner",
    "created_by", "actor", "frozen_by", "thawed_by", "settled_by", "decided_by", "made_by", "asked_by",
)  # fmt: skip


@dataclass(frozen=True)
class Exported:
    """What a file holds: rows by sheet."""

    counts: dict[str, int]
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
        _fill(book, Source(connection, top, book.words), progress)
        book.close()
        data.write(_log, actor, path.name, channel, book.counts)
    return Exported(book.counts, round(perf_counter() - began, 1))


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


def _fill(book: Book, source: Source, progress: Progress) -> None:
    """Every sheet."""
    codes: set[str] = set()
    usernames: set[str] = set()

    def add(told_of: Form, rows_of: Iterable[tuple[Form, dict[str, Any]]]) -> None:
        for form, record in rows_of:
            book.add(form, record)
            codes.update(record[name] for name in NAMING_CHANNELS if record.get(name))
            usernames.update(record[name] for name in NAMING_PEOPLE if record.get(name))
            if book.counts[form.name] % TELL_EVERY == 0:
                progress(form, book.counts[form.name])
        progress(told_of, book.counts[told_of.name])

    for form in EVERY_FORM:
        if form is LEADS or form.name in rows.READERS:
            add(form, rows.of(form, source))
    channels, users = rows.organisation(source, codes, usernames)
    add(CHANNELS, ((CHANNELS, each) for each in channels))
    add(USERS, ((USERS, each) for each in users))
