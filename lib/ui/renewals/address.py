"""What the queue's address says: view, person, open case. A name, phone, plate or VIN never stands there."""

import streamlit as st

from db.terms import QueueView
from lib.access import Actor

VIEW, PERSON, CASE = "view", "specialist", "case"


def view(actor: Actor) -> QueueView:
    """The view that the address names; for a wrong one everything."""
    named = st.query_params.get(VIEW)
    found = QueueView(named) if named in set(QueueView) else QueueView.ALL
    return QueueView.ALL if found is QueueView.OWN and actor.own_scope.owner_id is None else found


def person(actor: Actor) -> int | None:
    """Whose cases a manager narrowed the list to."""
    return _key(PERSON) if actor.own_scope.owner_id is None else None


def case() -> int | None:
    """The open case."""
    return _key(CASE)


def say(name: str, value: object) -> None:
    """Let the address say it; nothing leaves no trace."""
    if value is None or value == QueueView.ALL:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = str(value)


def _key(name: str) -> int | None:
    value = st.query_params.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 16 else None
