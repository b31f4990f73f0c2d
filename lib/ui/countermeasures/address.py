"""What the address says of this page: which countermeasure is open, or what a new one begins with."""

import streamlit as st

MEASURE, NEW, REASON = "measure", "new", "reason"
NARROWED = ("person", "insurer", "model")


def measure() -> int | None:
    """The one that is open."""
    found = st.query_params.get(MEASURE, "")
    return int(found) if found.isdecimal() and len(found) < 19 else None


def open_one(measure_id: int | None) -> None:
    """Open one, or none; a new one that was begun is left."""
    for name in (MEASURE, NEW, REASON, *NARROWED):
        st.query_params.pop(name, None)
    if measure_id is not None:
        st.query_params[MEASURE] = str(measure_id)


def is_new() -> bool:
    """Whether a new one is wanted; a reason alone says so too."""
    return NEW in st.query_params or REASON in st.query_params


def begin() -> None:
    """Begin a new one."""
    st.query_params.pop(MEASURE, None)
    st.query_params[NEW] = "1"


def wanted(name: str) -> str:
    """What a new one begins with: `reason`, `channel`, `person`, `insurer`, `model`, as the loss analysis has it."""
    return st.query_params.get(name, "")
