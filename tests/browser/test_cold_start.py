"""A server that has just started runs no page for whom it does not know, whichever page is asked for first.

Streamlit runs a file of `pages/` by itself until the navigation was drawn once in the process, so every page is asked
for on a server of its own.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lib.ui.navigation import FOLDER, SCREENS
from tests.browser.serving import Server
from tests.browser.signing_in import expect_sign_in_form
from tests.personas import Personas

PATHS = sorted(file.stem for file in FOLDER.glob("*.py") if file.stem not in SCREENS)


@pytest.mark.parametrize("path", PATHS)
def test_the_first_request_of_all_gets_the_sign_in_form(
    personas: Personas, new_server: Callable[[], Server], page: Page, path: str
) -> None:
    server = new_server()
    page.goto(f"{server.url}/{path}")
    expect_sign_in_form(page)
    expect(page.get_by_role("heading")).to_have_text(["门店工作台"])
    assert page.url == f"{server.url}/{path}"


def test_a_wall_without_a_link_shows_nothing(personas: Personas, new_server: Callable[[], Server], page: Page) -> None:
    page.goto(f"{new_server().url}/wall?screen=made-up")
    page.wait_for_load_state("networkidle")
    assert "东风店" not in page.content()
