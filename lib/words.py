"""The two languages: gettext catalogues, one file a subject, read once. English sentences are the message ids."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

from lib.refusals import Refused

LANGUAGES = ("zh", "en")
LOCALE = Path(__file__).parent / "locale"


class Words:
    """One language's catalogue. What it lacks comes out as the English message id, so that nothing is ever blank."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.catalogue = _catalogue(language)

    def say(self, message: str, **values: Any) -> str:
        """A sentence in this language with its values filled in."""
        text = self.catalogue.get((None, message), message)
        return text.format(**values) if values else text

    def term(self, term: StrEnum | None) -> str:
        """The word of a vocabulary member; blank for none."""
        return "" if term is None else self.catalogue.get((type(term).__name__, term.value), term.value)

    def listed(self, names: Iterable[str]) -> str:
        """Names one after the other, with this language's sign between them."""
        return ("、" if self.language == "zh" else ", ").join(names)

    def of(self, refusal: Refused) -> str:
        """A refusal's sentence; its values may themselves be terms or functions of the words."""
        return self.say(refusal.message, **{name: self._value(value) for name, value in refusal.values.items()})

    def _value(self, value: Any) -> Any:
        if isinstance(value, StrEnum):
            return self.term(value)
        if isinstance(value, Refused):
            return self.of(value)
        return value(self) if isinstance(value, Callable) else value  # type: ignore[arg-type]


@cache
def words(language: str) -> Words:
    """The words of a language, shared; an unknown one is Chinese."""
    return Words(language if language in LANGUAGES else "zh")


@cache
def _catalogue(language: str) -> dict[tuple[str | None, str], str]:
    entries: dict[tuple[str | None, str], str] = {}
    for file in sorted((LOCALE / language).glob("*.po")):
        with file.open("rb") as source:
            for message in read_po(source, locale=language):
                if isinstance(message.id, str) and message.id and message.string and not message.fuzzy:
                    entries[(message.context, message.id)] = str(message.string)
    return entries
