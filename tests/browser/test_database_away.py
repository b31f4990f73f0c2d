"""A server that has lost its database says so, and comes back by itself."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import make_url

from lib import settings
from tests.browser.conftest import give_passwords
from tests.browser.serving import Server
from tests.browser.signing_in import sign_in
from tests.conftest import Servers, close_all, point_at
from tests.personas import people

BACK = 30_000  # milliseconds: a tick of three seconds and a pool that finds out, on a busy machine


@pytest.fixture
def name(servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The name of an installed PostgreSQL database with the personas in it."""
    url = servers.empty("postgresql")
    point_at(url, tmp_path, monkeypatch)
    people()
    give_passwords()
    close_all()
    yield str(make_url(url).database)
    close_all()
    settings.load.cache_clear()


def let_in(servers: Servers, name: str, allowed: bool) -> None:
    servers.run(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS {allowed}")
    if not allowed:
        servers.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")


def test_every_page_says_so_and_comes_back_untouched(
    servers: Servers, name: str, new_server: Callable[[], Server], page: Page
) -> None:
    server = new_server()
    sign_in(page, server, "manager", "/account")
    expect(page.get_by_role("heading", name="我的账号")).to_be_visible()
    let_in(servers, name, False)
    assert httpx.get(f"{server.url}/readyz", timeout=30).status_code == 503
    assert httpx.get(f"{server.url}/healthz").status_code == 200
    expect(page.get_by_text("暂时连不上数据库").first).to_be_visible(timeout=BACK)  # the open page, by its own tick
    page.reload()
    expect(page.get_by_text("暂时连不上数据库").first).to_be_visible(timeout=BACK)
    expect(page.get_by_role("heading", name="我的账号")).to_have_count(0)
    let_in(servers, name, True)
    expect(page.get_by_role("heading", name="我的账号")).to_be_visible(timeout=BACK)
    assert httpx.get(f"{server.url}/readyz").status_code == 200
