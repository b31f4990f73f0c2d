"""A real server and a real headless Chromium, for what only a browser shows."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import bcrypt
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from sqlalchemy import update
from sqlalchemy.orm import Session

from db.engine import Database
from db.tables import User
from lib import clock, data
from lib.access import Actor
from lib.signing_in import cookies
from tests.browser import chromium
from tests.browser.serving import Server
from tests.conftest import Servers, opened
from tests.pages.desk import session_of
from tests.personas import Personas, people

PASSWORD = "纸鸢 Paper-Kite 2718"
PATIENCE = 20_000  # milliseconds on a busy machine, for an act and for what is expected of it alike
LAPTOP = {"width": 1366, "height": 768}


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all browser tests. Where none is found the tests fail and say how to get one."""
    expect.set_options(PATIENCE)
    with sync_playwright() as playwright:
        program = chromium.find(playwright.chromium.executable_path)
        if program is None:
            pytest.fail(chromium.HOW_TO_GET_ONE, pytrace=False)
        started = playwright.chromium.launch(executable_path=program, args=chromium.QUIET)
        yield started
        started.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages, each in a browser profile of its own; takes the options of `Browser.new_context`."""
    contexts: list[BrowserContext] = []

    def open_one(**options: object) -> Page:
        contexts.append(browser.new_context(**{"locale": "zh-CN", "viewport": LAPTOP} | options))
        contexts[-1].set_default_timeout(PATIENCE)
        return contexts[-1].new_page()

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """One page of a Chinese browser on a laptop's screen."""
    return new_page()


@pytest.fixture
def personas(sqlite_store: Database) -> Personas:
    """The people of `tests/personas.py` in the server's database; each signs in with `PASSWORD`."""
    return admitted()


@pytest.fixture(scope="module")
def lasting_personas(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Personas]:
    """The same for a module whose tests only look: one database for them all."""
    with pytest.MonkeyPatch.context() as patch:
        for _ in opened("sqlite", servers, tmp_path_factory.mktemp("lasting"), patch):
            yield admitted()


@pytest.fixture(scope="module")
def lasting_server(lasting_personas: Personas, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The desk, served over that database."""
    started = Server(tmp_path_factory.mktemp("served") / "server.log")
    yield started.start()
    started.kill()


def admitted() -> Personas:
    made = people()
    give_passwords()
    return made


def give_passwords() -> None:
    """Let every person of the open database sign in with `PASSWORD` (a cheap hash: it is made for speed)."""
    cheap = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()
    with data.database().turn(), Session(data.database().writing) as session, session.begin():
        session.execute(update(User).values(password_hash=cheap))


@pytest.fixture
def new_server(tmp_path: Path) -> Iterator[Callable[[], Server]]:
    """Starts servers on the database that the settings name now; they end with the test."""
    started: list[Server] = []

    def start() -> Server:
        started.append(Server(tmp_path / f"server-{len(started)}.log"))
        return started[-1].start()

    yield start
    for server in started:
        server.kill()


@pytest.fixture
def server(personas: Personas, new_server: Callable[[], Server]) -> Server:
    """The desk, served on a free port over a fresh SQLite database with the personas in it."""
    return new_server()


@pytest.fixture
def signed_in(server: Server, new_page: Callable[..., Page]) -> Callable[..., Page]:
    """Opens a page as a person, without the form: `signed_in(personas.manager, "board")`. Options as `new_page`."""

    def open_as(actor: Actor, path: str = "", **options: object) -> Page:
        page = new_page(**options)
        cookie = cookies.for_session(session_of(actor), clock.now() + timedelta(hours=1))
        page.context.add_cookies([{"name": cookies.SESSION, "value": cookie, "url": server.url, "httpOnly": True}])
        page.goto(f"{server.url}/{path}")
        return page

    return open_as
