"""The wall in a real browser: what it shows from five metres, what it never sends, and how it lives through trouble."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Page, WebSocket, expect
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.tables import Customer, Screen, Vehicle
from db.terms import LeadEventKind as K
from db.terms import RenewalStatus, Subject
from lib import clock, data, screens, settings
from tests.browser.serving import Server
from tests.conftest import Servers, close_all, point_at
from tests.facts import facts
from tests.personas import Personas, people

TV = {"width": 1920, "height": 1080}
TICK = 4_000  # milliseconds in which a change must have come, on a busy machine
PATIENCE = 30_000
TOKEN = "the-tv-of-the-tests"
NUMBERS = count(1000)  # of the rows made here, over several transactions


def today() -> str:
    return clock.business_day(clock.now(), settings.load().zone).isoformat()


def screen(personas: Personas, token: str = TOKEN, **options: object) -> str:
    """Hang up a screen of the first store; gives the address's end."""
    with facts(personas) as given:
        given.put(
            Screen, name="展厅", token_hash=screens.token_hash(token), channel_id=personas.channels["S1"],
            options=options, created_at=clock.now(),
        )  # fmt: skip
    return f"/wall?screen={token}"


def sell(personas: Personas, by: str = "consultant", model: str = "星河E") -> None:
    """An order is recorded, by a process that is not the server."""
    with facts(personas) as given:
        given.numbers = NUMBERS
        car = given.vehicle(plate=f"云A{next(given.numbers):05d}")
        lead = given.lead(today(), by=by, model=model, vehicle_id=car)
        given.lead_event(lead, K.ORDER, today())
        data.raise_versions(given.session.connection(), {Subject.SALES})


def number(page: Page, label: str) -> object:
    tile = page.locator(".tile").filter(has=page.get_by_text(label, exact=True))
    return tile.locator(".number b")


def shown(page: Page, address: str) -> Page:
    page.goto(address)
    expect(page.locator(".wall .page")).to_be_visible()
    return page


@pytest.fixture
def tv(new_page: Callable[..., Page]) -> Page:
    """The TV's browser."""
    return new_page(viewport=TV)


def test_the_wall_shows_the_day_without_a_person_and_without_furniture(
    server: Server, personas: Personas, tv: Page
) -> None:
    sell(personas)
    page = shown(tv, server.url + screen(personas))
    expect(number(page, "来店")).to_have_text("1")
    expect(number(page, "订单")).to_have_text("1")
    expect(page.locator(".age")).to_have_text(re.compile(r"^数据 [0-3] 秒前$"))
    for furniture in ("stHeader", "stSidebar", "stToolbar", "stStatusWidget"):
        expect(page.get_by_test_id(furniture).locator("visible=true")).to_have_count(0)


def test_every_scene_fits_every_screen_and_the_days_numbers_are_a_tenth_of_its_height(
    server: Server, personas: Personas, tv: Page
) -> None:
    sell(personas)
    page = shown(tv, server.url + screen(personas, scenes={"today": 5, "team": 5, "insurance": 5, "channels": 5}))
    for scene in ("today", "team", "insurance", "channels"):
        expect(page.locator(f"article.{scene}")).to_be_visible(timeout=PATIENCE)
        for width, height in ((3840, 2160), (1366, 768), (1920, 1080)):
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(TOO_FAR) == []
            assert page.evaluate(DIGIT_HEIGHT) >= height / 10


