"""Two people with one case open, each in a browser of their own; and the whole act by keyboard."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from db.terms import RenewalEventKind
from tests.cases import events, expiring
from tests.personas import Personas


def said(key: int) -> list[str]:
    return [event.note for event in events(key) if event.kind is RenewalEventKind.CONTACT]


def test_the_second_of_two_is_told_who_was_first_and_loses_nothing(
    personas: Personas, signed_in: Callable[..., Page]
) -> None:
    key = expiring(personas, owner="specialist", name="欧阳春晓")
    first = signed_in(personas.specialist, f"renewals?case={key}")
    second = signed_in(personas.manager, f"renewals?case={key}")
    second.get_by_label("客户想法").fill("经理记的话")
    first.get_by_label("客户想法").fill("专员记的话")
    first.get_by_role("button", name="保存", exact=True).click()
    expect(first.get_by_text("记录联系：已保存")).to_be_visible()
    second.get_by_role("button", name="保存", exact=True).click()
    expect(second.get_by_text("续一 已于")).to_be_visible()
    expect(second.get_by_label("客户想法")).to_have_value("经理记的话")
    assert said(key) == ["专员记的话"]
    second.get_by_role("button", name="保存", exact=True).click()
    expect(second.get_by_text("记录联系：已保存")).to_be_visible()
    assert said(key) == ["专员记的话", "经理记的话"]
    assert "欧阳" not in second.content()


def test_one_key_saves_and_opens_the_next_case(personas: Personas, signed_in: Callable[..., Page]) -> None:
    cases = [expiring(personas, days, owner="specialist") for days in (5, 6)]
    page = signed_in(personas.specialist, f"renewals?case={cases[0]}")
    page.get_by_label("客户想法").fill("周三来")
    expect(page.get_by_role("button", name="保存，下一位")).to_be_visible()  # the key is the button's
    page.keyboard.press("Tab")
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile(f"case={cases[1]}"))
    assert said(cases[0]) == ["周三来"]
    assert said(cases[1]) == []


def test_on_a_phone_held_upright_the_open_case_stands_before_the_list_and_works(
    personas: Personas, signed_in: Callable[..., Page]
) -> None:
    key = expiring(personas, owner="specialist")
    page = signed_in(personas.specialist, f"renewals?case={key}", viewport={"width": 390, "height": 844})
    page.get_by_label("客户想法").fill("在路上")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("记录联系：已保存")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    case, table = page.locator(".st-key-card-renewal"), page.get_by_test_id("stDataFrame")
    assert case.evaluate("each => each.getBoundingClientRect().bottom") <= table.evaluate(
        "each => each.getBoundingClientRect().top"
    )
    assert said(key) == ["在路上"]
