"""Filters in the page's address: as codes, the same in both languages, so that a view can be bookmarked and sent.

Streamlit's own binding writes the labels that a person reads, and so the names of people.
"""

from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from typing import TypeVar

import streamlit as st

Code = TypeVar("Code", bound=Hashable)


def one(name: str, allowed: Sequence[str], default: str) -> str:
    """The key of a widget with one choice, its state taken from the address where it has none yet. Unknown: default."""
    key = _key(name)
    if st.session_state.get(key) not in allowed:
        found = st.query_params.get(name, default)
        st.session_state[key] = found if found in allowed else default
    return key


def several(name: str, allowed: Iterable[str]) -> str:
    """The key of a widget with several choices; what the address names and is not allowed is left out."""
    key, known = _key(name), set(allowed)
    found = st.session_state.get(key, st.query_params.get_all(name))
    st.session_state[key] = [each for each in dict.fromkeys(found) if each in known]
    return key


def day(name: str, default: date | None = None) -> str:
    """The key of a widget with a day; an unreadable one in the address is the default."""
    key = _key(name)
    if key not in st.session_state:
        st.session_state[key] = _readable(st.query_params.get(name)) or default
    return key


def choose(name: str, chosen: str | Sequence[str] | None) -> None:
    """In a callback: choose for the widget of this name, where there is one, and in the address."""
    if _key(name) in st.session_state:
        st.session_state[_key(name)] = chosen
    keep(**{name: chosen})


def drop(name: str) -> None:
    """In a callback: choose anew what stands where nothing is chosen."""
    st.session_state.pop(_key(name), None)
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


def _key(name: str) -> str:
    return f"address_{name}"


def _readable(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
