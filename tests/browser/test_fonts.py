"""Chinese on a machine without a Chinese font: the desk brings its own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import chromium
from tests.browser.serving import Server

NAMES = "海豚王喆赵堃李玥张晟刘梓欧阳彧龚䶮"
MISSING = "\ue000"  # nobody has a glyph for it
EMPTY = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><cachedir>{}</cachedir></fontconfig>'
DRAWN = """async ({text, weight}) => {
  const font = `${weight} 40px 'Noto Sans SC', 'Noto Sans SC Common', 'Noto Sans SC Names', 'Noto Sans SC Rare'`;
  await document.fonts.load(font, text);
  return [...text].map(each => {
    const paper = Object.assign(document.createElement("canvas"), {width: 60, height: 60}).getContext("2d");
    paper.font = font;
    paper.fillText(each, 5, 45);
    return paper.canvas.toDataURL();
  });
}"""


@pytest.fixture
def bare_browser(browser: Browser, tmp_path: Path) -> Iterator[Browser]:
    """A browser that finds no font on the machine."""
    settings = tmp_path / "fonts.conf"
    settings.write_text(EMPTY.format(tmp_path))
    program = chromium.find(browser.browser_type.executable_path)
    started = browser.browser_type.launch(
        executable_path=program, args=chromium.QUIET, env={**os.environ, "FONTCONFIG_FILE": str(settings)}
    )
    yield started
    started.close()


@pytest.mark.parametrize("weight", [400, 700])
def test_names_of_people_and_cars_have_glyphs_of_their_own(server: Server, bare_browser: Browser, weight: int) -> None:
    page: Page = bare_browser.new_page()
    page.goto(server.url)
    page.wait_for_function("[...document.fonts].some(each => each.family.includes('Noto Sans SC'))")
    missing, *drawn = page.evaluate(DRAWN, {"text": MISSING + NAMES, "weight": weight})
    assert [name for name, picture in zip(NAMES, drawn, strict=True) if picture == missing] == []
    assert len(set(drawn)) == len(NAMES)
