"""The shipped font: what its style sheet names is there, and nothing lies about unnamed."""

import re
import tomllib

from lib.settings import ROOT

NAMES = "海豚王喆赵堃李玥张晟刘梓欧阳彧龚"
FOLDER = ROOT / "lib" / "ui" / "static" / "fonts"
FACE = re.compile(
    r'font-family: "(?P<family>[^"]+)"; src: url\("(?P<file>[^"]+)"\).*font-weight: (?P<weight>[^;]+);'
    r".*unicode-range: U\+(?P<first>[^-]+)-(?P<last>[^;]+);"
)
FACES = [face.groupdict() for face in FACE.finditer((FOLDER / "faces.css").read_text("utf-8"))]
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]


def test_every_file_is_named_and_every_name_has_its_file() -> None:
    assert {face["file"] for face in FACES} == {file.name for file in FOLDER.glob("*.woff2")}


def test_the_licence_travels_with_the_font() -> None:
    assert "SIL OPEN FONT LICENSE" in (FOLDER / "OFL.txt").read_text("utf-8")


def test_each_family_of_the_theme_is_shipped_in_both_weights_for_every_name() -> None:
    families = [each.strip(" '") for each in THEME["font"].split(",") if "Noto" in each]
    for family in families:
        faces = [face for face in FACES if face["family"] == family]
        for weight in ("400", "700"):
            spans = [
                range(int(face["first"], 16), int(face["last"], 16) + 1) for face in faces if weight in face["weight"]
            ]
            assert all(any(ord(each) in span for span in spans) for each in NAMES), (family, weight)


def test_every_page_wears_the_sheet() -> None:
    assert '@import url("app/static/fonts/faces.css")' in (ROOT / "lib" / "ui" / "look.css").read_text("utf-8")
