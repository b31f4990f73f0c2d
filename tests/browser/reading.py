"""What stands in the way of a screen reader on a page, as axe finds it."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

STREAMLITS_OWN = {"list", "listitem"}  # how it marks up the headings of its navigation
RUNNING = "[data-test-script-state='running'], [data-stale='true']"  # greyed out until the run is over


def obstacles(page: Page) -> dict[str, list[object]]:
    """Serious and critical findings by rule. Waits for the page: what is still fading in has no contrast yet."""
    page.wait_for_load_state("networkidle")
    expect(page.locator(RUNNING)).to_have_count(0)
    page.wait_for_function("document.getAnimations().every(each => each.playState !== 'running')")
    found = Axe().run(page).response["violations"]
    serious = {each["id"]: each["nodes"] for each in found if each["impact"] in ("serious", "critical")}
    return {rule: nodes for rule, nodes in serious.items() if rule not in STREAMLITS_OWN}
