"""The settled alerts, apart, each of which may be opened again."""

import streamlit as st

from lib import data
from lib.access import Actor, Permission
from lib.alerts import settling
from lib.alerts.reading import Settled
from lib.ui import moments
from lib.ui.alerts import wording
from lib.ui.guarding import guarded
from lib.ui.language import pair, t, term
from lib.ui.look import card
from lib.ui.plain import plain

SHOWN = 30


def draw(actor: Actor, found: tuple[Settled, ...]) -> None:
    """The latest settled ones."""
    if not found:
        return
    with card("alerts_settled", t("Settled ({count})", count=len(found))):
        for each in found[:SHOWN]:
            _one(actor, each)
        if len(found) > SHOWN:
            st.caption(t("The latest {count} are shown.", count=SHOWN))


def _one(actor: Actor, each: Settled) -> None:
    done = each.settlement
    about = wording.said(each.alert) if each.alert else t("no longer in the data")
    when = moments.in_full(done.settled_at)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(
            f"**{plain(term(done.kind))}** · {plain(done.name)} · {plain(about)}  \n"
            f"{pair(plain(term(done.state)), plain(done.note))} · {plain(done.settled_by or '—')} · {plain(when)}",
            width="stretch",
        )
        if actor.may(Permission.CHANNEL_WRITE) and st.button(
            t("Open again"), icon=":material/undo:", key=f"reopen-{done.id}"
        ):
            with guarded():
                data.write(settling.reopen, actor, done.id, done.version)
                st.rerun()
