"""The database is what the models say, on both engines, and can be taken back."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, inspect, select

from db.base import Base
from db.engine import Database, migrating
from db.tables import DataVersion, LossReason
from db.tables.records import VERSION_PARTS
from db.terms import Subject
from lib import install
from tests.personas import people


def test_migrations_build_what_the_models_say(store: Database) -> None:
    with store.reading.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_migrations_go_down_to_nothing_and_up_again(store: Database) -> None:
    people()
    with migrating(store.url).begin() as connection:
        command.downgrade(install.alembic_config(connection), "base")
        assert set(inspect(connection).get_table_names()) <= {"alembic_version", "sqlite_sequence"}
    assert install.upgrade() == install.head()


def test_installing_twice_changes_nothing(store: Database) -> None:
    def counts() -> tuple[int | None, int | None]:
        with store.reading.connect() as connection:
            return (
                connection.scalar(select(func.count()).select_from(LossReason)),
                connection.scalar(select(func.count()).select_from(DataVersion)),
            )

    before = counts()
    install.upgrade()
    assert counts() == before
    assert before[1] == len(Subject) * (1 if store.embedded else VERSION_PARTS)
