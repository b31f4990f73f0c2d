"""The reception card on a phone held upright: everything within one screen, Enter saves, a fresh card follows."""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from sqlalchemy import select

from db.tables import Lead
from db.terms import IntentionLevel
from lib import data
from tests.browser.conftest import PASSWORD
from tests.browser.serving import Server

PHONE = {"width": 390, "height": 844}
THUMB = 40  # pixels that a thumb hits surely


def test_a_receptionist_fills_the_card_on_a_phone(server: Server, new_page: Callable[..., Page]) -> None:
    page = new_page(viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto(f"{server.url}/reception")
    page.get_by_label("工号").fill("consultant")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    save = page.get_by_role("button", name="保存", exact=True)
    expect(save).to_be_visible()
    expect(save).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for target in (save, page.get_by_role("radio", name="来电"), page.get_by_role("radio", name="A级")):
        assert (target.bounding_box() or {"height": 0})["height"] >= THUMB
    mobile = page.get_by_label("手机号")
    assert mobile.get_attribute("type") == "tel"
    page.get_by_role("radio", name="A级").tap()
    page.get_by_label("姓名").fill("王小明")
    mobile.fill("13812348000")
    page.keyboard.press("Enter")
    expect(page.get_by_text("已保存")).to_be_visible()
    expect(page.get_by_label("手机号")).to_have_value("")
    expect(page.get_by_label("姓名")).to_have_value("")
    with data.database().reading.connect() as connection:
        made = connection.execute(select(Lead.captured, Lead.intention_level)).one()
    assert made == (True, IntentionLevel.A)
    assert "13812348000" not in page.url
