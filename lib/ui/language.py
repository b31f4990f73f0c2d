"""The language of this browser session: what was switched to, else what the person keeps, else the desk's own."""

from enum import StrEnum
from threading import local
from typing import Any, Literal, cast

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lib import settings
from lib.access import Actor
from lib.words import LANGUAGES, Words, words

Language = Literal["zh", "en"]
CHOSEN = "language"
NAMES: dict[str, str] = {"zh": "中文", "en": "English"}

# A page asks for its language a thousand times, and the session's state answers slowly. What it said is kept for the
# run that asked, in that run's own thread.
_heard = local()


def use(language: str | None) -> None:
    """Speak this language in this session from now on; nothing changes for an unknown one."""
    if language in LANGUAGES:
        st.session_state[CHOSEN] = language
        _heard.run = None


def adopt(actor: Actor) -> None:
    """Speak the language that the person keeps, once a session: a switch made since goes first."""
    if CHOSEN not in st.session_state:
        use(actor.language)


def current() -> Language:
    """The language spoken now."""
    run = get_script_run_ctx(suppress_warning=True)
    if run is None or getattr(_heard, "run", None) is not run:
        _heard.run, _heard.language = run, st.session_state.get(CHOSEN, settings.load().language)
    return cast("Language", _heard.language)


def chosen() -> Language | None:
    """The language that was switched to in this session, if any."""
    return cast("Language | None", st.session_state.get(CHOSEN))


def spoken() -> Words:
    """The words of the language spoken now."""
    return words(current())


def t(message: str, **values: Any) -> str:
    """An English sentence in the language spoken now, with its values filled in."""
    return spoken().say(message, **values)


def pair(name: str, value: str) -> str:
    """What something is called, and what it is."""
    return t("{name}: {value}", name=name, value=value)


def term(member: StrEnum | None) -> str:
    """The word for a vocabulary member."""
    return spoken().term(member)
