"""One import from file to database: read, check, plan, write, all or nothing (interchange, "Import")."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import IntegrityError

from db.queries import imports as queries
from db.tables import Policy, Renewal, RenewalEvent
from db.terms import Role, Subject
from lib import clock, data, personal, settings
from lib.access import Actor, Permission
from lib.actors import refreshed
from lib.data import Change
from lib.demo import mark
from lib.imports import plain, reading, replacing, workbook, writing
from lib.imports.batch import Batch
from lib.imports.cars import Cars
from lib.imports.findings import Report
from lib.imports.follow_ups import Renewals
from lib.imports.lead_events import plan_lead_events
from lib.imports.leads import plan_leads
from lib.imports.organisation import plan_channels, plan_users
from lib.imports.own_rows import plan_own
from lib.imports.people import People
from lib.imports.planning import Planning
from lib.imports.policies import Policies
from lib.imports.reading import Sheet
from lib.imports.reasons import plan_reasons
from lib.imports.staging import moving, staged
from lib.imports.unusable import Unusable
from lib.imports.vehicles import plan_vehicles
from lib.imports.workbook import Book
from lib.refusals import N_, Conflict, NotAllowed, Refused

ATTEMPTS = 3
Progress = Callable[[str, float], None]


def silent(_step: str, _done: float) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Seen:
    """The database that a plan was made over: data versions, and the newest keys of what is only added to."""

    versions: dict[Subject, int]
    keys: dict[str, int]


OF_CARS = ("leads", "policies", "follow_ups", "vehicles", "renewal_events")
BY_ROW = frozenset({Subject.SALES, Subject.POLICIES, Subject.RENEWALS})
APPENDED: dict[str, Any] = {"policies": Policy, "renewals": Renewal, "renewal_events": RenewalEvent}


class _Undone(Exception):  # noqa: N818 - it is no fault
    """Takes back a transaction in which nothing may stay."""


def load(
    path: Path, actor: Actor, dry_run: bool = False, replace_demo: bool = False, progress: Progress = silent
) -> Report:
    """Load a file, or tell why not. Nothing is written when anything is wrong, or in a dry run.

    `replace_demo` empties a demonstration database first, after a backup.
    Errors: `Unusable` for a file that is no workbook of the contract; `NotAllowed`; `Refused` for a database that
    cannot take it.
    """
    progress(N_("Reading"), 0.0)
    book, demo = workbook.read(path), data.fresh(mark.is_demonstration)
    if demo and not replace_demo:
        raise Refused(
            N_("This database holds the demonstration. Load real data with --replace-demo, which empties it first.")
        )
    return load_book(book, path.name, actor, dry_run, progress, replacing_demo=demo)


def load_book(
    book: Book, name: str, actor: Actor, dry_run: bool = False, progress: Progress = silent,
    replacing_demo: bool = False,
) -> Report:  # fmt: skip
    """Load sheets that were read from the file of this name, whatever the database holds. Errors as `load`."""
    began, zone = perf_counter(), settings.load().zone
    report = Report(name, dry_run)
    sheets = read_sheets(book, actor, zone, report, progress)
    progress(N_("Checking"), 0.4)
    if replacing_demo:
        _replace(sheets, actor, zone, report)
    else:
        _merge(sheets, actor, zone, report, progress)
    report.tidy()
    report.seconds = round(perf_counter() - began, 2)
    progress(N_("Done"), 1.0)
    return report


def _merge(sheets: Mapping[str, Sheet], actor: Actor, zone: ZoneInfo, report: Report, progress: Progress) -> None:
    """Plan without a lock, write under a short one; plan again where somebody was faster."""
    data.fresh(personal.check)
    for _ in range(ATTEMPTS):
        report.begin_again()
        batch, seen = data.fresh(_plan, actor, clock.now(), zone, report, sheets)
        if report.refused or report.dry_run:
            return
        progress(N_("Writing"), 0.8)
        if _write(batch, seen, actor, report):
            report.loaded = True
            return
        progress(N_("Checking"), 0.4)
    raise Conflict(N_("People are changing the same records all the time. Nothing was written; try again."))


def _replace(sheets: Mapping[str, Sheet], actor: Actor, zone: ZoneInfo, report: Report) -> None:
    """Empty a demonstration and load the file in one transaction, over a backup."""
    actor.require(Permission.IMPORT_ORGANISATION)
    try:
        with data.transaction(actor) as change:
            replacing.empty(change.session)
            connection = change.connection
            batch, _ = _plan(connection, actor, change.at, zone, report, sheets)
            if report.refused or report.dry_run:
                raise _Undone
            report.backup = str(replacing.back_up(clock.store_time(change.at, zone)))
            blocks = writing.reserve(change.session, batch)
            _finish(change, batch, report, writing.statements(batch, blocks, connection.dialect))
            change.subjects |= replacing.EVERYTHING
    except _Undone:
        return
    report.loaded = True


def read_sheets(book: Book, actor: Actor, zone: ZoneInfo, report: Report, progress: Progress) -> dict[str, Sheet]:
    """The sheets' rows, typed. Errors: `Unusable`, `NotAllowed` for a sheet that this person may not load."""
    report.ignored_sheets = book.ignored
    _require(actor, book)
    sheets = {}
    for place, raw in enumerate(book.sheets):
        sheets[raw.form.name] = reading.read(raw, zone, report)
        progress(N_("Reading"), 0.1 + 0.3 * (place + 1) / len(book.sheets))
    if not report.wrong and not any(count.rows for count in report.sheets):
        raise Unusable(N_("The file has no rows."))
    return sheets


