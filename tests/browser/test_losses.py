"""The loss analysis in a real browser: a mark selects, its cases are listed, a chip undoes it, a picture arrives."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from db.terms import RenewalStatus
from lib.charts import palette
from lib.ui.today import today
from tests.browser import reading
from tests.browser.serving import Server
from tests.facts import facts
from tests.lib.losses.lost import insured, lost_lead, lost_renewal
from tests.personas import Personas

BAR = "svg .mark-rect path"


@pytest.fixture(scope="module")
def lost(lasting_personas: Personas) -> Personas:
    """Today: two leads lost for their price, one for its distance, a renewal for a broker; one lead last month."""
    day = f"{today()} 00:00"
    with facts(lasting_personas) as f:
        for person in ("consultant", "colleague"):
            lost_lead(f, day, "price_gap", by=person, competitor="城东汇达", price_gap_amount=3000)
        lost_lead(f, day, "too_far", model="星河E")
        lost_renewal(f, day, "broker", insurer="人保财险")
        insured(f, f"{today()}", None, status=RenewalStatus.LOST, reason="broker")
        lost_lead(f, f"{today().replace(day=1) - timedelta(days=1)}")
    return lasting_personas


@pytest.fixture(scope="module")
def server(lasting_server: Server) -> Server:
    """One for all these tests: they change nothing."""
    return lasting_server


def shown(page: Page, count: int) -> None:
    """So many cases are listed."""
    expect(page.locator(".st-key-card-loss_cases h3")).to_have_text(f"战败明细：{count} 条")


def chip(page: Page, name: str) -> None:
    """This is the one thing selected; take it away."""
    button = page.locator(".st-key-loss_chips button:visible")
    expect(button).to_have_text([f"{name}\u2002✕"])
    button.click()


def test_a_bar_opens_into_its_details_and_a_chip_closes_them(lost: Personas, signed_in: Callable[..., Page]) -> None:
    page = signed_in(lost.manager, "losses")
    shown(page, 4)
    page.locator(f".st-key-card-causes {BAR}").first.click()
    shown(page, 2)
    assert "reason=lead.price" in page.url
    page.locator(".st-key-card-causes svg.marks").nth(1).locator(".mark-rect path").first.click()
    page.wait_for_url("**reason=lead.price.price_gap*")
    chip(page, "客流 · 价格 / 价格不到位")
    shown(page, 4)


def test_a_mark_selects_for_the_whole_page(lost: Personas, signed_in: Callable[..., Page]) -> None:
    page = signed_in(lost.manager, "losses")
    for card, said, name in (
        ("rivals", "competitor=城东汇达", "城东汇达"),
        ("gaps", "gap=lead.3000-5000", "差价 客流 · 3,000–5,000 元"),
    ):
        shown(page, 4)
        page.locator(f".st-key-card-{card} {BAR}").first.click()
        shown(page, 2)
        assert said in unquote(page.url)
        chip(page, name)
    shown(page, 4)
    page.locator(f".st-key-card-loss_trend {BAR}").nth(10).click()
    shown(page, 1)
    assert "month=" in page.url


def test_where_renewals_went_lists_its_rows_and_selects_the_reason(
    lost: Personas, signed_in: Callable[..., Page]
) -> None:
    page = signed_in(lost.manager, "losses")
    shown(page, 4)
    page.locator(f"[class*=st-key-card-went-] {BAR}").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("战败 · 竞争渠道")
    page.keyboard.press("Escape")
    shown(page, 1)
    chip(page, "续保 · 竞争渠道")


def test_a_cell_selects_a_person_and_a_reason(lost: Personas, signed_in: Callable[..., Page]) -> None:
    page = signed_in(lost.manager, "losses?of=lead")
    shown(page, 3)
    page.locator(f".st-key-card-cross-person {BAR}").first.click()
    shown(page, 1)
    assert {"reason", "person"} <= {each.partition("=")[0] for each in page.url.partition("?")[2].split("&")}
    page.locator(".st-key-chips_clear button").click()
    shown(page, 3)


@pytest.mark.parametrize(
    ("domain", "name", "card"), [("lead", "person", "person"), ("lead", "model", "thing-lead"),
                                 ("renewal", "insurer", "thing-renewal")]
)  # fmt: skip
def test_a_cell_whose_column_is_selected_keeps_it_until_it_is_clicked_itself(
    lost: Personas, signed_in: Callable[..., Page], domain: str, name: str, card: str
) -> None:
    code, said, reason = {
        "person": ("consultant", lost.actors["consultant"].name, "lead.price"),
        "model": (lost.models["星河E"], "星河E", "lead.condition"),
        "insurer": ("人保财险", "人保财险", "renewal.competitor"),
    }[name]
    page = signed_in(lost.manager, f"losses?of={domain}&{name}={code}&reason={reason}")
    shown(page, 1)
    cell = page.locator(f".st-key-card-cross-{card} {BAR}[aria-label*='{said}']")
    cell.first.click()
    page.wait_for_url(f"**reason={reason}.*")
    shown(page, 1)
    assert f"{name}={code}" in unquote(page.url)
    cell.and_(page.locator(f"[stroke='{palette.INK}']")).click()
    page.wait_for_url(lambda url: f"{name}=" not in url and f"reason={reason}." not in url)


def test_a_cell_of_those_without_one_opens_its_rows(lost: Personas, signed_in: Callable[..., Page]) -> None:
    page = signed_in(lost.manager, "losses?of=lead")
    shown(page, 3)
    page.locator(f".st-key-card-cross-thing-lead {BAR}[aria-label*='未登记车型']").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("价格 · 未登记车型")
    page.keyboard.press("Escape")
    shown(page, 3)


def test_a_row_leads_to_its_case(lost: Personas, signed_in: Callable[..., Page]) -> None:
    page = signed_in(lost.manager, "losses?reason=lead.condition")
    shown(page, 1)
    table = page.locator(".st-key-card-loss_cases .stDataFrameGlideDataEditor").first
    table.scroll_into_view_if_needed()
    table.click(position={"x": 20, "y": 55})
    page.get_by_role("link", name="打开客户").click()
    page.wait_for_url("**/leads?lead=*")
    expect(page.get_by_role("heading", name="张** · 星河E")).to_be_visible()


def test_a_picture_of_the_reasons_arrives(lost: Personas, signed_in: Callable[..., Page], tmp_path: Path) -> None:
    page = signed_in(lost.consultant, "losses")
    page.locator(".st-key-card-causes svg.marks").wait_for()
    page.locator(".st-key-picture-card-causes button").click()
    expect(page.get_by_text("数据（Excel）")).to_have_count(0)  # a consultant takes no tables away
    with page.expect_download() as arriving:
        page.get_by_text("图片（PNG）", exact=True).click()
    file = tmp_path / "picture.png"
    arriving.value.save_as(file)
    assert arriving.value.suggested_filename == "为什么战败.png"
    assert file.read_bytes().startswith(b"\x89PNG")


def test_no_personal_value_reaches_the_browser(lost: Personas, signed_in: Callable[..., Page]) -> None:
    frames: list[bytes] = []
    page = signed_in(lost.manager, "losses")
    page.on("websocket", lambda socket: socket.on("framereceived", lambda payload: frames.append(bytes(payload))))
    page.reload()
    page.locator(".st-key-card-loss_cases .stDataFrameGlideDataEditor").first.wait_for()  # the rows follow their title
    received = b"".join(frames)
    assert "张**".encode() in received
    assert "张三丰".encode() not in received


def test_nothing_stands_in_the_way_of_a_screen_reader(lost: Personas, signed_in: Callable[..., Page]) -> None:
    page = signed_in(lost.manager, "losses?reason=lead.price")
    shown(page, 2)
    assert reading.obstacles(page) == {}
