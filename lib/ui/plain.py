"""Text that people typed, as it stands: Markdown in it is shown, not obeyed."""

import re

MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:])")


def plain(text: str | None) -> str:
    """The text with every sign that Markdown would obey escaped; masked values keep their stars."""
    return MARKS.sub(r"\\\1", text or "").replace("\n", " ")
