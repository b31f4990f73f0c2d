"""Whether this installation is well: one finding for each thing that can be wrong, with what to do about it."""

import hashlib
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

import chinese_calendar
from sqlalchemy import Connection, text

from db.terms import Subject
from lib import clock, data, install, keys, settings
from lib.refusals import Unavailable

OLDEST_POSTGRESQL = 140000
PRIVATE = ("secret.key", "demo.txt")
FONTS = settings.ROOT / "lib" / "ui" / "static" / "fonts"


class State(StrEnum):
    """How a thing is; a note is nothing wrong, but good to know."""

    WELL = "ok"
    NOTE = "note"
    WRONG = "WRONG"


@dataclass(frozen=True)
class Finding:
    """One thing, how it is, and what to do if it is wrong."""

    thing: str
    state: State
    text: str


def examine() -> Iterator[Finding]:
    """Look at everything; where the database is away, what needs it is left out."""
    given = settings.load()
    yield Finding("settings", State.WELL, f"port {given.port}, language {given.language}, data in {given.data_dir}")
    yield from private_files(given.data_dir)
    if given.embedded:
        yield from private_folder(Path(data.database().url.database or "").parent)
    yield key()
    yield from database()
    yield time_zone(given, clock.now())
    yield fonts()
    yield calendar(clock.business_day(clock.now(), given.zone))


def private_files(folder: Path) -> Iterator[Finding]:
    """Files with secrets must be their owner's alone."""
    files = [folder / name for name in PRIVATE] + [settings.ROOT / "desk.env"]
    for file in filter(Path.exists, files):
        mode = stat.S_IMODE(file.stat().st_mode)
        if mode & 0o077:
            yield Finding("private file", State.WRONG, f"{file} is open to others ({mode:04o}): chmod 600 {file}")
        else:
            yield Finding("private file", State.WELL, f"{file} is its owner's alone")


def private_folder(folder: Path) -> Iterator[Finding]:
    """The embedded database holds customers: nobody else of this machine should look into its folder."""
    if folder.exists() and stat.S_IMODE(folder.stat().st_mode) & 0o077:
        yield Finding("data folder", State.NOTE, f"{folder} is open to others of this machine: chmod 700 {folder}")


def key() -> Finding:
    """The installation's secret, told apart from others without telling it."""
    try:
        return Finding("key", State.WELL, f"fingerprint {fingerprint()}")
    except settings.BadSettings as error:
        return Finding("key", State.WRONG, str(error))


def fingerprint() -> str:
    """Eight places that differ from key to key and give nothing away."""
    return hashlib.blake2b(keys.digest_key(), person=b"fingerprint", digest_size=4).hexdigest()


def database() -> Iterator[Finding]:
    """The database: there, of this version, counting changes, sound."""
    name = data.database().url.render_as_string()
    try:
        yield Finding("database", State.WELL, f"{name} answers: {data.fresh(_server)}")
        for check in (_revision, _versions, _sound):
            yield data.fresh(check)
    except Unavailable:
        yield Finding("database", State.WRONG, f"{name} cannot be reached: is it started, is DATABASE_URL right?")


def _server(connection: Connection) -> str:
    engine = connection.dialect.name
    query = "SELECT sqlite_version()" if engine == "sqlite" else "SHOW server_version"
    return f"{engine} {connection.scalar(text(query))}"


def _revision(connection: Connection) -> Finding:
    found, needed = install.revision(connection), install.head()
    if found == needed:
        return Finding("schema", State.WELL, f"revision {found}")
    return Finding("schema", State.WRONG, f"revision {found or 'none'}, needed {needed}: run `python -m lib init`")


def _versions(connection: Connection) -> Finding:
    if install.revision(connection) is None:
        return Finding("data versions", State.WRONG, "no tables: run `python -m lib init`")
    missing = set(Subject) - set(data.versions(connection))
    if missing:
        return Finding(
            "data versions", State.WRONG, f"no row for {', '.join(sorted(missing))}: run `python -m lib init`"
        )
    return Finding("data versions", State.WELL, f"{len(Subject)} subjects are counted")


def _sound(connection: Connection) -> Finding:
    if connection.dialect.name == "sqlite":
        faults = [str(row[0]) for row in connection.execute(text("PRAGMA quick_check")) if row[0] != "ok"]
        faults += [
            f"{row[0]} row {row[1]}: no such {row[2]}" for row in connection.execute(text("PRAGMA foreign_key_check"))
        ]
        if faults:
            return Finding("integrity", State.WRONG, f"{faults[0]} ({len(faults)} faults): restore a backup")
        return Finding("integrity", State.WELL, "the file is sound, every reference leads somewhere")
    version = int(connection.scalar(text("SHOW server_version_num")) or 0)
    encoding = connection.scalar(text("SHOW server_encoding"))
    if version < OLDEST_POSTGRESQL or encoding != "UTF8":
        return Finding(
            "PostgreSQL", State.WRONG, f"version {version}, encoding {encoding}: 14 or later and UTF8 needed"
        )
    return Finding("PostgreSQL", State.WELL, f"version {version // 10000}, encoding {encoding}")


def time_zone(given: settings.Settings, now: datetime) -> Finding:
    here = clock.store_time(now, given.zone)
    return Finding("time zone", State.WELL, f"{given.time_zone}: the store's clock shows {here:%Y-%m-%d %H:%M}")


def fonts() -> Finding:
    """Every font file that the style sheet names is there."""
    sheet = FONTS / "faces.css"
    files = set(re.findall(r'url\("([^"]+)"\)', sheet.read_text("utf-8") if sheet.is_file() else ""))
    missing = sorted(file for file in files if not (FONTS / file).is_file())
    if missing or not files:
        return Finding(
            "fonts", State.WRONG, f"missing in {FONTS}: {', '.join(missing) or 'all'}: take them from the release"
        )
    return Finding("fonts", State.WELL, f"{len(files)} font files for Chinese and Latin text")


def calendar(today: date, published: Callable[[date], bool] = chinese_calendar.is_workday) -> Finding:
    """Whether the coming year's holidays are known; until they are, weekdays count as working days."""
    coming = date(today.year + 1, 1, 1)
    try:
        published(coming)
    except NotImplementedError:
        return Finding(
            "calendar",
            State.NOTE,
            f"{coming.year} is not in chinesecalendar yet: weekdays count; update it in November",
        )
    return Finding("calendar", State.WELL, f"China's working days are known to the end of {coming.year}")
