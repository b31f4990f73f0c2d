"""The pictures of the network in a real browser: a mark opens its channel."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from lib.ui.today import today
from tests.facts import facts
from tests.personas import Personas

MARKS = {
    "flow": ".mark-area path",
    "scatter": ".role-mark.mark-symbol path",
    "courses": ".mark-rect path[aria-label^=西城店]",
}


def test_every_mark_opens_its_channel(personas: Personas, signed_in: Callable[..., Page]) -> None:
    with facts(personas) as f:
        for channel in ("S1", "S2", "S2"):
            f.lead(f"{today()}", channel=channel)
    page = signed_in(personas.boss, "channels?part=pictures")
    pictures = page.url
    for card, mark in MARKS.items():
        page.goto(pictures)
        page.locator(f".st-key-card-channel_{card} svg.marks {mark}").first.click()
        page.wait_for_url("**&node=S2")
        expect(page.locator("h3").first).to_have_text("西城店")
