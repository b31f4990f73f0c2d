"""Nothing is said in one language alone: every sentence and every vocabulary word stands in both catalogues."""

import ast
import io
import re
from collections import defaultdict
from enum import StrEnum
from functools import cache
from inspect import isclass
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from db import terms
from lib.words import LANGUAGES, LOCALE
from tests.sources import ROOT, Source, sources

SAYING = {"t": None, "say": None, "N_": None}
SHOWING = {
    "title", "header", "subheader", "caption", "text", "write", "button", "metric", "text_input", "text_area",
    "number_input", "selectbox", "multiselect", "radio", "pills", "segmented_control", "checkbox", "toggle",
    "date_input", "time_input", "file_uploader", "download_button", "form_submit_button", "expander", "tab", "popover",
    "error", "warning", "info", "success", "toast", "dialog", "status", "spinner", "link_button", "page_link",
}  # fmt: skip


RENEWAL = re.compile(r"renewal\.[a-z_]+")
AUDIT = ("action", "subject", "detail")  # contexts of the audit trail's words
OWN_NAMES = {"中文", "English"}  # a language is offered under the name that it gives itself


@cache
def said() -> dict[str, str]:
    """Every message id in the code, with the first place that says it."""
    found: dict[str, str] = {}
    for source in sources("app.py", "pages/", "lib/"):
        text = io.BytesIO((ROOT / source.path).read_bytes())
        for line, message, *_ in extract("python", text, keywords=SAYING, options={"encoding": "utf-8"}):
            found.setdefault(str(message), f"{source.path}:{line}")
    return found


@cache
def entries(language: str) -> list[tuple[str, Message]]:
    """Every entry of a language with the file it stands in."""
    read: list[tuple[str, Message]] = []
    for file in sorted((LOCALE / language).glob("*.po")):
        with file.open("rb") as opened:
            read += [(file.name, message) for message in read_po(opened, locale=language) if message.id]
    return read


def vocabulary() -> set[tuple[str, str]]:
    """Every member of every closed vocabulary, as (class, value)."""
    classes = [each for each in vars(terms).values() if isclass(each) and issubclass(each, StrEnum)]
    return {(each.__name__, member.value) for each in classes for member in each}


def recorded() -> set[str]:
    """Every action that a command writes to the audit trail under a fixed name; of renewals those handed on to it."""
    calls = [node for source in sources("lib/") for node in ast.walk(source.tree) if isinstance(node, ast.Call)]
    records = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "record"]
    first = [call.args[0] for call in records if call.args]
    first += [each for call in calls for each in call.args if RENEWAL.fullmatch(str(getattr(each, "value", "")))]
    return {node.value for node in first if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def placeholders(text: str) -> set[str]:
    """The names in braces, without how they are formatted."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_code_is_in_the_catalogue(language: str) -> None:
    known = {message.id for _, message in entries(language) if message.context is None and message.string}
    assert {message: place for message, place in said().items() if message not in known} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_vocabulary_member_has_its_word(language: str) -> None:
    known = {(message.context, message.id) for _, message in entries(language) if message.string}
    assert vocabulary() - known == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_action_of_the_audit_trail_has_its_word(language: str) -> None:
    known = {message.id for _, message in entries(language) if message.context == AUDIT[0] and message.string}
    assert recorded() - known == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_holds_nothing_that_nobody_says(language: str) -> None:
    wanted = {(None, message) for message in said()} | vocabulary()  # actions' names are composed: not looked for
    stale = [
        f"{file}: {message.id}"
        for file, message in entries(language)
        if message.context not in AUDIT and (message.context, message.id) not in wanted
    ]
    assert stale == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_entry_is_uncertain(language: str) -> None:
    assert [f"{file}: {message.id}" for file, message in entries(language) if message.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_fills_in_the_same_values_as_its_sentence(language: str) -> None:
    differing = [
        f"{file}: {message.id}"
        for file, message in entries(language)
        if message.context is None and placeholders(str(message.string)) != placeholders(str(message.id))
    ]
    assert differing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_in_two_files_is_said_in_one_way(language: str) -> None:
    ways: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    for _, message in entries(language):
        ways[message.context, str(message.id)].add(str(message.string))
    assert {key: strings for key, strings in ways.items() if len(strings) > 1} == {}


def test_chinese_is_chinese() -> None:
    """A sentence of words is not left in English in the Chinese catalogue."""
    left = [
        f"{file}: {message.id}"
        for file, message in entries("zh")
        if message.context is None and message.string == message.id and any(map(str.isalpha, str(message.id)))
    ]
    assert [each for each in left if len(each.split()) > 2] == []


def bare(source: Source) -> list[str]:
    """Words that a screen shows without asking the catalogue."""
    nodes = list(ast.walk(source.tree))
    docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    calls = [node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    shown = {id(node.args[0]) for node in calls if node.func.attr in SHOWING and node.args}
    texts = [node for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    wrong = [
        node
        for node in texts
        if (id(node) in shown and any(map(str.isalpha, node.value)))
        or (id(node) not in docstrings and any("一" <= character <= "鿿" for character in node.value))
    ]
    return [f"{source.path}:{node.lineno}: {node.value}" for node in wrong if not says_both(node.value)]


def says_both(text: str) -> bool:
    """Whether a text needs no translation: a language's own name, or a plain answer given in both languages."""
    lines = text.splitlines()
    return text in OWN_NAMES or (len(lines) == 2 and not lines[0].isascii() and lines[1].isascii())


def test_screens_show_no_text_of_their_own() -> None:
    assert [each for source in sources("app.py", "pages/", "lib/ui/") for each in bare(source)] == []


def test_no_choice_offers_everything_in_words_of_streamlits_own() -> None:
    calls = [
        (source.path, node)
        for source in sources("lib/ui/", "pages/")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "multiselect"
    ]
    assert calls
    assert [path for path, call in calls if "select_all" not in [each.arg for each in call.keywords]] == []