TOO_FAR = """() => {
  const { scrollHeight, scrollWidth } = document.documentElement;
  const scrolls = scrollHeight > innerHeight || scrollWidth > innerWidth;
  const outside = [...document.querySelectorAll(".wall article *, .wall header *, .wall footer *")].filter((node) => {
    const box = node.getBoundingClientRect();
    return box.width && (box.bottom > innerHeight + 1 || box.right > innerWidth + 1 || box.left < -1 || box.top < -1);
  });
  return [...(scrolls ? ["the page scrolls"] : []), ...outside.map((node) => node.className || node.localName)];
}"""
DIGIT_HEIGHT = """() => {
  const number = document.querySelector(".wall .number b");
  const pen = document.createElement("canvas").getContext("2d");
  const { fontWeight, fontSize, fontFamily } = getComputedStyle(number);
  pen.font = `${fontWeight} ${fontSize} ${fontFamily}`;
  const drawn = pen.measureText(number.textContent);
  return drawn.actualBoundingBoxAscent + drawn.actualBoundingBoxDescent;
}"""


def test_a_change_made_elsewhere_shows_lights_up_and_is_announced_once(
    server: Server, personas: Personas, tv: Page
) -> None:
    sell(personas, by="colleague", model="远途A7")
    page = shown(tv, server.url + screen(personas))
    expect(number(page, "订单")).to_have_text("1")
    expect(page.locator(".banner")).to_have_count(0)  # what stood there before is no news
    sell(personas)
    expect(number(page, "订单")).to_have_text("2", timeout=TICK)
    tile = page.locator(".tile").filter(has_text="订单")
    assert tile.locator(".glow").evaluate("node => node.getAnimations().length") == 1
    assert (
        page.locator(".tile").filter(has_text="交车").locator(".glow").evaluate("node => node.getAnimations().length")
        == 0
    )
    expect(page.locator(".banner")).to_have_text("喜报顾一 订出 星河E")
    expect(page.locator(".banner")).to_have_count(0, timeout=PATIENCE)
    expect(tile.locator(".glow")).to_have_css("opacity", "0")


def personal_values() -> set[str]:
    columns = (Customer.name, Customer.mobile, Customer.id_number_sealed, Vehicle.vin, Vehicle.plate)
    with data.database().reading.connect() as connection:
        return {value for column in columns for value in connection.scalars(select(column)) if value}


def test_nothing_that_the_browser_receives_names_a_customer_or_a_car(
    server: Server, personas: Personas, tv: Page
) -> None:
    with facts(personas) as given:
        given.renewal(today(), RenewalStatus.LOST, vehicle_id=given.vehicle(plate="云A12345"))
    sell(personas)
    received: list[bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: received.append(frame if isinstance(frame, bytes) else frame.encode()))

    tv.on("websocket", listen)
    page = shown(tv, server.url + screen(personas))
    sell(personas)
    expect(number(page, "订单")).to_have_text("2", timeout=TICK)
    sent = b"".join(received).decode("utf-8", "replace")
    heard = sent + re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), sent)
    assert "顾一" in heard  # the ear works: a consultant's name is there
    kept = personal_values()
    assert len(kept) > 6
    assert [value for value in kept if value in heard] == []


def test_a_revoked_link_says_so_at_the_next_tick_and_leaves_no_number(
    server: Server, personas: Personas, tv: Page
) -> None:
    page = shown(tv, server.url + screen(personas))
    with Session(data.database().writing) as session, session.begin():
        session.execute(update(Screen).values(revoked_at=clock.now()))
    expect(page.locator(".wall")).to_have_text("此大屏链接无效或已停用，请向管理员索取新链接。", timeout=TICK)
    page.reload()
    expect(page.locator(".wall")).to_have_text("此大屏链接无效或已停用，请向管理员索取新链接。")
    expect(page.get_by_test_id("stSidebar").locator("visible=true")).to_have_count(0)