def _require(actor: Actor, book: Book) -> None:
    """`NotAllowed` names the sheets that this person may not load, and who may."""
    beyond = [raw.form for raw in book.sheets if not actor.may(raw.form.permission)]
    if not beyond:
        return
    kind = beyond[0].permission
    names = [form for form in beyond if form.permission is kind]
    raise NotAllowed(
        N_("Of this file only {role} may load {sheets}. Put these sheets into a file of their own and let such a "
           "person load it; nothing was written."),
        role=Role.ADMIN if kind is Permission.IMPORT_ORGANISATION else Role.MANAGER,
        sheets=lambda words: ", ".join(form.chinese if words.language == "zh" else form.name for form in names),
    )  # fmt: skip


def _plan(
    connection: Connection, actor: Actor, at: datetime, zone: ZoneInfo, report: Report, sheets: Mapping[str, Sheet]
) -> tuple[Batch, Seen]:
    """What to write, and the data versions that this was seen at."""
    newest = {name: connection.scalar(select(func.max(table.id))) or 0 for name, table in APPENDED.items()}
    seen = Seen(data.versions(connection), newest)
    planning = Planning(connection, refreshed(connection, actor), at, zone, report, sheets)
    plan_reasons(planning)
    plan_channels(planning)
    plan_users(planning)
    plain.plan(planning, plain.PLAIN_CAR_MODELS)
    people = People(planning)
    cars = Cars(planning, (row.values["vin"] for name in OF_CARS if name in sheets
                           for row in sheets[name].rows if row.get("vin")))  # fmt: skip
    policies = Policies(planning, people, cars)
    policies.plan()
    plan_leads(planning, people, cars)
    plan_lead_events(planning)
    plan_vehicles(planning, people, cars, policies)
    Renewals(planning, cars, policies.touched, policies.tiers).plan()
    plain.plan_targets(planning)
    for each in (
        plain.PLAIN_STOCK,
        plain.PLAIN_FORECASTS,
        plain.PLAIN_SCORES,
        plain.PLAIN_STATEMENT,
        plain.PLAIN_RECEIPTS,
    ):
        plain.plan(planning, each)
    people.write()
    cars.write()
    plan_own(planning)
    return planning.batch, seen


def _write(batch: Batch, seen: Seen, actor: Actor, report: Report) -> bool:
    """Write the batch unless somebody changed what it was planned over; says whether it was written."""
    driver = data.database().writing.dialect.loaded_dbapi
    try:
        _write_all(batch, seen, actor, report)
    except (writing.Overtaken, driver.IntegrityError, IntegrityError):
        return False  # a row that it would write stands there already, or is another now
    return True


def _write_all(batch: Batch, seen: Seen, actor: Actor, report: Report) -> None:
    dialect = data.database().writing.dialect
    blocks: writing.Blocks = {}
    if batch.new_keys:
        with data.transaction(actor) as reserving:
            blocks = writing.reserve(reserving.session, batch)
    made = writing.statements(batch, blocks, dialect)
    with data.connection() as ready, staged(ready, made) as moves, data.transaction(actor, bind=ready) as change:
        connection = change.connection
        _check_not_overtaken(connection, batch, seen)
        with moving(connection, made):
            _finish(change, batch, report, moves)


def _check_not_overtaken(connection: Connection, batch: Batch, seen: Seen) -> None:
    """Refuse to write over what changed since; leads, cars and policies are told apart by row, so that a desk at work
    does not stop an import (a changed row fails its own version check when it is written)."""
    now = data.versions(connection)
    if any(now.get(subject) != seen.versions.get(subject) for subject in batch.subjects - BY_ROW):
        raise writing.Overtaken
    for added_since in (queries.cars_with_new_policies, queries.cars_with_new_renewals, queries.cars_with_new_events):
        if batch.settled & set(connection.scalars(added_since(seen.keys))):
            raise writing.Overtaken


def _finish(change: Change, batch: Batch, report: Report, made: Sequence[writing.Statement]) -> None:
    """Under the lock: the audit row, the data versions, the rows."""
    personal.claim(change.session)
    change.subjects |= batch.subjects | {Subject.IMPORTS}
    change.record(
        "import", "imports", file=report.file_name, backup=report.backup,
        sheets={each.sheet: [each.rows, each.new, each.changed] for each in report.sheets},
    )  # fmt: skip
    writing.execute(change.connection, made)
