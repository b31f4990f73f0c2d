"""Creating and upgrading the database, and the rows that every database starts with."""

from itertools import product
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, insert, select

from db import marks
from db.engine import Database, migrating
from db.tables import AuthorityRule, CounterArgument, DataVersion, LossReason, MessageTemplate, RateRow, Script
from db.terms import Subject
from lib import data, reasons
from lib.approvals import book
from lib.counter_arguments import starters
from lib.messages import templates
from lib.premiums import tables
from lib.renewals import scripts

MIGRATIONS = Path(__file__).resolve().parent.parent / "db" / "migrations"


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's settings, over an open connection if given."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def upgrade(store: Database | None = None) -> str:
    """Bring the schema and the starting rows up to date; returns the revision. Safe to run again."""
    store = store or data.database()
    if store.embedded and store.url.database:
        Path(store.url.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with store.turn(), data.reachable(), migrating(store.url).begin() as connection:
        before = revision(connection)
        marks.take_away(connection)
        command.upgrade(alembic_config(connection), "head")
        marks.lay(connection)
        if revision(connection) != before:
            marks.mark_everything(connection)
        _seed(connection)
        return revision(connection) or ""


def revision(connection: Connection) -> str | None:
    """The schema's revision in the database; `None` for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    """The revision that this code needs."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def check_known(revision: str) -> None:
    """Errors: alembic's `CommandError` for a revision that this code has not heard of."""
    ScriptDirectory(str(MIGRATIONS)).get_revision(revision)


def _seed(connection: Connection) -> None:
    known = {(row.subject, row.part) for row in connection.execute(select(DataVersion.subject, DataVersion.part))}
    every = product(Subject, range(data.version_parts(connection)))
    missing = [
        {"subject": subject, "part": part, "version": 1} for subject, part in every if (subject, part) not in known
    ]
    if missing:
        connection.execute(insert(DataVersion), missing)
    if connection.scalar(select(LossReason.id).limit(1)) is None:
        reasons.seed(connection)
    if connection.scalar(select(CounterArgument.id).limit(1)) is None:
        starters.seed(connection)
    starters.translate(connection)
    if connection.scalar(select(RateRow.id).limit(1)) is None:
        tables.seed(connection)
    if connection.scalar(select(Script.stage).limit(1)) is None:
        scripts.seed(connection)
    if connection.scalar(select(MessageTemplate.id).limit(1)) is None:
        templates.seed(connection)
    if connection.scalar(select(AuthorityRule.id).limit(1)) is None:
        book.seed(connection)
