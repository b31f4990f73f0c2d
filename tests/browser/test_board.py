"""The managers' board in a real browser: a number opens, filters stay in the address, a change shows."""

from collections.abc import Callable
from itertools import count

import pytest
from playwright.sync_api import Locator, Page, expect

from db.terms import LeadEventKind, Subject
from lib import data
from lib.ui.today import today
from tests.browser import reading
from tests.browser.serving import Server
from tests.facts import facts
from tests.personas import Personas

PAGES = ("board", "definitions", "targets")
TICK = 6_000  # milliseconds in which a change must have come, on a busy machine
NUMBERS = count(1000)  # of the rows made here, over several transactions


def order(personas: Personas) -> None:
    """Someone walks in and orders, told by a process that is not the server."""
    with facts(personas) as f:
        f.numbers = NUMBERS
        lead = f.lead(f"{today()} 00:00", model="星河E")
        f.lead_event(lead, LeadEventKind.ORDER, f"{today()} 00:00", amount=159_800)
        data.raise_versions(f.session.connection(), {Subject.SALES})


@pytest.fixture(scope="module")
def personas(lasting_personas: Personas) -> Personas:
    """One order has been placed today."""
    order(lasting_personas)
    return lasting_personas


@pytest.fixture(scope="module")
def server(lasting_server: Server) -> Server:
    """One for all these tests: what one adds is nothing to the others."""
    return lasting_server


def tile(page: Page, slug: str) -> Locator:
    return page.locator(f".st-key-card-tile-{slug}")


def test_a_number_opens_into_its_masked_rows_and_closes(personas: Personas, signed_in: Callable[..., Page]) -> None:
    page = signed_in(personas.manager, "board")
    tile(page, "orders").locator("button:visible").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("期间内的订单数")
    expect(dialog.get_by_test_id("stDataFrame")).to_contain_text("张**")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_an_hour_opens_into_who_came_in_it(personas: Personas, signed_in: Callable[..., Page]) -> None:
    page = signed_in(personas.manager, "board")
    page.locator(".st-key-card-hours svg .mark-rect path, .st-key-card-hours canvas").first.click()
    expect(page.get_by_role("dialog").get_by_test_id("stDataFrame")).to_contain_text("张**")


def test_a_view_can_be_sent_by_its_address(personas: Personas, signed_in: Callable[..., Page]) -> None:
    page = signed_in(personas.manager, "board?period=day&consultant=colleague")
    expect(tile(page, "orders").locator(".value").first).to_have_text("0台")
    page.get_by_text("周", exact=True).first.click()
    page.wait_for_url("**/board?*period=week*")
    assert "consultant=colleague" in page.url
    assert "%" not in page.url.partition("?")[2]


@pytest.mark.parametrize("path", PAGES)
def test_nothing_stands_in_the_way_of_a_screen_reader(
    personas: Personas, signed_in: Callable[..., Page], path: str
) -> None:
    page = signed_in(personas.manager, path)
    expect(page.locator("[class*='st-key-card']").first).to_be_visible()
    assert reading.obstacles(page) == {}


def test_a_change_shows_by_itself(personas: Personas, signed_in: Callable[..., Page]) -> None:
    page = signed_in(personas.manager, "board?period=day")
    expect(tile(page, "orders").locator(".value").first).to_have_text("1台")
    order(personas)
    expect(tile(page, "orders").locator(".value").first).to_have_text("2台", timeout=TICK)
