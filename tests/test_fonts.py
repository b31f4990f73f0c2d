"""The shipped font: what the configuration names is there, and nothing lies about unnamed."""

import tomllib

from lib.settings import ROOT

NAMES = "海豚王喆赵堃李玥张晟刘梓欧阳彧龚"
FOLDER = ROOT / "lib" / "ui" / "static" / "fonts"
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]


def test_every_file_is_named_and_every_name_has_its_file() -> None:
    named = {face["url"].removeprefix("app/static/fonts/") for face in THEME["fontFaces"]}
    assert named == {file.name for file in FOLDER.glob("*.woff2")}


def test_the_licence_travels_with_the_font() -> None:
    assert "SIL OPEN FONT LICENSE" in (FOLDER / "OFL.txt").read_text("utf-8")


def test_each_family_of_the_theme_is_shipped_in_both_weights_for_every_name() -> None:
    families = [each.strip(" '") for each in THEME["font"].split(",") if "Noto" in each]
    for family in families:
        faces = [face for face in THEME["fontFaces"] if face["family"] == family]
        for weight in ("400", "700"):
            ranges = [face["unicodeRange"][2:].split("-") for face in faces if weight in face["weight"]]
            spans = [range(int(first, 16), int(last, 16) + 1) for first, last in ranges]
            assert all(any(ord(each) in span for span in spans) for each in NAMES), (family, weight)
