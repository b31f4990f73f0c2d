"""Signing in and out as a person does it."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD
from tests.browser.serving import Server


def sign_in(page: Page, server: Server, username: str, path: str = "/") -> None:
    """Ask for a path, sign in at the form that comes, and wait for what stands behind it."""
    page.goto(server.url + path)
    page.get_by_label("工号").fill(username)
    page.get_by_role("textbox", name="密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("button", name="退出登录")).to_be_visible()


def expect_sign_in_form(page: Page) -> None:
    """The browser shows the form and nothing of the desk."""
    expect(page.get_by_role("button", name="登录", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="退出登录")).to_have_count(0)
