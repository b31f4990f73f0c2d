"""The screens page: which walls hang where, a new one with its link, and taking a link back."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from lib import clock, data, screen_links, settings
from lib.access import Actor, Permission
from lib.refusals import N_
from lib.screen_links import Listed
from lib.ui import homes as home_choice
from lib.ui.guarding import guarded
from lib.ui.language import NAMES, current, t
from lib.ui.store import forms
from lib.users import Home
from lib.wall.options import LONGEST, SECONDS

LINK, DONE, NEW = "screen_link", "screen_done", "new_screen"
SCENES = {
    "today": N_("Today against target"),
    "team": N_("The team"),
    "insurance": N_("The insurance desk"),
    "channels": N_("The channels"),
}


def show_once() -> None:
    """The link of a screen that was just added; it is forgotten as soon as it is drawn."""
    link = st.session_state.pop(LINK, None)
    if link is not None:
        st.dialog(t("The screen's link"), dismissible=False, width="medium")(_dialog)(link)
    done = st.session_state.pop(DONE, None)
    if done is not None:
        st.toast(done, icon=":material/check:")


def draw(actor: Actor, screens: Sequence[Listed]) -> None:
    """One card a screen."""
    if not screens:
        st.info(t("No screen yet. Add one here; its link is opened once in the TV's browser and stays."))
    for screen in screens:
        _card(actor, screen)


def new(actor: Actor, homes: Sequence[Home]) -> None:
    """The form for a new screen."""
    with st.form(NEW):
        st.subheader(t("New screen"), anchor=False)
        name = st.text_input(
            t("Name of the screen"), max_chars=screen_links.LONGEST_NAME, placeholder=t("Showroom, north wall"),
            key=forms.key(NEW, "name"),
        )  # fmt: skip
        channel_id = home_choice.choose(t("Shows"), homes, actor.channel_id, "screen_home")
        language = st.segmented_control(
            t("Language"), list(NAMES), format_func=NAMES.__getitem__, default=current(), required=True
        )
        st.caption(t("Seconds of each scene; 0 leaves it out."))
        with st.container(horizontal=True):
            seconds = {
                scene: st.number_input(t(SCENES[scene]), 0, LONGEST, default, 5, key=f"scene_{scene}", width=130)
                for scene, default in SECONDS.items()
            }
        sent = st.form_submit_button(t("Add and show the link"), type="primary", key=forms.key(NEW, "save"))
    if sent:
        with guarded():
            options = {"language": language, "scenes": seconds}
            st.session_state[LINK] = data.write(screen_links.add, actor, name, channel_id, options)
            forms.anew(NEW)
            st.rerun()


def _card(actor: Actor, screen: Listed) -> None:
    with st.container(border=True, horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        shown = t(", ").join(f"{t(SCENES[scene])} {seconds}″" for scene, seconds in screen.options.seconds if seconds)
        home = screen.channel_name or t("Whole group")
        st.markdown(f"**{_plain(screen.name)}** · {_plain(home)}  \n{shown}  \n{_state(screen)}")
        if screen.revoked_at is None and actor.may(Permission.PEOPLE_WRITE):
            _revoking(actor, screen)


def _revoking(actor: Actor, screen: Listed) -> None:
    if st.button(t("Revoke the link"), icon=":material/link_off:", key=f"revoke_{screen.id}"):
        with guarded():
            data.write(screen_links.revoke, actor, screen.id)
            st.session_state[DONE] = t("The link opens nothing any more.")
            st.rerun()


def _state(screen: Listed) -> str:
    if screen.revoked_at is not None:
        return t("Revoked on {when}", when=_time(screen.revoked_at))
    if screen.seen_at is None:
        return t("Not opened yet")
    return t("Last seen {when}", when=_time(screen.seen_at))


def _time(at: datetime) -> str:
    return clock.store_time(at, settings.load().zone).strftime("%Y-%m-%d %H:%M")


def _plain(text: str) -> str:
    """Typed text inside Markdown, as typed."""
    return "".join(f"\\{each}" if each in "\\`*_{}[]()<>#+-.!|~$:" else each for each in text)


def _dialog(link: str) -> None:
    st.write(t("Open it once in the TV's browser and leave it there. It is shown only this once; whoever has it sees "
               "this board, so treat it as a key."))  # fmt: skip
    st.code(_origin() + link, language=None, wrap_lines=True)
    if st.button(t("Copied"), type="primary"):
        st.rerun()


def _origin() -> str:
    """The address under which this browser reached the desk."""
    url = st.context.url or ""
    scheme, separator, rest = url.partition("://")
    return f"{scheme}://{rest.split('/')[0]}" if separator else ""
