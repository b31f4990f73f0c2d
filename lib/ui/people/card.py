"""One person's card: what an admin may change about them."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from db.terms import Role
from lib import data, users
from lib.access import WHOLE_GROUP_ROLES, Actor, Permission
from lib.ui import homes as home_choice
from lib.ui.guarding import guarded
from lib.ui.language import t, term
from lib.ui.people.passwords import hand_out
from lib.users import Details, Home, Person


def draw(actor: Actor, person: Person, homes: Sequence[Home]) -> None:
    """Details and acts for who may write; the rest see the list alone."""
    with st.container(border=True):
        st.subheader(f"{person.name} · {person.username}", anchor=False)
        if not actor.may(Permission.PEOPLE_WRITE):
            st.caption(t("Only administrators change people."))
            return
        _details(actor, person, homes)
        _acts(actor, person)


def new(actor: Actor, homes: Sequence[Home]) -> None:
    """The form for a new person."""
    with st.form("new_person", border=False):
        username = st.text_input(t("Sign-in name"), max_chars=64, help=t("Usually the staff number."))
        details = _inputs(Details("", Role.CONSULTANT, None), homes, "new")
        sent = st.form_submit_button(t("Add and make a first password"), type="primary")
    if sent:
        with guarded():
            hand_out(username.strip(), users.add(actor, username.strip(), details))


def _details(actor: Actor, person: Person, homes: Sequence[Home]) -> None:
    with st.form(f"person_{person.id}", border=False):
        details = _inputs(Details(person.name, person.role, person.channel_id), homes, str(person.id))
        sent = st.form_submit_button(t("Save"), type="primary")
    if sent:
        _do(t("Saved."), data.write, users.edit, actor, person.id, person.version, details)


def _inputs(now: Details, homes: Sequence[Home], key: str) -> Details:
    name = st.text_input(t("Name"), now.name, max_chars=users.LONGEST_NAME, key=f"name_{key}")
    role = st.selectbox(
        t("Role"), list(Role), list(Role).index(now.role), format_func=term, key=f"role_{key}", filter_mode=None
    )
    roles = t(", ").join(term(each) for each in sorted(WHOLE_GROUP_ROLES))
    told = t("People see this channel and all below it. The whole group is for {roles}.", roles=roles)
    channel_id = home_choice.choose(t("Home"), homes, now.channel_id, f"home_{key}", told)
    return Details(name, role or now.role, channel_id)


def _acts(actor: Actor, person: Person) -> None:
    with st.container(horizontal=True):
        label = t("Reset password") if person.has_password else t("Make a first password")
        if st.button(label, icon=":material/key:", key=f"reset_{person.id}"):
            with guarded():
                hand_out(person.username, users.reset_password(actor, person.id))
        if st.button(t("Sign out everywhere"), icon=":material/logout:", key=f"out_{person.id}"):
            _do(t("Signed out everywhere."), data.write, users.sign_out_everywhere, actor, person.id)
        if person.active:
            if st.button(t("Disable"), icon=":material/block:", key=f"disable_{person.id}"):
                _do(t("Disabled."), data.write, users.disable, actor, person.id, person.version)
        elif st.button(t("Enable"), icon=":material/check:", key=f"enable_{person.id}"):
            _do(t("Enabled."), data.write, users.enable, actor, person.id, person.version)


def _do(done: str, act: Callable[..., Any], *args: Any) -> None:
    with guarded():
        act(*args)
        st.session_state["people_done"] = done
        st.rerun()
