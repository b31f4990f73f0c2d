"""The one place that catches what goes wrong while something is drawn or done, and says it in plain words."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import streamlit as st

from lib import trouble
from lib.refusals import Refused, Unavailable
from lib.ui.language import spoken, t

COMES_BACK_AFTER = timedelta(seconds=3)


@contextmanager
def guarded(comes_back: bool = True) -> Iterator[None]:
    """Say what was refused or went wrong; what was typed stays, and nobody sees a traceback.

    When the database is away the page is run again until it answers; `comes_back=False` where a tick does that anyway.
    """
    try:
        yield
    except Unavailable as away:
        st.warning(spoken().of(away), icon=":material/cloud_off:")
        if comes_back:
            come_back([])
    except Refused as refusal:
        st.error(spoken().of(refusal), icon=":material/block:")
    except Exception as error:
        say_it_failed(error)


def say_it_failed(error: Exception) -> bool:
    """Note an error of ours without the data in it, and give the person its number. True: Streamlit adds nothing."""
    st.error(
        t("Something went wrong on our side. Try again; if it stays, tell an administrator this number: {number}",
          number=trouble.note(error)),
        icon=":material/error:",
    )  # fmt: skip
    return True


@st.fragment(run_every=COMES_BACK_AFTER)
def come_back(drawn: list[bool]) -> None:
    """Run the page again at the first tick; when it is drawn, that time has not come yet."""
    if drawn:
        st.rerun()
    drawn.append(True)
