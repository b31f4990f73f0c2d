"""Filters in the page's address: as codes, the same in both languages, so that a view can be bookmarked and sent.

Streamlit's own binding writes the labels that a person reads, and so the names of people.
"""

from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from typing import TypeVar

import streamlit as st

from lib.ui.language import current

Code = TypeVar("Code", bound=Hashable)

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)  # days that anybody means; others cannot be reckoned with


def key(name: str) -> str:
    """The key of the widget of this name: one in each language, as a keyed widget keeps the labels it was made with."""
    return f"address_{current()}_{name}"


def one(name: str, allowed: Sequence[str], default: str) -> str:
    """The key of a widget with one choice, its state taken from the address where it has none yet. Unknown: default."""
    found = key(name)
    if st.session_state.get(found) not in allowed:
        said = st.query_params.get(name, default)
        st.session_state[found] = next((each for each in allowed if each == said), default)
    return found


def several(name: str, allowed: Iterable[str]) -> str:
    """The key of a widget with several choices; what the address names and is not allowed is left out."""
    found, known = key(name), {each: each for each in allowed}  # a widget takes its own options alone, no like ones
    said = st.session_state.get(found, st.query_params.get_all(name))
    st.session_state[found] = [known[each] for each in dict.fromkeys(said) if each in known]
    return found


def day(name: str, default: date | None = None) -> str:
    """The key of a widget with a day; an unreadable or far-off one in the address is the default."""
    found = key(name)
    if found not in st.session_state:
        st.session_state[found] = _readable(st.query_params.get(name)) or default
    return found


def flag(name: str) -> str:
    """The key of a switch; on where the address says 1."""
    found = key(name)
    st.session_state.setdefault(found, st.query_params.get(name) == "1")
    return found


def choose(name: str, chosen: str | Sequence[str] | None) -> None:
    """In a callback: choose for the widget of this name, where there is one, and in the address."""
    if key(name) in st.session_state:
        st.session_state[key(name)] = chosen
    keep(**{name: chosen})


def drop(name: str) -> None:
    """In a callback: choose anew what stands where nothing is chosen."""
    st.session_state.pop(key(name), None)
    keep(**{name: None})


def keep(**chosen: str | date | Sequence[str] | None) -> None:
    """Write what is chosen now into the address; nothing chosen leaves no trace."""
    for name, value in chosen.items():
        if value is None or value == "" or value == []:
            st.query_params.pop(name, None)
        elif isinstance(value, (str, date)):
            st.query_params[name] = str(value)
        else:
            st.query_params[name] = list(value)


def near(day: date) -> bool:
    """Whether it is a day that anybody means."""
    return FIRST <= day <= LAST


def _readable(text: str | None) -> date | None:
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if near(found) else None