def test_without_the_server_the_last_frame_stays_ages_and_comes_back_by_itself(
    server: Server, personas: Personas, tv: Page
) -> None:
    tv.clock.install()
    page = shown(tv, server.url + screen(personas))
    expect(number(page, "订单")).to_have_text("0")
    server.kill()
    page.clock.fast_forward(17_000)
    expect(page.locator(".wall [data-tone=amber]")).to_be_visible()
    expect(page.locator(".age")).to_have_text(re.compile(r"^数据 (1[6-9]|2\d) 秒前$"))
    page.clock.fast_forward(60_000)
    expect(page.locator(".wall [data-tone=grey]")).to_be_visible()
    expect(page.locator(".age")).to_have_text(re.compile(r"^数据停在 \d\d:\d\d，正在重连$"))
    expect(number(page, "订单")).to_have_text("0")
    expect(page.get_by_role("dialog").locator("visible=true")).to_have_count(0)
    sell(personas)
    server.start()
    expect(page.locator(".wall [data-tone=fresh]")).to_be_visible(timeout=PATIENCE)
    expect(number(page, "订单")).to_have_text("1")


def test_opened_while_no_server_answers_the_wall_waits_and_comes_back(
    server: Server, personas: Personas, tv: Page
) -> None:
    page = shown(tv, server.url + screen(personas))
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    server.kill()
    page.reload()
    expect(page.get_by_text("正在等待服务器")).to_be_visible()
    server.start()
    expect(page.locator(".wall .page")).to_be_visible(timeout=PATIENCE)
    assert page.url.endswith(TOKEN)


@pytest.fixture
def postgresql(servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A database that can be taken away: an empty one of the PostgreSQL server; gives its name."""
    url = servers.empty("postgresql")
    point_at(url, tmp_path, monkeypatch)
    yield url.rsplit("/", 1)[1].partition("?")[0]
    close_all()
    settings.load.cache_clear()


def test_without_the_database_the_last_frame_stays_and_comes_back_by_itself(
    postgresql: str, servers: Servers, new_server: Callable[[], Server], tv: Page
) -> None:
    personas = people()
    address = screen(personas)
    close_all()
    tv.clock.install()
    page = shown(tv, new_server().url + address)
    servers.run(f"ALTER DATABASE {postgresql} ALLOW_CONNECTIONS false")
    servers.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{postgresql}'")
    page.clock.fast_forward(17_000)
    expect(page.locator(".wall [data-tone=amber]")).to_be_visible()
    expect(number(page, "订单")).to_have_text("0")
    servers.run(f"ALTER DATABASE {postgresql} ALLOW_CONNECTIONS true")
    expect(page.locator(".wall [data-tone=fresh]")).to_be_visible(timeout=PATIENCE)


def test_the_clock_on_the_wall_is_the_stores_whatever_the_tv_believes(
    server: Server, personas: Personas, new_page: Callable[..., Page]
) -> None:
    tv = new_page(viewport=TV, timezone_id="America/New_York")
    tv.clock.install(time=datetime(1970, 1, 1))  # noqa: DTZ001 - a TV after a power cut
    page = shown(tv, server.url + screen(personas))
    now = clock.store_time(clock.now(), settings.load().zone)
    minutes = [f"{now + timedelta(minutes=later):%H:%M}" for later in (0, 1)]  # the minute may end while the test looks
    expect(page.locator(".wall time")).to_have_text(re.compile("|".join(minutes)))


def test_a_newer_version_of_the_server_makes_the_page_open_itself_again(
    server: Server, personas: Personas, tv: Page
) -> None:
    tv.clock.install()
    page = shown(tv, server.url + screen(personas))
    page.evaluate("() => { window.opened_before = true; }")
    page.clock.fast_forward(40_000)
    with page.expect_navigation():
        page.evaluate(ANOTHER_BUILD)
    expect(page.locator(".wall [data-tone=fresh]")).to_be_visible(timeout=PATIENCE)
    assert page.evaluate("() => window.opened_before") is None


ANOTHER_BUILD = """async () => {
  const sheet = document.querySelector("link[href$='/wall.css']").href;
  const wall = await import(sheet.replace("wall.css", "wall.js"));
  const parentElement = document.querySelector(".wall").parentElement;
  const words = { age: "", since: "", waiting: "" };
  wall.show({ data: { state: "away", at: 0, build: "another", words }, parentElement });
}"""
