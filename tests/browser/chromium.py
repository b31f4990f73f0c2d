"""Finding a Chromium on this machine."""

import shutil
from collections.abc import Iterator
from pathlib import Path

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
PLACES = (
    "/usr/bin/chromium",
    "/snap/bin/chromium",
    "/opt/google/chrome/chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
HOW_TO_GET_ONE = (
    "no Chromium was found, and these tests need one. Install it by `apt-get install chromium fonts-noto-cjk` "
    "(Debian, Ubuntu), `brew install --cask chromium` (macOS) or `.venv/bin/python -m playwright install chromium`."
)


def candidates(playwrights_own: str) -> Iterator[str]:
    """Where a Chromium may stand, the likeliest first."""
    yield from filter(None, map(shutil.which, COMMANDS))
    yield from PLACES
    yield playwrights_own


def find(playwrights_own: str) -> str | None:
    """The path of a Chromium to start; `None` where there is none."""
    return next((place for place in candidates(playwrights_own) if Path(place).is_file()), None)
