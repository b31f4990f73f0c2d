"""Cut the shipped Chinese font out of Noto Sans CJK, so that names show on a machine without Chinese fonts.

    pip install fonttools brotli
    python tools/fonts.py /usr/share/fonts/opentype/noto      (Debian and Ubuntu: fonts-noto-cjk)

A browser fetches only the families and files whose characters a page shows: first what nearly every page shows, then
common characters, then those of names, then the rest of the BMP's unified ideographs. A family names its files by plain
ranges of code points and leaves what it lacks to the next family, because scattered ranges would make a long sheet.
Writes the files and the style sheet that names them, which `lib/ui/look.css` imports. The theme's own `fontFaces` are
no place for so many: the server puts them together anew for every run of every page.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parent.parent
CHARACTERS = ROOT / "tools" / "characters"
FOLDER = ROOT / "lib" / "ui" / "static" / "fonts"
SHEET = FOLDER / "faces.css"

WEIGHTS = {"Regular": 400, "Bold": 700}
SIMPLIFIED_FACE = 2  # within the collection
LATIN = (0x0, 0x2E7F)  # letters, digits, punctuation, arrows, geometric shapes
IDEOGRAPHS = (0x2E80, 0xFFFF)  # and their punctuation and full-width forms
LEVEL_1, LEVEL_2 = (0xB0, 0xD8), (0xD8, 0xF8)  # rows of GB 2312: common characters, less common ones


@dataclass(frozen=True)
class File:
    """One font file: what it is called, where its range begins and ends, what it holds."""

    family: str
    name: str
    first: int
    last: int
    characters: frozenset[int]
    weights: tuple[str, ...] = ("Regular", "Bold")


def gb2312(rows: tuple[int, int]) -> set[int]:
    """The characters in these rows of GB 2312."""
    codes = (bytes([row, cell]) for row in range(*rows) for cell in range(0xA1, 0xFF))
    return {ord(text) for code in codes if (text := code.decode("gb2312", errors="ignore"))}


def listed(name: str) -> set[int]:
    """The characters of a list beside this script."""
    return {ord(character) for character in (CHARACTERS / f"{name}.txt").read_text("utf-8") if not character.isspace()}


def blocks(family: str, name: str, characters: set[int], count: int, **options: tuple[str, ...]) -> Iterator[File]:
    """Files of about equal size, each a plain range of code points, together all of the ideographs."""
    ordered = sorted(characters)
    cuts = [ordered[len(ordered) * step // count] for step in range(1, count)]
    for step, (first, following) in enumerate(zip([IDEOGRAPHS[0], *cuts], [*cuts, IDEOGRAPHS[1] + 1], strict=True)):
        held = frozenset(code for code in ordered if first <= code < following)
        yield File(family, f"{name}-{step + 1}", first, following - 1, held, **options)


def files() -> list[File]:
    """Everything that is shipped. The last family is cut in regular only and serves bold text too."""
    first = listed("first") | set(range(0x3000, 0x3040)) | set(range(0xFF00, 0xFFF0))
    common = gb2312(LEVEL_1) - first
    names = (gb2312(LEVEL_2) | {code for code in listed("standard") if code <= IDEOGRAPHS[1]}) - first
    rare = set(range(0x4E00, 0xA000)) - first - common - names
    return [
        File("Noto Sans SC", "latin", *LATIN, frozenset(range(0x20, LATIN[1]))),
        File("Noto Sans SC", "first", *IDEOGRAPHS, frozenset(first)),
        *blocks("Noto Sans SC Common", "common", common, 4),
        *blocks("Noto Sans SC Names", "names", names, 6),
        *blocks("Noto Sans SC Rare", "rare", rare, 8, weights=("Regular",)),
    ]


def cut(source: Path, weight: str, file: File) -> None:
    """Write one file."""
    options = subset.Options(
        flavor="woff2", font_number=SIMPLIFIED_FACE, hinting=False, layout_features=["kern", "ccmp", "locl"],
        name_IDs=[0, 1, 2, 5, 13, 14],
    )  # fmt: skip
    font = subset.load_font(source / f"NotoSansCJK-{weight}.ttc", options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=file.characters)
    cutter.subset(font)
    subset.save_font(font, FOLDER / f"{file.name}-{WEIGHTS[weight]}.woff2", options)


def face(weight: str, file: File) -> str:
    """The style sheet's rule of one file."""
    served = str(WEIGHTS[weight]) if len(file.weights) > 1 else "400 700"
    return (
        f'@font-face {{ font-family: "{file.family}"; src: url("{file.name}-{WEIGHTS[weight]}.woff2") format("woff2"); '
        f"font-weight: {served}; font-display: swap; unicode-range: U+{file.first:X}-{file.last:X}; }}\n"
    )


def main(source: Path) -> None:
    """Cut every file and name it in the style sheet."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.woff2"):
        old.unlink()
    chosen = [(weight, file) for file in files() for weight in file.weights]
    for weight, file in chosen:
        cut(source, weight, file)
    SHEET.write_text("".join(face(weight, file) for weight, file in chosen), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
