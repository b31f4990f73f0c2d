"""Imports from the screen: each runs as a process outside the server, and tells how far it is in its row."""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import Connection, insert, select, update

from db.queries import imports as queries
from db.tables import ImportJob
from db.terms import ImportState, Subject
from lib import data, settings
from lib.access import SYSTEM, Actor, Permission
from lib.actors import refreshed
from lib.data import Change, command, reads
from lib.imports import loading, workbook
from lib.imports.findings import Report, as_json
from lib.imports.unusable import Unusable
from lib.refusals import N_, Invalid, NotAllowed, NotFound, Refused
from lib.words import words

RUNNING = (ImportState.WAITING, ImportState.RUNNING)
TELL_EVERY = 0.5  # seconds
SHOWN = 20

_children: dict[int, subprocess.Popen[bytes]] = {}


@dataclass(frozen=True)
class Job:
    """One import as the screen shows it."""

    id: int
    file_name: str
    actor_name: str
    state: ImportState
    done_rate: float
    report: dict[str, Any]
    started_at: datetime
    finished_at: datetime | None

    @property
    def running(self) -> bool:
        return self.state in RUNNING


def start(actor: Actor, file_name: str, content: bytes, dry_run: bool) -> int:
    """Put the file into a private folder and start its import; returns the job's key.

    Errors: `Invalid` for a file that is too large; `NotAllowed`.
    """
    if len(content) > workbook.LARGEST_FILE:
        raise Invalid(N_("The file is larger than {most} MB. Split it."), most=workbook.LARGEST_FILE // 2**20)
    job_id = data.write(_begin, actor, Path(file_name).name)
    folder = Path(tempfile.mkdtemp(prefix="import-"))  # readable by its owner only
    file = folder / Path(file_name).name
    file.write_bytes(content)
    order = [sys.executable, "-m", "lib", "import", str(file), "--job", str(job_id), *["--dry-run"] * dry_run]
    child = subprocess.Popen(  # noqa: S603 - our own program
        order, cwd=settings.ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    _children[child.pid] = child
    _tell(job_id, report={"process": child.pid, "dry_run": dry_run})
    return job_id


@command(Permission.IMPORT, Subject.IMPORTS)
def _begin(change: Change, file_name: str) -> int:
    row = insert(ImportJob).values(
        file_name=file_name[:255], actor_id=change.actor.user_id, state=ImportState.WAITING, done_rate=0.0, report={},
        started_at=change.at,
    )  # fmt: skip
    key = change.session.scalars(row.returning(ImportJob.id)).one()
    change.record("import_started", "import_jobs", key, file=file_name)
    return key


def run(job_id: int, file: Path, dry_run: bool) -> None:
    """What the process does: import, and keep the outcome with the job. The file and its folder are removed."""
    actor = data.fresh(_owner, job_id)
    told = 0.0

    def progress(step: str, done: float) -> None:
        nonlocal told
        if monotonic() - told > TELL_EVERY:
            told = monotonic()
            _tell(job_id, state=ImportState.RUNNING, done_rate=done, report={"step": step, "process": os.getpid()})

    try:
        report = loading.load(file, actor, dry_run, progress=progress)
        _finish(job_id, _state(report), as_json(report))
    except Refused as refusal:
        state = ImportState.REFUSED if isinstance(refusal, (Unusable, Invalid, NotAllowed)) else ImportState.FAILED
        _finish(job_id, state, {"zh": words("zh").of(refusal), "en": words("en").of(refusal)})
    finally:
        shutil.rmtree(file.parent, ignore_errors=True)


def _state(report: Report) -> ImportState:
    if report.refused:
        return ImportState.REFUSED
    return ImportState.LOADED if report.loaded else ImportState.CHECKED


def _owner(connection: Connection, job_id: int) -> Actor:
    user_id = connection.scalar(select(ImportJob.actor_id).where(ImportJob.id == job_id))
    return refreshed(connection, Actor(name="", user_id=user_id)) if user_id else SYSTEM


def _tell(job_id: int, **values: Any) -> None:
    with data.transaction(SYSTEM) as change:
        change.session.execute(
            update(ImportJob).where(ImportJob.id == job_id, ImportJob.finished_at.is_(None)).values(**values)
        )


def _finish(job_id: int, state: ImportState, report: dict[str, Any]) -> None:
    with data.transaction(SYSTEM) as change:
        finished = {"state": state, "done_rate": 1.0, "report": report, "finished_at": change.at}
        change.session.execute(update(ImportJob).where(ImportJob.id == job_id).values(**finished))
        change.subjects.add(Subject.IMPORTS)


def job(actor: Actor, job_id: int) -> Job:
    """One job of this person (or of anybody, for the command line). One whose process is gone is told as failed.

    Errors: `NotFound`.
    """
    found = next((each for each in data.fresh(_jobs, actor.user_id) if each.id == job_id), None)
    if found is None:
        raise NotFound
    if found.running and not _alive(found.report.get("process")):
        lost = N_("The import stopped unexpectedly. Nothing was written; start it again.")
        _finish(job_id, ImportState.FAILED, {"zh": words("zh").say(lost), "en": words("en").say(lost)})
        return next(each for each in data.fresh(_jobs, actor.user_id) if each.id == job_id)
    return found


@reads(Subject.IMPORTS)
def history(connection: Connection, user_id: int | None) -> tuple[Job, ...]:
    """The last imports of a person, newest first."""
    return _jobs(connection, user_id)


def _jobs(connection: Connection, user_id: int | None) -> tuple[Job, ...]:
    return tuple(Job(**row) for row in connection.execute(queries.jobs(user_id, SHOWN)).mappings())


def _alive(process: Any) -> bool:
    if process is None:
        return True  # it is being started
    if child := _children.get(process):
        return child.poll() is None
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
