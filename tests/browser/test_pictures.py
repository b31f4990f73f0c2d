"""Taking a chart away in a real browser: a picture with Chinese letters in it arrives, or its data as a sheet."""

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page
from python_calamine import load_workbook

from tests.browser.serving import Server
from tests.personas import Personas

PLACE = "card-channel_trend"
NODE = "channels?node=S1"
NAME, ABOUT = "交车", "东风店"
HEAD = (140, 40)  # pixels of the picture in which its name stands

INKED = """async ({ source, name, width, height, drawn }) => {
  const image = new Image();
  image.src = source;
  await image.decode();
  const count = (paint) => {
    const paper = Object.assign(new OffscreenCanvas(width, height)).getContext("2d");
    paper.fillStyle = "#ffffff";
    paper.fillRect(0, 0, width, height);
    paint(paper);
    return paper.getImageData(0, 0, width, height).data.filter((value, place) => place % 4 === 0 && value < 128).length;
  };
  const scale = image.naturalWidth / drawn;
  const shown = count((paper) => { paper.scale(1 / scale, 1 / scale); paper.drawImage(image, 0, 0); });
  const wanted = count((paper) => {
    paper.fillStyle = "#16202e";
    paper.font = `bold 18px ${getComputedStyle(document.body).fontFamily}`;
    paper.fillText(name, 20, 34);
  });
  return { shown, wanted, width: image.naturalWidth };
}"""


def saved(page: Page, option: str, folder: Path) -> Path:
    """The file that arrives when this is chosen from the chart's menu."""
    page.locator(f".st-key-{PLACE} svg.marks").wait_for()
    page.locator(f".st-key-picture-{PLACE} button").click()
    with page.expect_download() as arriving:
        page.get_by_text(option, exact=True).click()
    file = folder / arriving.value.suggested_filename
    arriving.value.save_as(file)
    return file


@pytest.fixture(scope="module")
def server(lasting_server: Server) -> Server:
    """One for all these tests: they change nothing."""
    return lasting_server


@pytest.fixture
def shown(lasting_personas: Personas, signed_in: Callable[..., Page]) -> Page:
    return signed_in(lasting_personas.manager, NODE)


def test_a_png_arrives_with_its_name_in_the_desks_letters(shown: Page, tmp_path: Path) -> None:
    file = saved(shown, "图片（PNG）", tmp_path)
    assert file.name == f"{NAME}.png"
    content = file.read_bytes()
    assert content.startswith(b"\x89PNG")
    drawn = float(shown.locator(f".st-key-{PLACE} svg.marks").get_attribute("width") or 0) + 40
    told = {
        "source": f"data:image/png;base64,{b64encode(content).decode()}", "name": NAME, "width": HEAD[0],
        "height": HEAD[1], "drawn": drawn,
    }  # fmt: skip
    found = shown.evaluate(INKED, told)
    assert found["width"] >= 1600
    assert found["wanted"] > 0
    assert abs(found["shown"] - found["wanted"]) <= 0.2 * found["wanted"]


def test_an_svg_arrives_with_its_letters_as_letters(shown: Page, tmp_path: Path) -> None:
    text = saved(shown, "图片（SVG）", tmp_path).read_text("utf-8")
    assert text.startswith("<svg")
    assert f">{NAME}</text>" in text
    assert f">{ABOUT}</text>" in text


def test_the_data_arrives_as_a_sheet(shown: Page, tmp_path: Path) -> None:
    rows = load_workbook(saved(shown, "数据（Excel）", tmp_path)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["月", NAME]
    assert len([row for row in rows[1:] if row[0]]) == 13  # the months, and who took them
