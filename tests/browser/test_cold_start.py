"""A server that has just started runs no page for whom it does not know, whichever page is asked for first.

Streamlit runs a file of `pages/` by itself until the navigation was drawn once in the process. Here one page is asked
for in a browser; every page, run by itself, in `tests/pages/test_shell.py`.
"""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.serving import Server
from tests.browser.signing_in import expect_sign_in_form
from tests.personas import Personas


def test_the_first_request_of_all_gets_the_sign_in_form(
    personas: Personas, new_server: Callable[[], Server], page: Page
) -> None:
    server = new_server()
    page.goto(f"{server.url}/renewals")
    expect_sign_in_form(page)
    expect(page.get_by_role("heading")).to_have_text(["门店工作台"])
    assert page.url == f"{server.url}/renewals"


def test_a_wall_without_a_link_shows_nothing(personas: Personas, new_server: Callable[[], Server], page: Page) -> None:
    page.goto(f"{new_server().url}/wall?screen=made-up")
    page.wait_for_load_state("networkidle")
    assert "东风店" not in page.content()
