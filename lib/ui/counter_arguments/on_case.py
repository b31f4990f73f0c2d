"""What to answer when a customer names a price or another seller: a button on an open case, beside the script."""

import streamlit as st

from db.terms import LossDomain
from lib import data
from lib.counter_arguments import reading
from lib.counter_arguments.reading import Argument
from lib.ui.language import current, t
from lib.ui.plain import plain


def draw(domain: LossDomain, case_id: int) -> None:
    """The arguments by their reason, one reason at a time; nothing where the library is empty."""
    found = list(reading.shown(data.read(reading.arguments, domain)).values())
    if not found:
        return
    with st.popover(t("Counter-arguments"), icon=":material/forum:", key=f"counter_arguments-{domain}-{case_id}"):
        st.caption(t("When the customer says:"))
        chosen = st.pills(
            t("Reason"), range(len(found)), default=0, required=True, label_visibility="collapsed",
            format_func=lambda place: name(found[place][0]), key=f"counter_reason-{domain}-{case_id}",
        )  # fmt: skip
        for each in found[chosen or 0]:
            title, text = said(each)
            st.markdown(f"**{plain(title)}** {plain(text)}")


def said(argument: Argument) -> tuple[str, str]:
    """The title and the text in the language spoken now."""
    if current() == "en":
        return argument.title_en, argument.text_en
    return argument.title, argument.text


def name(argument: Argument) -> str:
    """价格 / 电网销更低, or the first level alone."""
    return " / ".join(argument.reason_en if current() == "en" else argument.reason)
