"""How many alerts are open, by kind, with the way to them: for the pages of the network."""

import streamlit as st

from lib import data
from lib.access import Actor, Permission, Scope
from lib.alerts import reading
from lib.ui import navigation
from lib.ui.alerts import wording
from lib.ui.language import t, term
from lib.ui.today import today


def line(actor: Actor, scope: Scope, code: str | None = None) -> None:
    """One line for a subtree; `code` narrows the page that it leads to. Nothing for whom channels do not concern."""
    if not actor.may(Permission.CHANNEL_READ):
        return
    found = data.read(reading.alerts, scope, today()).counts()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if not found:
            st.badge(t("no open alerts"), icon=":material/task_alt:", color="green")
            return
        for kind, count in found.items():
            st.badge(f"{term(kind)} {count}", icon=wording.ICONS[kind], color="orange")
        st.page_link(
            navigation.page("channel_alerts"), label=t("Open the alerts"), icon=":material/notification_important:",
            query_params={"node": code} if code else None,
        )  # fmt: skip
